import { staffTitleOf, type EditPreview, type OrderDraft, type OrderView } from "#orders";
import { DataTable, ErrorSummary, Field, formatMinor, Notice, type SummaryError } from "#web";
import { AddressFields } from "./address-fields.tsx";
import { AdminPage } from "./admin-page.tsx";

/** Rows for goods that are added at once. */
export const ADDED_ROWS = 3;

export type EditOrderModel = {
  readonly order: OrderView;
  /** What was typed; at first what the order says. */
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly SummaryError[];
  readonly methods: readonly { readonly value: string; readonly label: string }[];
  readonly formId: string;
  readonly exchangeId?: string;
};

/** The order as a form. Nothing is changed before the preview was seen. */
export const EditOrderPage = (model: EditOrderModel) => {
  const { order, values, errors } = model;
  const errorOf = (name: string): string | undefined => errors.find((error) => error.field === name)?.message;
  const part = { ...model, errorOf };
  return (
    <AdminPage title={`Edit order ${order.orderNumber}`} section="/admin/orders">
      <div class="desk-head">
        <h1>Edit order {order.orderNumber}</h1>
        <a href={`/admin/orders/${order.orderId}`}>Back to the order</a>
      </div>
      <ErrorSummary errors={errors} />
      <form class="desk-form" method="post" action={`/admin/orders/${order.orderId}/edit`} novalidate>
        <Carried model={model} />
        <Items {...part} />
        <Delivery {...part} />
        <Field
          name="reason"
          label="Why"
          need="required"
          value={values["reason"]}
          error={errorOf("reason")}
          maxLength={200}
        />
        <p>
          <button class="button" type="submit">
            See what it costs
          </button>
        </p>
      </form>
    </AdminPage>
  );
};

type Part = EditOrderModel & { readonly errorOf: (name: string) => string | undefined };

const Items = ({ order, values, errorOf }: Part) => (
  <>
    <fieldset>
      <legend>Items: 0 removes one</legend>
      {order.draft.lines.map((line) => (
        <Field
          name={`quantity-${line.lineId}`}
          label={staffTitleOf(line)}
          hint={`${formatMinor(line.unitPriceMinor, order.draft.currency)} each, as bought`}
          inputmode="numeric"
          width="short"
          value={values[`quantity-${line.lineId}`]}
          error={errorOf(`quantity-${line.lineId}`)}
          maxLength={5}
        />
      ))}
    </fieldset>
    <fieldset>
      <legend>Add items at today’s price</legend>
      {Array.from({ length: ADDED_ROWS }, (_, row) => (
        <div class="field-row">
          <Field
            name={`sku-${row}`}
            label="SKU"
            value={values[`sku-${row}`]}
            error={errorOf(`sku-${row}`)}
            maxLength={64}
          />
          <Field
            name={`units-${row}`}
            label="Units"
            inputmode="numeric"
            width="short"
            value={values[`units-${row}`]}
            error={errorOf(`units-${row}`)}
            maxLength={5}
          />
        </div>
      ))}
    </fieldset>
  </>
);

const Delivery = ({ order, values, errors, methods, errorOf }: Part) => (
  <fieldset>
    <legend>Delivery</legend>
    <Field
      name="deliveryMethodId"
      label="Way of delivery"
      width="medium"
      options={methods}
      value={values["deliveryMethodId"]}
      error={errorOf("deliveryMethodId")}
    />
    <AddressFields
      country={order.draft.address.country}
      value={prefixed(values, "address-")}
      errors={prefixed(Object.fromEntries(errors.map(({ field, message }) => [field, message])), "address-")}
    />
  </fieldset>
);

const Carried = ({ model }: { readonly model: EditOrderModel }) => (
  <>
    <input type="hidden" name="formId" value={model.formId} />
    <input type="hidden" name="version" value={String(model.order.version)} />
    {model.exchangeId !== undefined && <input type="hidden" name="exchangeId" value={model.exchangeId} />}
  </>
);

