import { currency, epochMs, toDecimal, toIso } from "#kernel";
import type { EntryInput, FieldMistake, PriceInputs, PriceList, StoredPriceList } from "#pricing";
import type { Values } from "./form-rows.ts";
import { readMinor, readPercent, showPercent } from "./form-figures.ts";
import { readLocal, showLocal } from "./shop-instant.ts";

export type FormMistake = { readonly field: string; readonly message: string };
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly mistakes: readonly FormMistake[] };

/** Mistakes of the desk at the fields of a form; what stands at no field of its own stands at `otherwise`. */
export const mistakesAt = (
  mistakes: readonly FieldMistake[],
  fields: readonly string[],
  otherwise: string,
): readonly FormMistake[] =>
  mistakes.map(({ field, detail }) => ({
    field: fields.find((name) => name === field || field.startsWith(`${name}/`)) ?? otherwise,
    message: detail,
  }));

/** Mistakes of the form and those of the desk; what is said already in the words of the form is not said again. */
export function withOthers(
  mistakes: readonly FormMistake[],
  others: readonly FormMistake[],
): readonly FormMistake[] {
  const said = new Set(mistakes.map(({ field }) => field));
  return [...mistakes, ...others.filter(({ field }) => !said.has(field))];
}

export const LIST_FIELDS = [
  "listId",
  "title",
  "kind",
  "status",
  "priority",
  "marketId",
  "customerGroup",
  "channel",
  "currency",
  "startsAt",
  "endsAt",
  "percentOff",
  "collection",
] as const;

/** A new list as its form begins. */
export const NEW_LIST: Values = { kind: "sale", status: "draft", priority: "0", version: "0" };

/** The form of a list that exists; instants as clocks of the shop show them. */
export const listFormOf = ({ list, version }: StoredPriceList, timeZone: string): Values => ({
  listId: list.listId,
  title: list.title,
  kind: list.kind,
  status: list.status,
  priority: String(list.priority),
  marketId: list.marketId ?? "",
  customerGroup: list.customerGroup ?? "",
  channel: list.channel ?? "",
  currency: list.currency ?? "",
  startsAt: list.startsAtMs === undefined ? "" : showLocal(list.startsAtMs, timeZone),
  endsAt: list.endsAtMs === undefined ? "" : showLocal(list.endsAtMs, timeZone),
  percentOff: list.percentOffPpm === undefined ? "" : showPercent(list.percentOffPpm),
  collection: list.collection ?? "",
  version: String(version),
});

/** Reads a list from its form; every mistake at once, each at its field. */
export function readListForm(
  values: Values,
  { inputs, timeZone }: { readonly inputs: PriceInputs; readonly timeZone: string },
): Read<PriceList> {
  const mistakes: FormMistake[] = [];
  const text = (field: (typeof LIST_FIELDS)[number]): string => (values[field] ?? "").trim();
  const given = (field: (typeof LIST_FIELDS)[number]): string | undefined => text(field) || undefined;
  const instant = (field: "startsAt" | "endsAt"): string | undefined => {
    if (text(field) === "") return undefined;
    const atMs = readLocal(text(field), timeZone);
    if (atMs === undefined)
      mistakes.push({ field, message: "Enter day and time, such as 2026-12-24 09:00." });
    return atMs === undefined ? undefined : toIso(epochMs(atMs));
  };
  if (text("title") === "") mistakes.push({ field: "title", message: "Enter a name." });
  const percentOffPpm = readPercent(text("percentOff"));
  if (text("percentOff") !== "" && percentOffPpm === undefined)
    mistakes.push({ field: "percentOff", message: "Enter a percentage from 0 to 100, or nothing." });
  const priority = /^-?\d{1,4}$/.test(text("priority")) ? Number(text("priority")) : Number.NaN;
  if (!(Math.abs(priority) <= 1000))
    mistakes.push({ field: "priority", message: "Enter a whole number from -1000 to 1000." });
  const read = inputs.list(text("listId"), {
    title: text("title"),
    kind: text("kind"),
    status: text("status"),
    priority,
    marketId: given("marketId"),
    customerGroup: given("customerGroup"),
    channel: given("channel"),
    currency: given("currency")?.toUpperCase(),
    startsAt: instant("startsAt"),
    endsAt: instant("endsAt"),
    percentOffPpm,
    collection: given("collection"),
  });
  const others = read.ok ? [] : mistakesAt(read.refusal.mistakes, LIST_FIELDS, "title");
  const all = withOthers(mistakes, others);
  return read.ok && all.length === 0 ? read : { ok: false, mistakes: all };
}

/** Reads one price of a list: a price, or a percentage off the price of the market. */
export function readEntryForm(
  values: Values,
  { inputs, currency: code }: { readonly inputs: PriceInputs; readonly currency: string },
): Read<EntryInput> {
  const mistakes: FormMistake[] = [];
  const text = (field: string): string => (values[field] ?? "").trim();
  const money = (field: "amount" | "before"): number | undefined => {
    const amountMinor = text(field) === "" ? undefined : readMinor(text(field), code);
    if (text(field) !== "" && (amountMinor === undefined || amountMinor < 0))
      mistakes.push({
        field,
        message: `Enter an amount, such as ${toDecimal({ currency: currency(code), amountMinor: 1995 })}.`,
      });
    return amountMinor;
  };
  if (text("sku") === "") mistakes.push({ field: "sku", message: "Enter the SKU of a variant." });
  const minQuantity = /^[1-9]\d{0,5}$/.test(text("minQuantity")) ? Number(text("minQuantity")) : undefined;
  if (minQuantity === undefined)
    mistakes.push({ field: "minQuantity", message: "Enter a whole number from 1 on." });
  const amountMinor = money("amount");
  const compareAtMinor = money("before");
  const percentOffPpm = readPercent(text("percent"));
  if (text("percent") !== "" && percentOffPpm === undefined)
    mistakes.push({ field: "percent", message: "Enter a percentage from 0 to 100." });
  if ((text("amount") === "") === (text("percent") === ""))
    mistakes.push({ field: "amount", message: "Enter either a price or a percentage." });
  else if (text("before") !== "" && text("amount") === "")
    mistakes.push({ field: "before", message: "A price before goes with a price." });
  if (mistakes.length > 0) return { ok: false, mistakes };
  const price =
    amountMinor === undefined
      ? { kind: "percent", percentOffPpm }
      : { kind: "fixed", amountMinor, compareAtMinor };
  const read = inputs.entry({ sku: text("sku"), minQuantity, price });
  return read.ok ? read : { ok: false, mistakes: entryMistakes(read.refusal.mistakes) };
}

/** Mistakes of an entry at the fields of its form. */
export const entryMistakes = (mistakes: readonly FieldMistake[]): readonly FormMistake[] =>
  mistakes.map(({ field, detail }) => {
    if (/\/(sku|minQuantity)$/.test(field))
      return { field: field.slice(field.lastIndexOf("/") + 1), message: detail };
    if (field.includes("/price/")) return { field: "amount", message: detail };
    return { field: detail.startsWith("The price before") ? "before" : "sku", message: detail };
  });
