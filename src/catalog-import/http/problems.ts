import type { Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { ImportRefusal } from "../contract.ts";

/** What went wrong with an import, in words for an API client. */
export function importProblem(refusal: ImportRefusal): Problem {
  switch (refusal.code) {
    case "import_unknown":
      return {
        type: "/problems/catalog-import/import-unknown",
        title: "No such import",
        status: 404,
        detail: "No import has this id.",
      };
    case "import_settled":
      return {
        type: "/problems/catalog-import/import-settled",
        title: "The import does not allow this now",
        status: 409,
        detail: `The import is ${refusal.state}. Only a running or failed one can be cancelled, only a failed one resumed.`,
        facts: { state: refusal.state },
      };
    case "invalid_cursor":
      return {
        type: "/problems/catalog-import/invalid-cursor",
        title: "The cursor is not one of ours",
        status: 422,
        detail: "Use the nextCursor of the page before.",
        errors: [{ pointer: "/query/cursor", detail: "Use the nextCursor of the page before." }],
      };
    case "foreign_currency":
      return {
        type: "/problems/catalog-import/foreign-currency",
        title: "The shop sells in another currency",
        status: 422,
        detail: `This shop's prices are in ${refusal.shopCurrency}; nothing converts ${refusal.currency} yet.`,
        errors: [
          { pointer: "/query/currency", detail: `Use ${refusal.shopCurrency}, if the file's prices are.` },
        ],
      };
    case "mapping_unknown":
      return {
        type: "/problems/catalog-import/mapping-unknown",
        title: "No such mapping",
        status: 404,
        detail: "No column mapping has this name.",
      };
    case "mapping_changed":
      return {
        type: "/problems/catalog-import/mapping-changed",
        title: "Somebody else saved first",
        status: 412,
        detail: "Read the mapping again, repeat your change on it, and send its ETag as If-Match.",
        facts: { version: refusal.version },
      };
    case "idempotency_key_reused":
      return {
        type: "/problems/catalog-import/idempotency-key-reused",
        title: "This Idempotency-Key started another import",
        status: 422,
        detail: "Send a new key for another file or another policy.",
      };
  }
}

/** The request has no file in it. */
export const emptyFileProblem: Problem = {
  type: "/problems/catalog-import/empty-file",
  title: "There is no file in the request",
  status: 422,
  detail: "Send the CSV file as the body, or as the field `file` of a form.",
  errors: [{ pointer: "/file", detail: "Choose a CSV file that is not empty." }],
};

/** For the pages that explain problem types. */
export const CATALOG_IMPORT_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/catalog-import/import-unknown",
    title: "No such import",
    status: 404,
    meaning: "No import has this id.",
    remedy: "Take the id from the list of imports, or from the answer that started it.",
  },
  {
    type: "/problems/catalog-import/import-settled",
    title: "The import does not allow this now",
    status: 409,
    meaning: "An import that has ended cannot be cancelled, and only a failed one can be resumed.",
    remedy: "Read the import; to try again, upload the file again. What was imported already stays as it is.",
  },
  {
    type: "/problems/catalog-import/invalid-cursor",
    title: "The cursor is not one of ours",
    status: 422,
    meaning: "The cursor was changed, or belongs to another list.",
    remedy: "Start at the first page, and follow nextCursor from there.",
  },
  {
    type: "/problems/catalog-import/foreign-currency",
    title: "The shop sells in another currency",
    status: 422,
    meaning: "A product file does not say its currency, and the one named in the request is not the shop's.",
    remedy: "Export the prices in the shop's currency, and leave the currency out or name that one.",
  },
  {
    type: "/problems/catalog-import/mapping-unknown",
    title: "No such mapping",
    status: 404,
    meaning: "No column mapping has this name.",
    remedy: "Take the name from the list of mappings, or save the mapping under it first.",
  },
  {
    type: "/problems/catalog-import/mapping-changed",
    title: "Somebody else saved first",
    status: 412,
    meaning: "The mapping is not at the version that you changed.",
    remedy: "Read it again, repeat the change, and send the new ETag as If-Match.",
  },
  {
    type: "/problems/catalog-import/idempotency-key-reused",
    title: "This Idempotency-Key started another import",
    status: 422,
    meaning: "The key was used before with another file or another policy.",
    remedy: "Send a new key for each import, and the same key only to repeat a request.",
  },
  {
    type: "/problems/catalog-import/empty-file",
    title: "There is no file in the request",
    status: 422,
    meaning: "The body, or the form's field `file`, is empty or missing.",
    remedy: "Send the bytes of a CSV file.",
  },
];
