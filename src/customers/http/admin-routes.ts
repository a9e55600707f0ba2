import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { epochMs, isId, mintId, ok, refuse, toIso } from "#kernel";
import {
  answerJson,
  answerProblem,
  expectedOf,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import {
  TAX_STATUSES,
  type Customer,
  type CustomerDesk,
  type CustomerId,
  type CustomerInput,
  type ReadCustomerInput,
} from "../contract.ts";
import { parseVatId } from "../tax-id.ts";
import { MAX_EMAIL_CHARACTERS, MAX_GROUP_CHARACTERS, MAX_NOTE_CHARACTERS, MAX_PAGE } from "../limits.ts";
import { customerProblem } from "./problems.ts";

type Options = {
  readonly desk: (c: Context<WebEnv>) => CustomerDesk;
  /** The shop's public origin, for personal links. */
  readonly origin: (c: Context<WebEnv>) => string;
};

const TAGS = ["Customers"];
const MAX_TAX_ID_CHARACTERS = 40;
const DEFAULT_PAGE = 25;

const body = z
  .strictObject({
    email: z.email("Send an address, like name@example.com.").max(MAX_EMAIL_CHARACTERS),
    customerGroup: z.exactOptional(
      z
        .string()
        .regex(
          /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
          "Use small letters, digits and dashes, as in the price list.",
        )
        .max(MAX_GROUP_CHARACTERS)
        .describe("As price lists name it; absent: everybody's prices."),
    ),
    taxStatus: z
      .enum(TAX_STATUSES)
      .default("taxed")
      .describe(
        "business: has a VAT id, and owes the tax itself when the goods go into another country of the EU. exempt: has shown a certificate and pays no tax.",
      ),
    taxId: z.exactOptional(z.string().trim().min(2).max(MAX_TAX_ID_CHARACTERS)),
    note: z.string().max(MAX_NOTE_CHARACTERS).default(""),
  })
  .refine(({ taxStatus, taxId }) => taxStatus !== "business" || parseVatId(taxId ?? "") !== undefined, {
    path: ["taxId"],
    message: "Send the VAT id of the business, such as DE123456789.",
  })
  .refine(({ taxStatus, taxId }) => taxStatus !== "exempt" || taxId !== undefined, {
    path: ["taxId"],
    message: "Send the number of the certificate.",
  });
const linkBody = z.strictObject({
  isRenewed: z.boolean().default(false).describe("True: the old link and whoever followed it are forgotten."),
});
const param = z.object({ customerId: z.string().min(1).max(80) });
const listQuery = z.object({
  email: z.string().max(MAX_EMAIL_CHARACTERS).optional().describe("Beginning of an address."),
  customerGroup: z.string().max(MAX_GROUP_CHARACTERS).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
const answer = z
  .object({
    id: z.string(),
    email: z.string(),
    customerGroup: z.string().optional(),
    taxStatus: z.enum(TAX_STATUSES),
    taxId: z.string().optional(),
    note: z.string(),
    version: z.int(),
    updatedAt: z.string(),
  })
  .meta({ id: "Customer" });
const listAnswer = z.object({ items: z.array(answer), nextCursor: z.string().optional() });
const linkAnswer = z.object({
  href: z.string().describe("For this customer only: whoever follows it gets their prices and their tax."),
});

const render = ({ customerId, updatedAtMs, ...customer }: Customer) => ({
  id: customerId,
  ...customer,
  updatedAt: toIso(epochMs(updatedAtMs)),
});

const toInput = ({ email, taxId, taxStatus, ...rest }: z.output<typeof body>): CustomerInput => {
  const id = taxStatus === "business" ? parseVatId(taxId ?? "") : taxId;
  return { ...rest, email: email.toLowerCase(), taxStatus, ...(id === undefined ? {} : { taxId: id }) };
};

/** The API's own rules, for forms. */
export const readCustomerInput: ReadCustomerInput = (input) => {
  const read = body.safeParse(input);
  if (read.success) return ok(toInput(read.data));
  return refuse({
    code: "invalid_customer",
    mistakes: read.error.issues.map(({ path, message }) => ({ field: path.join("/"), detail: message })),
  });
};

const idOf = (text: string): CustomerId | undefined => (isId("cus", text) ? text : undefined);
const unknown = (c: Context) => answerProblem(c, customerProblem({ code: "customer_unknown" }));

/** Customers for staff and systems. Mounted under /admin/api. */
export function createCustomerApi(options: Options): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addReads(app, options);
  addWrites(app, options);
  addLink(app, options);
  return app;
}

function addReads(app: Hono<WebEnv>, { desk }: Options): void {
  app.get(
    "/customers",
    describeRoute({
      summary: "Customers about whom something is noted, by address",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", listAnswer), ...problemAnswers(401, 422) },
    }),
    validate("query", listQuery),
    async (c) => {
      const { email, customerGroup, cursor, limit } = c.req.valid("query");
      const page = await desk(c).list({
        limit,
        ...(email === undefined ? {} : { email }),
        ...(customerGroup === undefined ? {} : { customerGroup }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (!page.ok) return answerProblem(c, customerProblem(page.refusal));
      return c.json({ ...page.value, items: page.value.items.map(render) });
    },
  );
  app.get(
    "/customers/:customerId",
    describeRoute({
      summary: "One customer",
      description: "The ETag is the version, for If-Match.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The customer", answer), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", param),
    async (c) => {
      const customerId = idOf(c.req.valid("param").customerId);
      const found = customerId && (await desk(c).find(customerId));
      if (!found?.ok) return unknown(c);
      return answerJson(c, render(found.value), versionEtag(found.value.version));
    },
  );
}

function addWrites(app: Hono<WebEnv>, { desk }: Options): void {
  app.post(
    "/customers",
    describeRoute({
      summary: "Note a customer",
      tags: TAGS,
      responses: { 201: jsonAnswer("The customer", answer), ...problemAnswers(400, 401, 409, 413, 415, 422) },
    }),
    validate("json", body),
    async (c) => {
      const made = await desk(c).create(mintId("cus", epochMs(Date.now())), toInput(c.req.valid("json")));
      if (!made.ok) return answerProblem(c, customerProblem(made.refusal));
      c.header("etag", versionEtag(made.value.version));
      c.header("location", `/admin/api/customers/${made.value.customerId}`);
      return c.json(render(made.value), 201);
    },
  );
  app.put(
    "/customers/:customerId",
    describeRoute({
      summary: "Replace what is noted about a customer",
      description: "Prices and tax of their carts follow at once. `If-Match` guards against overwriting.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("As stored", answer),
        ...problemAnswers(400, 401, 404, 409, 412, 413, 415, 422),
      },
    }),
    validate("param", param),
    validate("json", body),
    async (c) => {
      const customerId = idOf(c.req.valid("param").customerId);
      if (!customerId) return unknown(c);
      const input = toInput(c.req.valid("json"));
      const saved = await desk(c).save(customerId, input, expectedOf(c).expectedVersion);
      if (!saved.ok) return answerProblem(c, customerProblem(saved.refusal));
      return answerJson(c, render(saved.value), versionEtag(saved.value.version));
    },
  );
}

function addLink(app: Hono<WebEnv>, { desk, origin }: Options): void {
  app.post(
    "/customers/:customerId/link",
    describeRoute({
      summary: "The customer's personal link",
      description: "The same every time, until it is renewed.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The link", linkAnswer), ...problemAnswers(400, 401, 404, 413, 415, 422) },
    }),
    validate("param", param),
    validate("json", linkBody),
    async (c) => {
      const customerId = idOf(c.req.valid("param").customerId);
      const key = customerId && (await desk(c).linkKey(customerId, c.req.valid("json")));
      if (!key?.ok) return unknown(c);
      return c.json({ href: `${origin(c)}/welcome/${customerId}?key=${key.value}` });
    },
  );
}
