import { Page, useSpeech, type Speech } from "#web";
import type { LinePosition } from "#admission";

type Props = {
  readonly checkoutId: string;
  readonly title: string;
  readonly position: Extract<LinePosition, { readonly kind: "waiting" }>;
};

/** The line in front of a product that everybody wants. The page asks again by itself; leaving it open keeps the place. */
export const LinePage = ({ checkoutId, title, position }: Props) => {
  const speech = useSpeech();
  const { say, parts } = speech;
  return (
    <Page title={say("line.title")} kind="checkout" frame="checkout" isIndexed={false}>
      <div class="plain" role="status">
        <h1>{say("line.title")}</h1>
        <p>{parts("line.text", { title: <strong dir="auto">{title}</strong> })}</p>
        <p class="line-ahead">
          {position.ahead === 0
            ? say("line.next")
            : parts("line.ahead", {
                count: position.ahead,
                people: <strong class="amount">{position.ahead.toLocaleString(speech.locale)}</strong>,
              })}
        </p>
        <p>{waitSentence(speech, position.estimatedSeconds)}</p>
        <p class="hint">{say("line.keep_open")}</p>
        <p>
          <a class="button button-quiet" href={`/checkout/${checkoutId}/line`}>
            {say("line.ask")}
          </a>{" "}
          <a href="/cart">{say("line.back")}</a>
        </p>
      </div>
    </Page>
  );
};

function waitSentence({ say }: Speech, seconds: number | undefined): string {
  if (seconds === undefined) return say("line.unknown");
  return seconds < 60 ? say("line.soon") : say("line.minutes", { count: Math.ceil(seconds / 60) });
}
