import { busy, fetchPage, island, word } from "./shared.ts";

/** Shows the answer of the delivery form below it; whatever goes wrong, the form is sent as it is. */
island("delivery-form", (element) => {
  const place = element.querySelector<HTMLElement>("[data-delivery-answer]");
  const form = element.querySelector("form");
  if (!place || !form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector<HTMLElement>("button");
    const done = button ? busy(button, word("asking")) : () => undefined;
    const query = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    fetchPage(`${form.action}?${query.toString()}`)
      .then(({ page }) => {
        const answer =
          page.querySelector("[data-part=delivery-answer]") ?? page.querySelector(".field-error");
        if (!answer) throw new Error("no answer");
        const copy = document.importNode(answer, true);
        copy.removeAttribute("data-part");
        copy.removeAttribute("id");
        place.replaceChildren(copy);
      })
      .catch(() => form.submit())
      .finally(done);
  });
});
