import { currency, ok, parseDecimalMinor, refuse, type Result } from "#kernel";
import {
  parseAddress,
  parseEmail,
  type AddressField,
  type StaffDraftDocument,
  type StaffDraftPorts,
} from "#checkout";
import type { FormFields, SummaryError } from "#web";
import { DRAFT_ROWS } from "../pages/draft-pages.tsx";

type Mistakes = { readonly code: "mistakes"; readonly errors: readonly SummaryError[] };
const UNITS = /^\d{1,5}$/;

/** Reads the form of a draft: everything may be missing, nothing may be wrong. Keeps what the form does not show. */
export async function readDraftForm(
  ports: StaffDraftPorts,
  form: FormFields,
  before: Partial<StaffDraftDocument> & { readonly currency: string; readonly country?: string },
): Promise<Result<StaffDraftDocument, Mistakes>> {
  const errors: SummaryError[] = [];
  const country = text(form, "country") || (before.country ?? ports.shop.country);
  const lines = await linesOf(ports, form, { before, country, errors });
  const email = text(form, "email");
  const parsedEmail = email === "" ? undefined : parseEmail(email);
  if (email !== "" && parsedEmail === undefined)
    errors.push({ field: "email", message: "Enter an e-mail address, like name@example.com." });
  const address = addressOf(form, country, errors);
  const discount = discountOf(form, before.currency, errors);
  if (errors.length > 0) return refuse({ code: "mistakes", errors });
  const note = text(form, "note");
  return ok({
    currency: before.currency,
    ...(before.marketId === undefined ? {} : { marketId: before.marketId }),
    ...(before.customerId === undefined ? {} : { customerId: before.customerId }),
    ...(before.customerGroup === undefined ? {} : { customerGroup: before.customerGroup }),
    country,
    lines,
    ...(parsedEmail === undefined ? {} : { email: parsedEmail }),
    ...(address ? { address } : {}),
    ...(before.deliveryMethodId === undefined ? {} : { deliveryMethodId: before.deliveryMethodId }),
    ...(discount ? { discount } : {}),
    ...(note === "" ? {} : { note }),
  });
}

const text = (form: FormFields, name: string): string => (form[name] ?? "").trim();

async function linesOf(
  ports: StaffDraftPorts,
  form: FormFields,
  at: {
    readonly before: Partial<StaffDraftDocument> & { readonly currency: string };
    readonly country: string;
    readonly errors: SummaryError[];
  },
): Promise<StaffDraftDocument["lines"]> {
  const lines: StaffDraftDocument["lines"][number][] = [];
  for (let row = 0; row < DRAFT_ROWS; row += 1) {
    const sku = text(form, `sku-${row}`);
    if (sku === "") continue;
    const units = text(form, `units-${row}`) || "1";
    const price = text(form, `price-${row}`).replace(",", ".");
    const unitPriceMinor = price === "" ? undefined : parseDecimalMinor(price, currency(at.before.currency));
    if (!UNITS.test(units) || Number(units) < 1)
      at.errors.push({ field: `units-${row}`, message: "Enter a whole number of units, at least 1." });
    if (price !== "" && (unitPriceMinor === undefined || unitPriceMinor < 0))
      at.errors.push({ field: `price-${row}`, message: "Enter a price such as 12.50." });
    const variant = await ports.prices.variantOfSku(sku, { variantIds: [], country: at.country });
    if (!variant) at.errors.push({ field: `sku-${row}`, message: `No product is sold under ${sku}.` });
    else {
      const known = at.before.lines?.find(
        (line) =>
          line.variantId === variant.variantId && !lines.some((taken) => taken.lineId === line.lineId),
      );
      lines.push({
        lineId: known?.lineId ?? ports.names.mintLineId(),
        variantId: variant.variantId,
        quantity: Number(units),
        ...(unitPriceMinor === undefined ? {} : { unitPriceMinor }),
      });
    }
  }
  // Rows beyond those of the form were written through the API, and stay.
  return [...lines, ...(at.before.lines?.slice(DRAFT_ROWS) ?? [])];
}

function addressOf(form: FormFields, country: string, errors: SummaryError[]): StaffDraftDocument["address"] {
  const typed = Object.entries(form).flatMap(([name, value]) =>
    name.startsWith("address-") && value.trim() !== ""
      ? [[name.slice("address-".length) as AddressField, value] as const]
      : [],
  );
  if (typed.length === 0) return undefined;
  const parsed = parseAddress(country, Object.fromEntries(typed));
  if (parsed.ok) return parsed.value;
  errors.push(
    ...parsed.refusal.mistakes.map(({ field, detail }) => ({ field: `address-${field}`, message: detail })),
  );
  return undefined;
}

function discountOf(form: FormFields, code: string, errors: SummaryError[]): StaffDraftDocument["discount"] {
  const amount = text(form, "discountAmount").replace(",", ".");
  if (amount === "") return undefined;
  const amountMinor = parseDecimalMinor(amount, currency(code));
  if (amountMinor !== undefined && amountMinor >= 0)
    return amountMinor === 0 ? undefined : { label: text(form, "discountLabel") || "Discount", amountMinor };
  errors.push({ field: "discountAmount", message: "Enter an amount such as 12.50." });
  return undefined;
}
