import { usePlace } from "./shop-place.ts";
import { useSpeech } from "./use-speech.ts";

/** The same page in other markets and languages, in the footer; plain links, so that every cache may keep the page. */
export const PlaceLinks = () => {
  const { elsewhere, isOneMarket = false } = usePlace();
  const { say } = useSpeech();
  if (elsewhere.length < 2) return null;
  const title = say(isOneMarket ? "shell.language" : "shell.place");
  return (
    <nav aria-label={title}>
      <h2 class="foot-title">{title}</h2>
      <ul>
        {elsewhere.map((link) => (
          <li>
            <a
              href={link.href}
              hreflang={link.locale}
              lang={link.locale}
              aria-current={link.isCurrent ? "true" : undefined}
            >
              {link.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** The same for search engines, in the head of an indexed page. */
export const AlternateLinks = ({ origin }: { readonly origin: string }) => {
  const { elsewhere } = usePlace();
  const [first] = elsewhere;
  if (!first || elsewhere.length < 2) return null;
  return (
    <>
      {elsewhere.map((link) => (
        <link rel="alternate" hreflang={link.locale} href={origin + link.href} />
      ))}
      <link rel="alternate" hreflang="x-default" href={origin + first.href} />
    </>
  );
};

/** How prices of this place stand to tax, in words. */
export const useTaxWords = (): { readonly short: string; readonly sentence: string } => {
  const { say } = useSpeech();
  return usePlace().pricesIncludeTax
    ? { short: say("price.tax_in"), sentence: say("shell.tax_in") }
    : { short: say("price.tax_on_top"), sentence: say("shell.tax_on_top") };
};
