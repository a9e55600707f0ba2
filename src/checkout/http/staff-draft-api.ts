import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { isId, ok, refuse, type OrderId, type Problem, type Result, type StaffDraftId } from "#kernel";
import type { PaymentChoice } from "#orders";
import {
  answerJson,
  answerProblem,
  invalidFieldsProblem,
  jsonAnswer,
  parseVersionEtag,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import {
  cancelStaffDraft,
  changeStaffDraft,
  createStaffDraft,
  marketOfDraft,
  placeStaffDraft,
  viewStaffDraft,
  type StaffDraftPorts,
} from "../app/staff-draft-desk.ts";
import type { StaffDraftDocument } from "../app/staff-draft.ts";
import { EMAIL_SENTENCE, parseAddress, parseEmail, type FieldMistake } from "../app/address-book.ts";
import { placedAnswer } from "./schemas.ts";
import {
  placeDraftBody,
  renderDraftRow,
  renderStaffDraft,
  staffDraftAnswer,
  staffDraftBody,
  staffDraftListAnswer,
} from "./staff-draft-schemas.ts";
import { draftProblem, placeProblem, versionMissingProblem } from "./staff-draft-problems.ts";

export type StaffDraftApiOptions = {
  readonly portsOf: (c: Context) => StaffDraftPorts;
  readonly actorOf: (c: Context) => string;
  /** The shop's public origin, for the page that a buyer pays on and comes back to. */
  readonly shopOrigin: (c: Context) => string;
  /** The provider of payment links when the request names none. */
  readonly cardProvider: (c: Context) => string;
};

const TAGS = ["Draft orders"];
const listQuery = z.object({
  status: z.enum(["open", "placing", "placed", "cancelled"]).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** `/draft-orders`: orders that staff write for a buyer. Mounted under /admin/api. */
export function createStaffDraftApi(options: StaffDraftApiOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addReading(app, options);
  addWriting(app, options);
  addCancelling(app, options);
  addPlacing(app, options);
  return app;
}

function addReading(app: Hono<WebEnv>, { portsOf }: StaffDraftApiOptions): void {
  app.get(
    "/draft-orders",
    describeRoute({
      tags: TAGS,
      summary: "Draft orders, the last changed first",
      responses: { 200: jsonAnswer("One page", staffDraftListAnswer), ...problemAnswers(401, 422) },
    }),
    validate("query", listQuery),
    async (c) => {
      const { status, cursor, limit } = c.req.valid("query");
      const page = await portsOf(c).drafts.list({
        limit,
        ...(status === undefined ? {} : { status }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (!page.ok)
        return answerProblem(
          c,
          invalidFieldsProblem([
            { pointer: "/query/cursor", detail: "Use the nextCursor of the page before." },
          ]),
        );
      return c.json({ ...page.value, items: page.value.items.map(renderDraftRow) });
    },
  );
  app.get(
    "/draft-orders/:draftId",
    describeRoute({
      tags: TAGS,
      summary: "One draft, at what it costs now",
      responses: { 200: jsonAnswer("The draft", staffDraftAnswer), ...problemAnswers(401, 404) },
    }),
    async (c) => {
      const draftId = draftIdOf(c);
      const viewed = draftId
        ? await viewStaffDraft(portsOf(c), draftId)
        : refuse({ code: "draft_unknown" as const });
      if (!viewed.ok) return answerProblem(c, draftProblem(viewed.refusal));
      return answerJson(c, renderStaffDraft(viewed.value), versionEtag(viewed.value.draft.version));
    },
  );
}

function addWriting(app: Hono<WebEnv>, { portsOf, actorOf }: StaffDraftApiOptions): void {
  app.post(
    "/draft-orders",
    describeRoute({
      tags: TAGS,
      summary: "Start a draft",
      responses: {
        201: jsonAnswer("The draft", staffDraftAnswer),
        ...problemAnswers(400, 401, 413, 415, 422),
      },
    }),
    validate("json", staffDraftBody),
    async (c) => {
      const ports = portsOf(c);
      const document = await documentOf(ports, c.req.valid("json"));
      if (!document.ok) return answerProblem(c, mistakesProblem(document.refusal.mistakes));
      const created = await createStaffDraft(ports, { document: document.value, actor: actorOf(c) });
      c.header("location", `/admin/api/draft-orders/${created.draft.draftId}`);
      c.header("etag", versionEtag(created.draft.version));
      return c.json(renderStaffDraft(created), 201);
    },
  );
  app.put(
    "/draft-orders/:draftId",
    describeRoute({
      tags: TAGS,
      summary: "Replace an open draft",
      description: "Needs If-Match with the version that was read.",
      responses: {
        200: jsonAnswer("The draft", staffDraftAnswer),
        ...problemAnswers(400, 401, 404, 409, 412, 413, 415, 422, 428),
      },
    }),
    validate("json", staffDraftBody),
    async (c) => {
      const ports = portsOf(c);
      const at = claimOf(c);
      if (!at.ok) return answerProblem(c, at.refusal.problem);
      const document = await documentOf(ports, c.req.valid("json"));
      if (!document.ok) return answerProblem(c, mistakesProblem(document.refusal.mistakes));
      const changed = await changeStaffDraft(ports, { ...at.value, document: document.value });
      if (!changed.ok) return answerProblem(c, draftProblem(changed.refusal));
      return answerJson(c, renderStaffDraft(changed.value), versionEtag(changed.value.draft.version));
    },
  );
}

function addCancelling(app: Hono<WebEnv>, { portsOf }: StaffDraftApiOptions): void {
  app.post(
    "/draft-orders/:draftId/cancel",
    describeRoute({
      tags: TAGS,
      summary: "Give an open draft up",
      description: "Needs If-Match. Repeating changes nothing.",
      responses: {
        200: jsonAnswer("The draft", staffDraftAnswer),
        ...problemAnswers(401, 404, 409, 412, 428),
      },
    }),
    async (c) => {
      const at = claimOf(c);
      if (!at.ok) return answerProblem(c, at.refusal.problem);
      const cancelled = await cancelStaffDraft(portsOf(c), at.value);
      return cancelled.ok
        ? c.json(renderStaffDraft(cancelled.value))
        : answerProblem(c, draftProblem(cancelled.refusal));
    },
  );
}

function addPlacing(app: Hono<WebEnv>, { portsOf, shopOrigin, cardProvider }: StaffDraftApiOptions): void {
  app.post(
    "/draft-orders/:draftId/place",
    describeRoute({
      tags: TAGS,
      summary: "Make the order",
      description:
        "Needs If-Match. A repeat ends on the same order. With a payment link, redirectUrl is where the buyer pays.",
      responses: {
        201: jsonAnswer("The order", placedAnswer),
        ...problemAnswers(400, 401, 402, 404, 409, 412, 413, 415, 422, 428, 503),
      },
    }),
    validate("json", placeDraftBody),
    async (c) => {
      const at = claimOf(c);
      if (!at.ok) return answerProblem(c, at.refusal.problem);
      const { payment } = c.req.valid("json");
      const chosen =
        payment.kind === "manual"
          ? { provider: payment.method, choice: (): PaymentChoice => payment }
          : {
              provider: payment.provider ?? cardProvider(c),
              choice: (orderId: OrderId) => linkTo(shopOrigin(c), orderId),
            };
      const placed = await placeStaffDraft(
        portsOf(c),
        { ...at.value, payment: chosen },
        { traceparent: c.get("traceparent"), actor: "staff" },
      );
      return placed.ok ? c.json(placed.value, 201) : answerProblem(c, placeProblem(placed.refusal));
    },
  );
}

const linkTo = (origin: string, orderId: OrderId): PaymentChoice => {
  const back = `${origin}/orders/${orderId}/return`;
  return { kind: "redirect", returnUrl: back, cancelUrl: back };
};

function draftIdOf(c: Context): StaffDraftId | undefined {
  const id = c.req.param("draftId");
  return isId("drf", id) ? id : undefined;
}

/** The draft and the version that the caller has read. */
function claimOf(
  c: Context,
): Result<
  { readonly draftId: StaffDraftId; readonly expectedVersion: number },
  { readonly code: "problem"; readonly problem: Problem }
> {
  const draftId = draftIdOf(c);
  if (!draftId) return refuse({ code: "problem", problem: draftProblem({ code: "draft_unknown" }) });
  const header = c.req.header("if-match");
  if (header === undefined) return refuse({ code: "problem", problem: versionMissingProblem() });
  return ok({ draftId, expectedVersion: parseVersionEtag(header) ?? -1 });
}

/** The checked document, with ids for new lines; addresses are read as their country writes them. */
async function documentOf(
  ports: StaffDraftPorts,
  body: z.infer<typeof staffDraftBody>,
): Promise<
  Result<StaffDraftDocument, { readonly code: "mistakes"; readonly mistakes: readonly FieldMistake[] }>
> {
  const mistakes: FieldMistake[] = [];
  const { lines, email: typedEmail, address: typedAddress, market: marketId, ...rest } = body;
  const email = typedEmail === undefined ? undefined : parseEmail(typedEmail);
  if (typedEmail !== undefined && email === undefined)
    mistakes.push({ field: "email", detail: EMAIL_SENTENCE });
  const address = typedAddress && parseAddress(body.country, withoutHoles(typedAddress));
  if (address && !address.ok)
    mistakes.push(
      ...address.refusal.mistakes.map((mistake) => ({ ...mistake, field: `address/${mistake.field}` })),
    );
  const market = await marketOfDraft(ports, { ...rest, ...(marketId === undefined ? {} : { marketId }) });
  if (!market.ok) mistakes.push(marketMistake(market.refusal));
  if (mistakes.length > 0 || !market.ok) return refuse({ code: "mistakes", mistakes });
  return ok({
    ...rest,
    ...(market.value.isDefault ? {} : { marketId: market.value.marketId }),
    ...(email === undefined ? {} : { email }),
    ...(address?.ok === true ? { address: address.value } : {}),
    lines: lines.map(({ id, ...line }) => ({ ...line, lineId: id ?? ports.names.mintLineId() })),
  });
}

const marketMistake = (
  refusal:
    { readonly code: "market_unknown" } | { readonly code: "currency_wrong"; readonly currency: string },
): FieldMistake =>
  refusal.code === "market_unknown"
    ? { field: "market", detail: "There is no market with this key." }
    : { field: "currency", detail: `This market sells in ${refusal.currency}.` };

/** Zod's optional members may be there and undefined; an address has none of those. */
const withoutHoles = (
  address: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(address).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

const mistakesProblem = (mistakes: readonly FieldMistake[]): Problem =>
  invalidFieldsProblem(mistakes.map(({ field, detail }) => ({ pointer: `/${field}`, detail })));
