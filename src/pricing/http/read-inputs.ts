import type * as z from "zod";
import { ok, refuse } from "#kernel";
import type { PriceInputs } from "../app/price-inputs.ts";
import {
  entriesBody,
  listBody,
  listParam,
  marketBody,
  marketParam,
  toEntries,
  toList,
  toMarket,
} from "./schemas.ts";

const refused = (...errors: readonly (z.ZodError | undefined)[]) =>
  refuse({
    code: "invalid_terms" as const,
    mistakes: errors.flatMap((error) =>
      (error?.issues ?? []).map(({ path, message }) => ({ field: path.join("/"), detail: message })),
    ),
  });

/** The API's own schemas, for forms. */
export const priceInputs: PriceInputs = {
  market(marketId, input) {
    const param = marketParam.safeParse({ marketId });
    const body = marketBody.safeParse(input);
    return param.success && body.success
      ? ok(toMarket(param.data.marketId, body.data))
      : refused(param.error, body.error);
  },
  list(listId, input) {
    const param = listParam.safeParse({ listId });
    const body = listBody.safeParse(input);
    return param.success && body.success
      ? ok(toList(param.data.listId, body.data))
      : refused(param.error, body.error);
  },
  entry(input) {
    const body = entriesBody.safeParse({ entries: [input] });
    if (!body.success) return refused(body.error);
    const [entry] = toEntries(body.data);
    return entry ? ok(entry) : refused();
  },
};
