import { unreachable, type Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { CatalogRefusal } from "../contract.ts";

/** Every refusal of the catalogue as a problem document. */
export function catalogProblem(refusal: CatalogRefusal): Problem {
  switch (refusal.code) {
    case "product_unknown":
      return unknown("product", refusal.handle);
    case "collection_unknown":
      return unknown("collection", refusal.handle);
    case "product_type_unknown":
    case "product_type_in_use":
      return typeProblem(refusal);
    case "product_moved":
      return moved("product", refusal);
    case "collection_moved":
      return moved("collection", refusal);
    case "handle_taken":
      return {
        type: "/problems/catalog/handle-taken",
        title: "The handle belongs to something else",
        status: 409,
        detail: `Choose another handle than ${refusal.handle}: another one has it, or had it and still redirects from it.`,
        facts: { handle: refusal.handle },
      };
    case "invalid_product":
      return {
        type: "/problems/catalog/invalid-product",
        title: "Some fields need another value",
        status: 422,
        detail: `${refusal.errors.length === 1 ? "One field is" : `${refusal.errors.length} fields are`} wrong. Nothing was changed.`,
        errors: refusal.errors,
      };
    case "invalid_cursor":
      return {
        type: "/problems/catalog/invalid-cursor",
        title: "The cursor does not belong to this list",
        status: 422,
        detail:
          "Send the nextCursor of the page before with the same parameters, or leave cursor out to start again.",
        errors: [
          { pointer: "/query/cursor", detail: "Use the nextCursor of the page before, or leave it out." },
        ],
      };
    case "version_conflict":
      return {
        type: "/problems/catalog/version-conflict",
        title: "Somebody else saved first",
        status: 412,
        detail: "Read it again, repeat your change on what you find, and send its ETag as If-Match.",
        facts: { version: refusal.version },
      };
    default:
      return unreachable(refusal, "catalogProblem");
  }
}

const unknown = (what: "product" | "collection", handle: string): Problem => ({
  type: `/problems/catalog/${what}-unknown`,
  title: `No such ${what}`,
  status: 404,
  detail: `There is no ${what} with this handle.`,
  facts: { handle },
});

const typeProblem = ({
  code,
  key,
}: Extract<CatalogRefusal, { code: "product_type_unknown" | "product_type_in_use" }>): Problem =>
  code === "product_type_unknown"
    ? {
        type: "/problems/catalog/product-type-unknown",
        title: "No such product type",
        status: 404,
        detail: "There is no product type with this key.",
        facts: { key },
      }
    : {
        type: "/problems/catalog/product-type-in-use",
        title: "Products have this type",
        status: 409,
        detail: "Give these products another type first. Nothing was changed.",
        facts: { key },
      };

const moved = (
  what: "product" | "collection",
  { handle, movedTo }: { readonly handle: string; readonly movedTo: string },
): Problem => ({
  type: `/problems/catalog/${what}-moved`,
  title: `The ${what} has another handle now`,
  status: 409,
  detail: `Use the handle ${movedTo}.`,
  facts: { handle, movedTo },
});

/** What the catalogue's problems mean, for the pages behind their addresses. */
export const CATALOG_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/catalog/product-unknown",
    title: "No such product",
    status: 404,
    meaning: "No product that the shop shows has this handle.",
    remedy:
      "Find it with GET /api/search or in a list; handles are the last part of a product page's address.",
  },
  {
    type: "/problems/catalog/collection-unknown",
    title: "No such collection",
    status: 404,
    meaning: "No collection has this handle.",
    remedy: "GET /api/collections lists them all.",
  },
  {
    type: "/problems/catalog/product-moved",
    title: "The product has another handle now",
    status: 409,
    meaning: "The handle is an old one of a product, and a redirect stands there.",
    remedy: "Save under the handle in movedTo.",
  },
  {
    type: "/problems/catalog/product-type-unknown",
    title: "No such product type",
    status: 404,
    meaning: "No product type has this key.",
    remedy: "GET /admin/api/product-types lists them all.",
  },
  {
    type: "/problems/catalog/product-type-in-use",
    title: "Products have this type",
    status: 409,
    meaning: "A product type goes only when no product has it.",
    remedy: "Give these products another type, or none, and try again.",
  },
  {
    type: "/problems/catalog/collection-moved",
    title: "The collection has another handle now",
    status: 409,
    meaning: "The handle is an old one of a collection, and a redirect stands there.",
    remedy: "Use the handle in movedTo.",
  },
  {
    type: "/problems/catalog/handle-taken",
    title: "The handle belongs to something else",
    status: 409,
    meaning: "Another product or collection has this handle, or had it and is still found by it.",
    remedy: "Choose another handle. Nothing was changed.",
  },
  {
    type: "/problems/catalog/invalid-product",
    title: "Some fields need another value",
    status: 422,
    meaning:
      "The product or collection was understood, but the fields under errors break a rule of the shop.",
    remedy: "Mend each field: pointer names it, detail says how. Nothing was changed.",
  },
  {
    type: "/problems/catalog/invalid-cursor",
    title: "The cursor does not belong to this list",
    status: 422,
    meaning: "The cursor was cut, made up, or comes from a list with another order.",
    remedy:
      "Use nextCursor exactly as it was given, with the same parameters; or start again without a cursor.",
  },
  {
    type: "/problems/catalog/version-conflict",
    title: "Somebody else saved first",
    status: 412,
    meaning: "The thing was changed since you read it, so your change was not made.",
    remedy: "Read it again and repeat your change with the new ETag in If-Match.",
  },
  {
    type: "/problems/catalog/media-refused",
    title: "The file cannot be taken",
    status: 422,
    meaning: "The name, the content type or the bytes are not those of a picture that the shop takes.",
    remedy:
      "Send SVG, PNG, JPEG, WebP or AVIF under a name such as heron-1.webp whose ending fits the content type.",
  },
  {
    type: "/problems/catalog/media-unknown",
    title: "There is no such picture",
    status: 404,
    meaning: "No uploaded picture has this name.",
    remedy: "Take a name from the list of uploaded pictures, or upload the picture first.",
  },
  {
    type: "/problems/catalog/media-exists",
    title: "Another file has this name",
    status: 409,
    meaning: "A picture with other bytes has this name, and copies of it are kept for a year.",
    remedy: "Choose another name, such as the old one with a number.",
  },
];
