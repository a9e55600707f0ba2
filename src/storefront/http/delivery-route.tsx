import type { Env } from "hono";
import { variantHref } from "#catalog";
import { htmlPage, speechOf } from "#web";
import { DeliveryPage } from "../pages/delivery-page.tsx";
import type { Routing } from "./routing.ts";

/** Characters of a postcode that are looked at: the longest real ones have ten. */
const MAX_POSTCODE_CHARACTERS = 12;

/**
 * GET /delivery?product=&variant=&country=&postcode=: the ways to one postcode, with days and cost. It is private and kept
 * nowhere. 422 when the postcode is not one of that country.
 */
export function addDeliveryRoute<E extends Env>({ app, options, frame, notFound }: Routing<E>): void {
  app.get("/delivery", async (c) => {
    const { reader, chrome } = await frame(c);
    const found = await reader.product(c.req.query("product") ?? "");
    if (!options.deliveryWays || !found.ok || found.value.status !== "active") return notFound(c);
    const product = found.value;
    const variant = product.variants.find((one) => one.variantId === c.req.query("variant"));
    const country = (c.req.query("country") ?? "").slice(0, 2).toUpperCase();
    const postcode = (c.req.query("postcode") ?? "").trim().slice(0, MAX_POSTCODE_CHARACTERS);
    const { countries, countryName, isPostcode, ways } = await options.deliveryWays(c, {
      product,
      variant,
      country,
      postcode,
    });
    const isReadable = isPostcode && countryName !== undefined;
    const form = {
      handle: product.handle,
      variantId: variant?.variantId,
      countries,
      country,
      postcode,
      ...(isReadable ? {} : { error: speechOf(c).say("delivery.postcode_wrong") }),
    };
    const view = {
      title: [product.title, variant?.title].filter(Boolean).join(", "),
      form,
      currency: product.currency,
      backHref: variantHref(product, variant?.optionValues ?? product.variants[0]?.optionValues ?? []),
      chrome,
    };
    if (!isReadable) return htmlPage(c, <DeliveryPage {...view} />, 422);
    const answer = { place: `${postcode.toUpperCase()}, ${countryName}`, ways };
    return htmlPage(c, <DeliveryPage {...view} answer={answer} />);
  });
}
