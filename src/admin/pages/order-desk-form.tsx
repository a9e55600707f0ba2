import type { OrderView } from "#orders";

/** Everything that staff can do with one order, next to what it is. Each form carries an id of its own, so that a second click does nothing twice. */
export type OrderDeskModel = {
  readonly order: OrderView;
  /** A fresh id for each form of this page. */
  readonly formId: string;
  readonly timeZone: string;
};

/** Where the order's forms go. */
export const path = (order: OrderView): string => `/admin/orders/${order.orderId}`;

/** What every form carries along. */
export const Hidden = ({ order, formId }: Pick<OrderDeskModel, "order" | "formId">) => (
  <>
    <input type="hidden" name="formId" value={formId} />
    <input type="hidden" name="version" value={String(order.version)} />
  </>
);
