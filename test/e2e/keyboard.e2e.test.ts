import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { useShop } from "../support/shop-harness.ts";
import { heading } from "../support/shopper-harness.ts";

// A purchase with nothing but a keyboard, by somebody who asked for less motion: each stop is seen, none is a trap.

const harness = useShop();
/** More stops than any page has before what is looked for. */
const MAX_STOPS = 70;
const MAX_LOOKS = 10;
const LOOK_MS = 50;

type Stop = {
  readonly name: string;
  readonly isSeen: boolean;
  readonly where: string;
};

/** What has the focus: what it is called, and whether a person sees that it has it. */
const READ_STOP = `(() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  const over = document.elementFromPoint(x, y);
  const isOnTop = over !== null && (element.contains(over) || over.contains(element) || over.closest("label")?.control === element);
  // A card whose link fills it wears the ring itself.
  const isRinged = (each) => getComputedStyle(each).outlineStyle !== "none" && parseFloat(getComputedStyle(each).outlineWidth) >= 2;
  const wearers = [element, element.parentElement, element.closest("article, li, label, .choice-card")];
  const hasRing = wearers.some((each) => each && each !== document.body && isRinged(each));
  const label = element.labels?.[0]?.innerText ?? "";
  return {
    name: (element.getAttribute("aria-label") ?? (label || element.innerText || element.id || element.tagName)).trim(),
    isSeen: hasRing && isOnTop,
    where: element.outerHTML.slice(0, 120) + " ring " + hasRing + " on top " + isOnTop,
  };
})()`;

/** The stop once the browser has moved it into view, or as it is when it never does. */
async function readStop(page: Page): Promise<Stop> {
  for (let looks = 1; ; looks += 1) {
    const stop = await page.evaluate<Stop>(READ_STOP);
    if (stop.isSeen || looks === MAX_LOOKS) return stop;
    await page.waitForTimeout(LOOK_MS);
  }
}

/** Presses Tab until something of this name has the focus; every stop on the way must be seen. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stops = 0; stops < MAX_STOPS; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await readStop(page);
    // The end of the page, from where a browser goes to its own bar.
    if (stop.where.startsWith("<body")) continue;
    expect(stop.isSeen, stop.where).toBe(true);
    if (name.test(stop.name)) return;
    passed.push(stop.name);
  }
  throw new Error(`No ${String(name)} among ${passed.join(" | ")}`);
}

/** Types into the field of this name. */
async function typeInto(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}

describe.each([
  ["a desk", 1280],
  ["a phone with a keyboard", 390],
])("a shopper without a mouse at %s", (_name, width) => {
  let page: Page;
  beforeAll(async () => {
    page = await harness.newPage({ reducedMotion: "reduce", viewport: { width, height: 844 } });
  });

  it("skips to the goods and opens a product", async () => {
    await page.goto("/collections/prints");
    await page.keyboard.press("Tab");
    expect((await page.evaluate<Stop>(READ_STOP)).name).toBe("Skip to content");
    await page.keyboard.press("Enter");
    await tabTo(page, /^Heron/);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/products/heron**");
  });

  it("chooses a variant and adds it", async () => {
    await tabTo(page, /^A3$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/size=a3/);
    await tabTo(page, /^Add to cart/);
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: /cart/i }).waitFor();
    expect((await page.evaluate<Stop>(READ_STOP)).name).toMatch(/^Add to cart/);
  });

  it("goes to the cart, to the checkout, and through its first step", async () => {
    await page.goto("/cart");
    await tabTo(page, /^Check out/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/checkout\/chk_/);
    await typeInto(page, /^E-mail/, "keys@example.com");
    await typeInto(page, /^Full name/, "Mira Sand");
    await typeInto(page, /^Street/, "Hafenweg 2");
    await typeInto(page, /^Postcode/, "28195");
    await typeInto(page, /^City/, "Bremen");
    await tabTo(page, /^Continue to delivery/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/step=delivery/);
    expect(await heading(page)).not.toBe("");
  });

  it("meets no motion that was not asked for", async () => {
    const moving = await page.evaluate<number>(
      "document.getAnimations().filter(({ playState }) => playState === 'running').length",
    );
    expect(moving).toBe(0);
  });
});