const prefixed = (values: Readonly<Record<string, string>>, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );

export type EditPreviewModel = {
  readonly order: OrderView;
  readonly draft: OrderDraft;
  readonly preview: EditPreview;
  /** Every field of the form, carried along. */
  readonly values: Readonly<Record<string, string>>;
  readonly providers: readonly { readonly value: string; readonly label: string }[];
};

/** What the edit would do, in money and goods, before it does it. */
export const EditPreviewPage = ({ order, draft, preview, values, providers }: EditPreviewModel) => {
  const amount = (minor: number): string => formatMinor(minor, draft.currency);
  return (
    <AdminPage title={`Edit order ${order.orderNumber}`} section="/admin/orders">
      <div class="desk-head">
        <h1>This is what the edit does</h1>
        <a href={`/admin/orders/${order.orderId}`}>Leave the order as it is</a>
      </div>
      <Difference before={order.draft} after={draft} amount={amount} />
      <Notice tone={preview.dueMinor > 0 ? "wait" : "good"}>
        <p>{moneySentence(preview, amount)}</p>
      </Notice>
      <form class="desk-form" method="post" action={`/admin/orders/${order.orderId}/edit`}>
        {Object.entries(values).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="expectedTotal" value={String(draft.totalMinor)} />
        {preview.dueMinor > 0 && (
          <Field
            name="provider"
            label="The buyer pays the difference by"
            width="medium"
            options={providers}
          />
        )}
        <p class="form-actions">
          <button class="button" type="submit" name="apply" value="yes">
            Apply the edit
          </button>
          <button class="button button-quiet" type="submit" name="apply" value="no">
            Change it again
          </button>
        </p>
      </form>
    </AdminPage>
  );
};

type DifferenceProps = {
  readonly before: OrderDraft;
  readonly after: OrderDraft;
  readonly amount: (minor: number) => string;
};

const Difference = ({ before, after, amount }: DifferenceProps) => (
  <>
    <DataTable
      caption="Items after the edit"
      columns={[
        { label: "Item" },
        { label: "Before", isNumeric: true },
        { label: "After", isNumeric: true },
        { label: "Total", isNumeric: true },
      ]}
      rows={rowsOf(before, after).map((row) => [
        <bdi>{row.title}</bdi>,
        row.before,
        row.after,
        amount(row.totalMinor),
      ])}
    />
    <dl class="desk-facts">
      <dt>Total before</dt>
      <dd>{amount(before.totalMinor)}</dd>
      <dt>{after.delivery.name}</dt>
      <dd>{amount(after.deliveryMinor)}</dd>
      <dt>Total after</dt>
      <dd>
        <b>{amount(after.totalMinor)}</b>
      </dd>
    </dl>
  </>
);

function moneySentence(preview: EditPreview, amount: (minor: number) => string): string {
  const credit =
    preview.creditMinor > 0 ? ` ${amount(preview.creditMinor)} of returned goods are set against it.` : "";
  if (preview.dueMinor > 0)
    return `The buyer pays ${amount(preview.dueMinor)} more. The edit is applied once that is paid; its units are held meanwhile.${credit}`;
  if (preview.refundMinor > 0) return `${amount(preview.refundMinor)} go back to the buyer at once.${credit}`;
  return `Nothing is charged or refunded.${credit}`;
}

function rowsOf(before: OrderDraft, after: OrderDraft) {
  const gone = before.lines.filter((line) => !after.lines.some((kept) => kept.lineId === line.lineId));
  return [
    ...after.lines.map((line) => ({
      title: staffTitleOf(line),
      before: before.lines.find((old) => old.lineId === line.lineId)?.quantity ?? 0,
      after: line.quantity,
      totalMinor: line.totalMinor,
    })),
    ...gone.map((line) => ({ title: staffTitleOf(line), before: line.quantity, after: 0, totalMinor: 0 })),
  ];
}
