import { useSpeech } from "./use-speech.ts";

/** One value of an option, as a link to the page with that value chosen. */
export type OptionLink = {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
  /** No variant with this value and the other current values can be had. */
  readonly isSoldOut: boolean;
};

export type OptionLinksProps = {
  /** Name of the option: Size. */
  readonly name: string;
  readonly links: readonly OptionLink[];
};

/** The values of one option; sold-out ones stay links and say so. The server needs no script to follow a choice. */
export const OptionLinks = ({ name, links }: OptionLinksProps) => {
  const { say } = useSpeech();
  const current = links.find((link) => link.isCurrent);
  const labelId = `option-${name.toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, "-")}`;
  return (
    <div class="option">
      <p class="option-name" id={labelId}>
        {name}: <strong>{current?.label ?? say("option.choose")}</strong>
      </p>
      <ul class="option-values" aria-labelledby={labelId}>
        {links.map((link, index) => (
          <li>
            <a
              class={link.isSoldOut ? "option-value option-gone" : "option-value"}
              id={`${labelId}-${index + 1}`}
              href={link.href}
              aria-current={link.isCurrent ? "true" : undefined}
              data-option=""
            >
              {link.label}
              {link.isSoldOut && <span class="option-gone-word"> {say("stock.out_word")}</span>}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
};
