import type * as z from "zod";
import { ok, refuse, type Result } from "#kernel";
import type { MappingInput, MappingMistakes } from "../app/mapping-input.ts";
import { mappingInput, mappingName } from "./mapping-schemas.ts";

const read = <T>(answer: z.ZodSafeParseResult<T>, at: string): Result<T, MappingMistakes> =>
  answer.success
    ? ok(answer.data)
    : refuse({
        code: "invalid_mapping",
        mistakes: answer.error.issues.map(({ path, message }) => ({
          field: path.length === 0 ? at : path.join("/"),
          detail: message,
        })),
      });

/** The API's own schemas, for the page. */
export const readMappingInput: MappingInput = {
  name: (text) => read(mappingName.safeParse(text), "name"),
  mapping: (document) => read(mappingInput.safeParse(document), "rules"),
};
