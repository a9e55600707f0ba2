import { Page } from "#web";
import type { LinePosition } from "#admission";

type Props = {
  readonly checkoutId: string;
  readonly title: string;
  readonly position: Extract<LinePosition, { readonly kind: "waiting" }>;
};

/** The line in front of a product that everybody wants. The page asks again by itself; leaving it open keeps the place. */
export const LinePage = ({ checkoutId, title, position }: Props) => (
  <Page title="You are in line" kind="checkout" frame="checkout" isIndexed={false}>
    <div class="plain" role="status">
      <h1>You are in line</h1>
      <p>
        Many people want <strong dir="auto">{title}</strong> right now. You are let in by turn; your cart is
        kept and nothing was charged.
      </p>
      <p class="line-ahead">
        {position.ahead === 0 ? (
          "You are next."
        ) : (
          <>
            <strong class="amount">{position.ahead.toLocaleString("en-GB")}</strong>{" "}
            {position.ahead === 1 ? "person is" : "people are"} in front of you.
          </>
        )}
      </p>
      <p>{waitSentence(position.estimatedSeconds)}</p>
      <p class="hint">
        Keep this page open: it asks again by itself. Two minutes without a sign give the place away.
      </p>
      <p>
        <a class="button button-quiet" href={`/checkout/${checkoutId}/line`}>
          Ask now
        </a>{" "}
        <a href="/cart">Back to the cart</a>
      </p>
    </div>
  </Page>
);

function waitSentence(seconds: number | undefined): string {
  if (seconds === undefined)
    return "Every piece is in somebody’s hands at the moment. Some orders come to nothing, and then it is your turn.";
  if (seconds < 60) return "It takes less than a minute.";
  const minutes = Math.ceil(seconds / 60);
  return `It takes about ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
}
