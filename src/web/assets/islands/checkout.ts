import "./base.ts";
import { island } from "./shared.ts";

function check(field: HTMLInputElement, mayComplain: boolean): void {
  const pattern = field.dataset["pattern"];
  const sentence = field.dataset["wrong"];
  if (!pattern || !sentence) return;
  const isRight = new RegExp(`^(?:${pattern})$`, "iu").test(field.value.trim());
  const id = `${field.id}-error`;
  const present = document.getElementById(id);
  if (isRight) {
    present?.remove();
    field.removeAttribute("aria-invalid");
    field.closest(".field")?.classList.remove("field-wrong");
  } else if (mayComplain && !present) {
    const error = document.createElement("p");
    error.className = "field-error";
    error.id = id;
    error.textContent = sentence;
    field.before(error);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute(
      "aria-describedby",
      [field.getAttribute("aria-describedby"), id].filter(Boolean).join(" "),
    );
    field.closest(".field")?.classList.add("field-wrong");
  }
}

/**
 * Checks the form of an edited field when it is left, and takes an error away the moment it is mended. The server is
 * the law; a field says what to test by `data-pattern` and the sentence by `data-wrong`.
 */
island("checkout-form", (view) => {
  view.addEventListener("focusout", (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.value.trim() !== "" && field.value !== field.defaultValue)
      check(field, true);
  });
  view.addEventListener("input", (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.getAttribute("aria-invalid") === "true")
      check(field, false);
  });
  // A country changes the fields below it.
  view.addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement && field.dataset["reloads"] !== undefined)
      field.form?.querySelector<HTMLElement>("[data-reload]")?.click();
  });
});
