import { usePlace } from "./shop-place.ts";

/** The same page in other markets and languages, in the footer; plain links, so that every cache may keep the page. */
export const PlaceLinks = () => {
  const { elsewhere } = usePlace();
  if (elsewhere.length < 2) return null;
  return (
    <nav aria-label="Country and currency">
      <h2 class="foot-title">Country and currency</h2>
      <ul>
        {elsewhere.map((link) => (
          <li>
            <a href={link.href} hreflang={link.locale} aria-current={link.isCurrent ? "true" : undefined}>
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
export const useTaxWords = (): { readonly short: string; readonly sentence: string } =>
  usePlace().pricesIncludeTax
    ? { short: "including VAT", sentence: "Prices include VAT." }
    : { short: "plus tax", sentence: "Prices are without tax; the tax of your state is added at checkout." };
