import type * as z from "zod";
import { epochMs, toIso } from "#kernel";
import type { Publication } from "../contract-model.ts";
import type { ProductInput, ProductView } from "../contract.ts";
import type { productInput } from "./input-schemas.ts";
import { wireProduct } from "./wire.ts";

type WirePublication = NonNullable<z.infer<typeof productInput>["publication"]>;

/** Instants on the wire are RFC 3339; inside they are milliseconds. */
const readPublication = ({ publishAt, unpublishAt, channels }: WirePublication): Publication => ({
  ...(publishAt === undefined ? {} : { publishAtMs: Date.parse(publishAt) }),
  ...(unpublishAt === undefined ? {} : { unpublishAtMs: Date.parse(unpublishAt) }),
  channels,
});

const wirePublication = ({ publishAtMs, unpublishAtMs, channels }: Publication): WirePublication => ({
  ...(publishAtMs === undefined ? {} : { publishAt: toIso(epochMs(publishAtMs)) }),
  ...(unpublishAtMs === undefined ? {} : { unpublishAt: toIso(epochMs(unpublishAtMs)) }),
  channels: [...channels],
});

/** A product as staff and programs send it. */
export const readProductInput = (
  { publication, handle, ...input }: z.infer<typeof productInput>,
  pathHandle: string,
): ProductInput => ({
  ...input,
  handle: handle ?? pathHandle,
  ...(publication ? { publication: readPublication(publication) } : {}),
});

/** A product as staff see it: with what the shop does not tell. */
export const wireStaffProduct = (product: ProductView) => ({
  ...wireProduct(product),
  status: product.status,
  version: product.version,
  isListed: product.isListed,
  publication: wirePublication(product.publication),
  typed: {
    typeKey: product.typeKey ?? "",
    values: Object.fromEntries(product.typedAttributes.map(({ key, value }) => [key, value])),
  },
  ownAttributes: product.ownAttributes,
});
