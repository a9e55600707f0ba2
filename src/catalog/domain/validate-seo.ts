import { readText, type Field } from "./field-errors.ts";
import { MAX_SEO_DESCRIPTION_CHARACTERS, MAX_SEO_TITLE_CHARACTERS } from "./limits.ts";

type Seo = { readonly seoTitle?: string; readonly seoDescription?: string };

/** Title and description for search engines; empty ones are left out. */
export function readSeo(root: Field, { seoTitle = "", seoDescription = "" }: Seo): Seo {
  const title = readText(root.at("/seoTitle"), seoTitle, { minimum: 0, maximum: MAX_SEO_TITLE_CHARACTERS });
  const description = readText(root.at("/seoDescription"), seoDescription, {
    minimum: 0,
    maximum: MAX_SEO_DESCRIPTION_CHARACTERS,
  });
  return {
    ...(title === "" ? {} : { seoTitle: title }),
    ...(description === "" ? {} : { seoDescription: description }),
  };
}
