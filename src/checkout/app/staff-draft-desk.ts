import {
  ok,
  refuse,
  timeCharacters,
  type EpochMs,
  type OrderId,
  type Page,
  type Result,
  type StaffDraftId,
} from "#kernel";
import type { PlacementRefusal, OrderRpc, PaymentChoice, PlacedReply } from "#orders";
import type { CallContext, ObjectNamespace } from "#platform";
import { marketOfCountry, type Market } from "#pricing";
import type { LocalMoment } from "#shipping";
import { namedIn } from "./reading-locale.ts";
import type { NamesPort, PriceTruthPort, ShopSettings } from "./ports.ts";
import {
  priceStaffDraft,
  type MissingPart,
  type PricedStaffDraft,
  type StaffDraft,
  type StaffDraftDocument,
} from "./staff-draft.ts";

/** Where drafts are kept. Every write is a compare-and-set: `false` means that somebody else was faster. */
export type StaffDraftStore = {
  create(draft: StaffDraft): Promise<void>;
  find(draftId: StaffDraftId): Promise<StaffDraft | undefined>;
  /** Replaces a draft that still has `expectedVersion`. */
  replace(draft: StaffDraft, expectedVersion: number): Promise<boolean>;
  list(request: {
    readonly status?: StaffDraft["status"];
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Result<Page<StaffDraft>, { readonly code: "invalid_cursor" }>>;
};

export type StaffDraftPorts = {
  readonly drafts: StaffDraftStore;
  readonly orders: ObjectNamespace<OrderRpc>;
  readonly prices: PriceTruthPort;
  readonly names: NamesPort;
  /** Where the shop sells, the default market among them. */
  readonly markets: () => Promise<readonly Market[]>;
  readonly shop: ShopSettings;
  readonly mintDraftId: () => StaffDraftId;
  readonly now: () => EpochMs;
  readonly wallClock: (at: EpochMs) => LocalMoment;
};

export type StaffDraftRefusal =
  | { readonly code: "draft_unknown" }
  | { readonly code: "draft_closed"; readonly status: StaffDraft["status"]; readonly orderId?: OrderId }
  | { readonly code: "version_conflict"; readonly version: number }
  | {
      readonly code: "draft_incomplete";
      readonly missing: readonly MissingPart[];
      readonly unknownLineIds: readonly string[];
    };

/**
 * The market of a new draft: the named one, else that of the buyer's country if it has the currency, else the default
 * one. Refuses a name that there is not, and a currency that is not the market's.
 */
export async function marketOfDraft(
  ports: Pick<StaffDraftPorts, "markets">,
  wanted: Pick<StaffDraftDocument, "marketId" | "currency" | "country">,
): Promise<
  Result<
    Market,
    { readonly code: "market_unknown" } | { readonly code: "currency_wrong"; readonly currency: string }
  >
> {
  const markets = await ports.markets();
  const byCountry = marketOfCountry(markets, wanted.country);
  const market =
    wanted.marketId !== undefined
      ? markets.find((one) => one.marketId === wanted.marketId)
      : byCountry?.currency === wanted.currency
        ? byCountry
        : markets.find((one) => one.isDefault);
  if (!market) return refuse({ code: "market_unknown" });
  return market.currency === wanted.currency
    ? ok(market)
    : refuse({ code: "currency_wrong", currency: market.currency });
}

/** Starts a draft. The caller's document has been checked. */
export async function createStaffDraft(
  ports: StaffDraftPorts,
  input: { readonly document: StaffDraftDocument; readonly actor: string; readonly draftId?: StaffDraftId },
): Promise<PricedStaffDraft> {
  const now = ports.now();
  const cartId = ports.names.mintCartId();
  const draft: StaffDraft = {
    draftId: input.draftId ?? ports.mintDraftId(),
    status: "open",
    version: 1,
    document: input.document,
    cartId,
    checkoutId: `chk_${cartId.slice("crt_".length)}${timeCharacters(now)}`,
    createdBy: input.actor,
    createdAt: now,
    updatedAt: now,
  };
  await ports.drafts.create(draft);
  return price(ports, draft);
}

/** Reads a draft at what it costs now. */
export async function viewStaffDraft(
  ports: StaffDraftPorts,
  draftId: StaffDraftId,
): Promise<Result<PricedStaffDraft, StaffDraftRefusal>> {
  const draft = await ports.drafts.find(draftId);
  return draft ? ok(await price(ports, draft)) : refuse({ code: "draft_unknown" });
}

/** Replaces the document of an open draft that nobody changed since `expectedVersion`. */
export async function changeStaffDraft(
  ports: StaffDraftPorts,
  input: {
    readonly draftId: StaffDraftId;
    readonly expectedVersion: number;
    readonly document: StaffDraftDocument;
  },
): Promise<Result<PricedStaffDraft, StaffDraftRefusal>> {
  return write(ports, input, (draft) => ({ ...draft, document: input.document }));
}

/** Gives an open draft up. Repeating changes nothing. */
export async function cancelStaffDraft(
  ports: StaffDraftPorts,
  input: { readonly draftId: StaffDraftId; readonly expectedVersion: number },
): Promise<Result<PricedStaffDraft, StaffDraftRefusal>> {
  const draft = await ports.drafts.find(input.draftId);
  if (draft?.status === "cancelled") return ok(await price(ports, draft));
  return write(ports, input, (open) => ({ ...open, status: "cancelled" }));
}

/**
 * Makes the order. The draft first says which order it becomes, so that a crash in between, a second click or a second
 * person ends on the same order; a refusal opens it again. Prices are those that hold now, unless staff agreed to one.
 */
export async function placeStaffDraft(
  ports: StaffDraftPorts,
  input: {
    readonly draftId: StaffDraftId;
    readonly expectedVersion: number;
    readonly payment: { readonly provider: string; readonly choice: (orderId: OrderId) => PaymentChoice };
  },
  call: CallContext,
): Promise<Result<PlacedReply, StaffDraftRefusal | PlacementRefusal>> {
  const found = await ports.drafts.find(input.draftId);
  if (!found) return refuse({ code: "draft_unknown" });
  const claimed = found.status === "open" ? await claim(ports, found, input.expectedVersion) : ok(found);
  if (!claimed.ok) return claimed;
  const { orderId, status } = claimed.value;
  if (orderId === undefined || status === "cancelled") return refuse(closed(claimed.value));
  const priced = await price(ports, claimed.value);
  const reply = await ports.orders.getByName(orderId).place(
    {
      orderId,
      // One order per claim: the order object keeps what it was asked first.
      requestHash: await ports.names.hash(JSON.stringify(["staff", input.draftId, orderId])),
      draft: priced.order,
      provider: input.payment.provider,
      payment: input.payment.choice(orderId),
      accessKey: await ports.names.orderAccessKey(orderId),
    },
    call,
  );
  await settle(ports, claimed.value, reply);
  return reply;
}

async function claim(
  ports: StaffDraftPorts,
  draft: StaffDraft,
  expectedVersion: number,
): Promise<Result<StaffDraft, StaffDraftRefusal>> {
  const { missing, unknownLineIds } = await price(ports, draft);
  if (missing.length > 0 || unknownLineIds.length > 0)
    return refuse({ code: "draft_incomplete", missing, unknownLineIds });
  const orderId = await ports.names.orderId(draft.checkoutId, `staff-${expectedVersion}`);
  const claimed = await write(ports, { draftId: draft.draftId, expectedVersion }, (open) => ({
    ...open,
    status: "placing",
    orderId,
  }));
  return claimed.ok ? ok(claimed.value.draft) : claimed;
}

/** Writes down how it ended; when that write is lost, the next look at `placing` does it again. */
async function settle(
  ports: StaffDraftPorts,
  draft: StaffDraft,
  reply: Result<PlacedReply, PlacementRefusal>,
): Promise<void> {
  if (draft.status !== "placing" || (!reply.ok && reply.refusal.code === "request_in_progress")) return;
  const { orderId: _over, ...rest } = draft;
  const next: StaffDraft = reply.ok ? { ...draft, status: "placed" } : { ...rest, status: "open" };
  await ports.drafts.replace({ ...next, version: draft.version + 1, updatedAt: ports.now() }, draft.version);
}

async function write(
  ports: StaffDraftPorts,
  at: { readonly draftId: StaffDraftId; readonly expectedVersion: number },
  change: (draft: StaffDraft) => StaffDraft,
): Promise<Result<PricedStaffDraft, StaffDraftRefusal>> {
  const draft = await ports.drafts.find(at.draftId);
  if (!draft) return refuse({ code: "draft_unknown" });
  if (draft.status !== "open") return refuse(closed(draft));
  if (draft.version !== at.expectedVersion)
    return refuse({ code: "version_conflict", version: draft.version });
  const next = { ...change(draft), version: draft.version + 1, updatedAt: ports.now() };
  if (!(await ports.drafts.replace(next, draft.version)))
    return refuse({ code: "version_conflict", version: draft.version + 1 });
  return ok(await price(ports, next));
}

const closed = ({ status, orderId }: StaffDraft): StaffDraftRefusal => ({
  code: "draft_closed",
  status,
  ...(orderId === undefined ? {} : { orderId }),
});

async function price(ports: StaffDraftPorts, draft: StaffDraft): Promise<PricedStaffDraft> {
  const { document } = draft;
  const { marketId, customerId, customerGroup, address } = document;
  const locale = await localeOfDraft(ports, marketId);
  const truth = await ports.prices.read({
    ...namedIn(locale, ports.shop),
    variantIds: document.lines.map((line) => line.variantId),
    country: document.country,
    ...(address?.region === undefined ? {} : { region: address.region }),
    ...(address?.postalCode === undefined ? {} : { postcode: address.postalCode }),
    ...(marketId === undefined ? {} : { marketId }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(customerGroup === undefined ? {} : { customerGroup }),
    voucherIds: [],
  });
  return priceStaffDraft(draft, truth, { now: ports.wallClock(ports.now()), locale });
}

/** The buyer is written to in the language of their market. */
async function localeOfDraft(ports: StaffDraftPorts, marketId: string | undefined): Promise<string> {
  if (marketId === undefined) return ports.shop.locale;
  const market = (await ports.markets()).find((one) => one.marketId === marketId);
  return market?.defaultLocale ?? ports.shop.locale;
}
