import { useSpeech } from "./use-speech.ts";

/** One value of an option, as a link to the page with that value chosen. */
export type OptionLink = {
  readonly label: string;
  /** What stands for it in the page's address. */
  readonly value: string;
  readonly href: string;
  readonly isCurrent: boolean;
  /** No variant with this value and the other current values can be had. */
  readonly isSoldOut: boolean;
};

export type OptionLinksProps = {
  /** Name of the option: Size. */
  readonly name: string;
  readonly links: readonly OptionLink[];
  /** Parameter of the page's address that chooses a value. */
  readonly parameter: string;
};

/** From so many values on, links would push the button off the page: a list and a button take their place. */
export const LINKS_UP_TO = 30;

/** The form that the list of an option belongs to; see {@link OptionForm}. */
const formIdOf = (parameter: string): string => `choose-${parameter}`;

/** The values of one option; sold-out ones stay links and say so. The server needs no script to follow a choice. */
export const OptionLinks = ({ name, links, parameter }: OptionLinksProps) => {
  const { say } = useSpeech();
  const current = links.find((link) => link.isCurrent);
  const labelId = `option-${name.toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, "-")}`;
  if (links.length > LINKS_UP_TO) {
    return <OptionList name={name} links={links} parameter={parameter} />;
  }
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

/** The values of one option as a list with a button. It stands inside the form that buys, and belongs to another one. */
const OptionList = ({ name, links, parameter }: OptionLinksProps) => {
  const { say } = useSpeech();
  const id = `option-${parameter}`;
  return (
    <div class="option option-list">
      <label class="option-name" for={id}>
        {name}
      </label>
      <div class="option-choice">
        <select id={id} name={parameter} form={formIdOf(parameter)}>
          {links.map((link) => (
            <option value={link.value} selected={link.isCurrent}>
              {link.isSoldOut ? `${link.label} (${say("stock.out_word")})` : link.label}
            </option>
          ))}
        </select>
        <button class="button button-quiet" type="submit" form={formIdOf(parameter)}>
          {say("option.show")}
        </button>
      </div>
    </div>
  );
};

export type OptionFormProps = {
  readonly options: readonly OptionLinksProps[];
  /** The page of the product. */
  readonly action: string;
};

/** The forms of the options that are lists: each keeps what the other options have chosen. Nothing where all are links. */
export const OptionForms = ({ options, action }: OptionFormProps) => (
  <div data-part="option-forms">
    {options
      .filter(({ links }) => links.length > LINKS_UP_TO)
      .map(({ parameter }) => (
        <form id={formIdOf(parameter)} action={action} method="get" data-option-form="">
          {options
            .filter((other) => other.parameter !== parameter)
            .map((other) => (
              <input
                type="hidden"
                name={other.parameter}
                value={other.links.find((link) => link.isCurrent)?.value ?? ""}
              />
            ))}
        </form>
      ))}
  </div>
);
