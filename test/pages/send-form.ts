import type { Page, Response } from "playwright-core";
import type { Sending } from "./page-list.ts";

/** Sends a form of the page, whatever the browser itself would say of it; the answer. Needs a visitor with script. */
export async function sendForm(page: Page, sending: Sending): Promise<Response | null> {
  const [answer] = await Promise.all([
    page.waitForNavigation(),
    page.evaluate<void>(`(${String(submit)})(${JSON.stringify(sending)})`),
  ]);
  return answer;
}

/** Runs in the page, so that it may use nothing of this file. */
function submit({ action, button, fields = {} }: Sending): void {
  const { document } = globalThis as unknown as { document: PageDocument };
  const forms = [...document.querySelectorAll("main form")].filter(({ method }) => method === "post");
  const pressedIn = (form: PageForm) =>
    form.querySelector(button === undefined ? "button:not([type=button])" : `button[value="${button}"]`);
  const form = forms.find(
    (each) => (action === undefined || each.action.endsWith(action)) && pressedIn(each) !== null,
  );
  if (!form) throw new Error(`No form ${action ?? ""} ${button ?? ""}`);
  form.noValidate = true;
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (!field) throw new Error(`No field ${name}`);
    field.value = value;
  }
  form.requestSubmit(pressedIn(form));
}

type PageForm = {
  readonly method: string;
  readonly action: string;
  noValidate: boolean;
  readonly elements: { namedItem(name: string): { value: string } | null };
  querySelector(selector: string): object | null;
  requestSubmit(button: object | null): void;
};
type PageDocument = { querySelectorAll(selector: string): Iterable<PageForm> };
