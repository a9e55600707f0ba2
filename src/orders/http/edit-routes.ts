import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import type * as z from "zod";
import { refuse, type FieldError, type OrderId, type Problem, type Result } from "#kernel";
import {
  expectedOf,
  answerProblem,
  invalidFieldsProblem,
  jsonAnswer,
  problemAnswers,
  validate,
  type WebEnv,
} from "#web";
import type { Address, EditPreview, EditRequest, OrderDraft } from "../contract.ts";
import { abandonBody, editBody, previewAnswer } from "./desk-schemas.ts";
import { orderIdOf, orderProblem } from "./order-access.ts";
import { askOrder, CHANGE_ANSWERS, TAGS, type StaffOrders } from "./staff-orders.ts";

/** What staff want to be different; what is absent stays. */
export type EditChanges = {
  /** 0 takes a line away. */
  readonly quantities?: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly additions?: readonly {
    readonly lineId: string;
    readonly variantId: string;
    readonly quantity: number;
  }[];
  readonly address?: Address;
  readonly deliveryMethodId?: string;
};

export type EditOptions = StaffOrders & {
  /** Prices the order as it shall be: what stays keeps its frozen price, what is added costs what holds today. */
  readonly reprice: (
    c: Context,
    draft: OrderDraft,
    changes: EditChanges,
  ) => Promise<Result<OrderDraft, { readonly code: "mistake" } & FieldError>>;
  /** How a link for the difference is paid, and where the buyer comes back to. */
  readonly payment: (
    c: Context,
    how: { readonly kind: "link" | "bank_transfer"; readonly orderId: OrderId },
  ) => EditRequest["payment"];
};

type Body = z.infer<typeof editBody>;

/** Edits: seen first, then applied to the version that was seen. */
export function createEditRoutes(options: EditOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post(
    "/orders/:orderId/edits/preview",
    describeRoute({
      summary: "What an edit would do; nothing changes",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The difference", previewAnswer),
        ...problemAnswers(400, 401, 404, 409, 412, 413, 415, 422),
      },
    }),
    validate("json", editBody),
    async (c) => {
      const request = await requestOf(c, options, c.req.valid("json"));
      if (!request.ok) return answerProblem(c, request.refusal.problem);
      const preview = await options
        .orders(c)
        .getByName(request.value.orderId)
        .proposeEdit(request.value.edit);
      if (!preview.ok) return answerProblem(c, orderProblem(preview.refusal));
      return c.json(renderPreview(preview.value, request.value.edit.draft));
    },
  );
  app.post(
    "/orders/:orderId/edits",
    describeRoute({
      summary: "Apply an edit",
      description:
        "Holds what it adds, has a difference paid, then changes the order whole; what gets cheaper is refunded. With If-Match it applies only to the version that was seen.",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    validate("json", editBody),
    async (c) => {
      const request = await requestOf(c, options, c.req.valid("json"));
      if (!request.ok) return answerProblem(c, request.refusal.problem);
      const { edit } = request.value;
      return askOrder(c, options, (order, call) => order.applyEdit(edit, call));
    },
  );
  app.post(
    "/orders/:orderId/edits/:editId/abandon",
    describeRoute({ summary: "Give up the open edit", tags: TAGS, responses: CHANGE_ANSWERS }),
    validate("json", abandonBody),
    (c) => {
      const command = { editId: c.req.param("editId"), reason: c.req.valid("json").reason };
      return askOrder(c, options, (order, call) => order.abandonEdit(command, call));
    },
  );
  return app;
}

type Asked = { readonly orderId: OrderId; readonly edit: EditRequest };
type NotAsked = { readonly code: "not_asked"; readonly problem: Problem };

/** Prices the wish against the order as it stands. */
async function requestOf(
  c: Context<WebEnv>,
  options: EditOptions,
  body: Body,
): Promise<Result<Asked, NotAsked>> {
  const notAsked = (problem: Problem) => refuse({ code: "not_asked" as const, problem });
  const orderId = orderIdOf(c);
  const view = orderId ? await options.orders(c).getByName(orderId).view() : undefined;
  if (!orderId || !view?.ok) return notAsked(orderProblem({ code: "order_unknown" }));
  const draft = await options.reprice(c, view.value.draft, changesOf(body));
  if (!draft.ok) return notAsked(invalidFieldsProblem([draft.refusal]));
  const payment = body.payment && options.payment(c, { kind: body.payment.kind, orderId });
  const edit: EditRequest = {
    editId: body.editId,
    reason: body.reason,
    expectedVersion: expectedOf(c).expectedVersion ?? view.value.version,
    draft: draft.value,
    ...(payment === undefined ? {} : { payment }),
    ...(body.exchangeReturnId === undefined ? {} : { exchange: { returnId: body.exchangeReturnId } }),
  };
  return { ok: true, value: { orderId, edit } };
}

function changesOf({ editId, quantities, added, address, deliveryMethodId }: Body): EditChanges {
  return {
    ...(quantities === undefined ? {} : { quantities }),
    // The same request gives the same lines, so that a repeat adds nothing twice.
    ...(added === undefined
      ? {}
      : { additions: added.map((line, index) => ({ ...line, lineId: `${editId}-${index + 1}` })) }),
    ...(address === undefined ? {} : { address: written(address) }),
    ...(deliveryMethodId === undefined ? {} : { deliveryMethodId }),
  };
}

/** Members that are not there are left out, as everywhere in a draft. */
function written(address: NonNullable<Body["address"]>): OrderDraft["address"] {
  const { fullName, line1, city, country, ...rest } = address;
  const others = Object.entries(rest).filter(([, value]) => value !== undefined && value !== "");
  return { fullName, line1, city, country, ...Object.fromEntries(others) };
}

const renderPreview = (preview: EditPreview, draft: OrderDraft) => {
  const money = (amountMinor: number) => ({ currency: draft.currency, amountMinor });
  return {
    version: preview.version,
    difference: money(preview.differenceMinor),
    credit: money(preview.creditMinor),
    due: money(preview.dueMinor),
    refund: money(preview.refundMinor),
    total: money(draft.totalMinor),
    addedUnits: preview.addedUnits,
    removedUnits: preview.removedUnits,
    isAddressChanged: preview.isAddressChanged,
    isDeliveryChanged: preview.isDeliveryChanged,
  };
};
