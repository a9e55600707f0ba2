import { currency, invariant, money, type EpochMs, type Money } from "#kernel";
import type { OrderDraft, OrderPorts, PaymentChoice, ProviderPort, SkuQuantity } from "#orders";
import {
  authoriseKey,
  captureKey,
  editKey,
  PLACEMENT,
  voidKey,
  type EditState,
  type OrderState,
  type PaymentState,
} from "../../src/orders/domain/state.ts";
import { voucherClaims, type VoucherClaim } from "../../src/orders/domain/vouchers.ts";

/** The payment of one part of an order: the placement, the open edit, or one that has ended. */
export type PaymentClaim = {
  readonly payment: PaymentState;
  readonly keys: { readonly authorise: string; readonly capture: string; readonly void: string };
  readonly provider: (ports: OrderPorts) => ProviderPort;
};

/** What one part of an order asks for: the placement, or the open edit. */
export type Claim = PaymentClaim & {
  readonly part: number;
  readonly draft: OrderDraft;
  readonly units: readonly SkuQuantity[];
  readonly vouchers: readonly VoucherClaim[];
  readonly due: Money;
  readonly choice: PaymentChoice | undefined;
  readonly since: EpochMs;
};

export function claimOf(state: OrderState, part: number): Claim {
  const inCurrency = (amountMinor: number): Money => money(currency(state.draft.currency), amountMinor);
  const paid = paymentOf(state, part);
  const { edit } = state;
  if (part === PLACEMENT)
    return {
      ...paid,
      part,
      draft: state.draft,
      units: state.placed,
      vouchers: voucherClaims(state.draft),
      due: inCurrency(state.dueMinor),
      choice: state.choice,
      since: state.placedAt,
    };
  invariant(edit?.part === part, "a step is about the placement or the open edit");
  return {
    ...paid,
    part,
    draft: edit.draft,
    units: edit.added,
    vouchers: [],
    due: inCurrency(edit.dueMinor),
    choice: edit.choice,
    since: edit.startedAt,
  };
}

/** The payment of a part, also of an edit that has ended: money may come for it later. */
export function paymentOf(state: OrderState, part: number): PaymentClaim {
  if (part === PLACEMENT)
    return {
      payment: state.payment,
      keys: { authorise: authoriseKey(state), capture: captureKey(state), void: voidKey(state) },
      provider: (ports) => providerOf(state.provider, ports),
    };
  const { attempt, payment, provider } = askedOf(state, part);
  const keyOf = (step: "authorise" | "capture" | "void"): string => editKey(state, { part, attempt }, step);
  return {
    payment,
    keys: { authorise: keyOf("authorise"), capture: keyOf("capture"), void: keyOf("void") },
    provider: (ports) => providerOf(provider, ports),
  };
}

function askedOf(state: OrderState, part: number): Pick<EditState, "attempt" | "payment" | "provider"> {
  const asked =
    state.edit?.part === part ? state.edit : state.edits.find((edit) => edit.part === part)?.asked;
  invariant(asked, "a payment is the placement's or that of an edit which asked for money");
  return asked;
}

/** Checked when the order was placed; a deployment that drops a provider with open orders is our own mistake. */
export function providerOf(name: string, ports: OrderPorts): ProviderPort {
  const provider = ports.payments(name);
  invariant(provider, `the provider ${name} of this order is still there`);
  return provider;
}
