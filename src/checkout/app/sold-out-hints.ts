import type { EpochMs, Result } from "#kernel";
import type { PlacementRefusal, PlacedReply, Shortage } from "#orders";

/** Milliseconds that a variant counts as sold out after a stock object said so. */
const HINT_MS = 1_500;
/** Milliseconds after which it is forgotten when the stock has not said it again: no released unit waits longer. */
const FORGET_MS = 4_000;
/** Variants remembered; the oldest goes first. A sale day has a handful of hot ones, and carts are told of all. */
const MAX_HINTS = 100;

/** A line of a checkout or of a draft: the variant that is wanted, and how much of it. */
export type WantedLine = { readonly lineId: string; readonly variantId: string; readonly quantity: number };

type Hint = { readonly sku: string; readonly learnedAt: EpochMs; readonly isAsked: boolean };

/**
 * What this isolate has just heard from stock objects: variants with not one unit left. It only ever says no, and only
 * for a moment; that a unit is there is never believed. When the moment is over one buyer goes on and asks the stock
 * again, and the others are refused until that answer is there: a crowd must not come down on the order objects at once.
 */
export class SoldOutHints {
  readonly #hints = new Map<string, Hint>();

  /** The variants that a newcomer may have to be refused for; usually none. */
  variantIds(now: EpochMs): readonly string[] {
    this.#forget(now);
    return [...this.#hints.keys()];
  }

  /** What was sold out a moment ago of these lines, as the stock objects would have answered. */
  shortagesOf(lines: readonly WantedLine[], now: EpochMs): readonly Shortage[] {
    return this.#shortagesIn(lines, (hint) => isFresh(hint, now));
  }

  /**
   * The same for a buyer who has just come, while others may be on their way to the stock. Empty when this one is to ask;
   * that turn is given once.
   */
  shortagesOfNewcomer(lines: readonly WantedLine[], now: EpochMs): readonly Shortage[] {
    this.#forget(now);
    const shortages = this.#shortagesIn(lines, (hint) => isFresh(hint, now) || hint.isAsked);
    if (shortages.length > 0) return shortages;
    for (const { variantId } of lines) {
      const hint = this.#hints.get(variantId);
      if (hint) this.#hints.set(variantId, { ...hint, isAsked: true });
    }
    return [];
  }

  /**
   * Learns from what became of an order of these lines that was sent off at `askedAt`. One that was on its way before the
   * stock said no had its units from before, and takes nothing back.
   */
  learn(
    lines: readonly { readonly variantId: string; readonly sku: string }[],
    reply: Result<PlacedReply, PlacementRefusal>,
    { askedAt, now }: { readonly askedAt: EpochMs; readonly now: EpochMs },
  ): void {
    for (const { variantId, sku } of lines) {
      const isShort = isSoldOut(reply, sku);
      const isNewer = (this.#hints.get(variantId)?.learnedAt ?? askedAt) <= askedAt;
      if (isShort || isNewer) this.#hints.delete(variantId);
      if (isShort) this.#hints.set(variantId, { sku, learnedAt: now, isAsked: false });
      const oldest = this.#hints.keys().next();
      if (this.#hints.size > MAX_HINTS && !oldest.done) this.#hints.delete(oldest.value);
    }
  }

  #forget(now: EpochMs): void {
    for (const [variantId, { learnedAt }] of this.#hints) {
      if (learnedAt + FORGET_MS <= now) this.#hints.delete(variantId);
    }
  }

  /** Demand summed per SKU, with the lines that it comes from. */
  #shortagesIn(lines: readonly WantedLine[], isShort: (hint: Hint) => boolean): readonly Shortage[] {
    const short = lines.flatMap((line) => {
      const hint = this.#hints.get(line.variantId);
      return hint && isShort(hint) ? [{ ...line, sku: hint.sku }] : [];
    });
    return [...Map.groupBy(short, ({ sku }) => sku)].map(([sku, wanted]) => ({
      sku,
      requested: wanted.reduce((sum, { quantity }) => sum + quantity, 0),
      available: 0,
      lineIds: wanted.map(({ lineId }) => lineId),
    }));
  }
}

const isFresh = ({ learnedAt }: Hint, now: EpochMs): boolean => now < learnedAt + HINT_MS;

const isSoldOut = (reply: Result<PlacedReply, PlacementRefusal>, sku: string): boolean =>
  !reply.ok &&
  reply.refusal.code === "out_of_stock" &&
  reply.refusal.shortages.some((shortage) => shortage.sku === sku && shortage.available <= 0);
