import { useSpeech } from "./use-speech.ts";

export type PagerProps = {
  /** Facts in words: "24 of 38 so far". */
  readonly shown: string;
  /** Address of the next page; absent on the last one. */
  readonly moreHref?: string | undefined;
  /** Address of the first page, when this is not it. */
  readonly firstHref?: string | undefined;
};

/** The foot of a long list: what is shown, and a link to more. */
export const Pager = ({ shown, moreHref, firstHref }: PagerProps) => {
  const { say } = useSpeech();
  return (
    <nav class="pager" aria-label={say("pager.label")} data-pager="">
      <p class="hint" data-shown="">
        {shown}
      </p>
      {moreHref && (
        <a class="button button-quiet" href={moreHref} data-more="">
          {say("pager.more")}
        </a>
      )}
      {firstHref && (
        <a href={firstHref} data-first="">
          {say("pager.first")}
        </a>
      )}
    </nav>
  );
};
