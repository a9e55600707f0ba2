import type { Location, TransferDocument, TransferStatus, TransferSummary } from "#inventory";
import { DataTable, Empty, ErrorSummary, Field, Notice, Pager, formatInstant } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";

type Errors = readonly { readonly field: string; readonly message: string }[];
type Places = readonly Location[];

const STATUS_WORDS: Readonly<
  Record<TransferStatus, { readonly word: string; readonly tone: "good" | "wait" | "plain" | "quiet" }>
> = {
  pending: { word: "Not sent", tone: "wait" },
  in_transit: { word: "On the way", tone: "plain" },
  received: { word: "Done", tone: "good" },
  cancelled: { word: "Cancelled", tone: "quiet" },
};
const nameOf = (places: Places, code: string): string =>
  places.find((place) => place.code === code)?.name ?? code;
const Status = ({ of }: { readonly of: TransferStatus }) => (
  <Word tone={STATUS_WORDS[of].tone}>{STATUS_WORDS[of].word}</Word>
);
const hrefOf = (transferId: string): string => `/admin/transfers/${encodeURIComponent(transferId)}`;

export type TransferListModel = {
  readonly rows: readonly TransferSummary[];
  readonly places: Places;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
};

/** Transfers between locations, newest first. */
export const TransferListPage = ({ rows, places, nextHref, firstHref, timeZone }: TransferListModel) => (
  <AdminPage title="Transfers" section="/admin/stock">
    <div class="desk-head">
      <h1>Transfers</h1>
      <p>
        <a class="button" href="/admin/transfers/new">
          New transfer
        </a>
      </p>
    </div>
    {rows.length === 0 ? (
      <Empty title="No transfers yet" action={{ href: "/admin/stock", label: "Stock" }}>
        A transfer moves units from one location to another and shows them while they are on the way.
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Transfers, newest first"
          isCaptionHidden
          columns={[
            { label: "Sent", isWhole: true },
            { label: "Status" },
            { label: "From" },
            { label: "To" },
            { label: "Units", isNumeric: true },
            { label: "On the way", isNumeric: true },
            { label: "Note" },
          ]}
          rows={rows.map((row) => [
            <a href={hrefOf(row.transferId)}>{formatInstant(row.createdAt, timeZone)}</a>,
            <Status of={row.status} />,
            nameOf(places, row.from),
            nameOf(places, row.to),
            row.units,
            row.onTheWay,
            row.note,
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

export type NewTransferForm = {
  readonly transferId: string;
  readonly from: string;
  readonly to: string;
  readonly note: string;
  /** One line a SKU: its code, a space, the units. */
  readonly lines: string;
};

/** The form of a new transfer; sending it sends the units. */
export const NewTransferPage = ({
  form,
  places,
  errors,
}: {
  readonly form: NewTransferForm;
  readonly places: Places;
  readonly errors: Errors;
}) => {
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.message;
  const options = places
    .filter((place) => place.isActive)
    .map(({ code, name }) => ({ value: code, label: name }));
  return (
    <AdminPage title={`${errors.length > 0 ? "Error: " : ""}New transfer`} section="/admin/stock">
      <ErrorSummary errors={errors} />
      <div class="desk-head">
        <h1>New transfer</h1>
      </div>
      {options.length < 2 && (
        <Notice tone="wait">
          <p>
            There is one location only. <a href="/admin/locations">Add another one</a> first.
          </p>
        </Notice>
      )}
      <form class="desk-form" method="post" action="/admin/transfers/new" novalidate>
        <input type="hidden" name="transferId" value={form.transferId} />
        <Field name="from" label="From" value={form.from} options={options} error={errorOf("from")} />
        <Field name="to" label="To" value={form.to} options={options} error={errorOf("to")} />
        <Field
          name="lines"
          label="What is sent"
          hint="One SKU a line, then the units, such as: KE-HERON-A3 12"
          rows={6}
          value={form.lines}
          error={errorOf("lines")}
          need="required"
        />
        <Field name="note" label="Note" value={form.note} need="optional" maxLength={200} />
        <p>
          <button class="button" type="submit">
            Send the units
          </button>
        </p>
      </form>
    </AdminPage>
  );
};

export type TransferPageModel = {
  readonly transfer: TransferDocument;
  readonly places: Places;
  readonly receiptId: string;
  readonly errors: Errors;
  readonly notice?: string | undefined;
  readonly timeZone: string;
};

/** One transfer: its lines, what can be received, and the way back. */
export const TransferPage = ({
  transfer,
  places,
  receiptId,
  errors,
  notice,
  timeZone,
}: TransferPageModel) => {
  const open = transfer.lines.filter((line) => leftOf(line) > 0);
  const isWaiting = transfer.lines.some((line) => line.dispatched === 0) && !transfer.isCancelled;
  return (
    <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Transfer`} section="/admin/stock">
      <ErrorSummary errors={errors} />
      <div class="desk-head">
        <h1>
          From {nameOf(places, transfer.from)} to {nameOf(places, transfer.to)}
        </h1>
        <Status of={transfer.status} />
      </div>
      {notice && (
        <Notice tone="good" role="status">
          <p>{notice}</p>
        </Notice>
      )}
      <div class="desk-columns">
        <div class="desk-stack">
          <Lines transfer={transfer} />
          <p class="hint">
            Made {formatInstant(transfer.createdAt, timeZone)} by {transfer.createdBy}
            {transfer.note !== "" && `: ${transfer.note}`}.
          </p>
        </div>
        <aside aria-label="Next steps">
          {open.length > 0 && <ReceiveForm transfer={transfer} receiptId={receiptId} errors={errors} />}
          {isWaiting && <StepForm transfer={transfer} step="dispatch" label="Send what is not sent yet" />}
          {(open.length > 0 || isWaiting) && (
            <StepForm transfer={transfer} step="cancel" label="Call back what has not arrived" isQuiet />
          )}
          {open.length === 0 && !isWaiting && <p class="hint">Nothing of it is on the way any more.</p>}
        </aside>
      </div>
    </AdminPage>
  );
};

type Line = TransferDocument["lines"][number];
const leftOf = (line: Line): number => line.dispatched - line.received - line.lost - line.returned;

const Lines = ({ transfer }: Pick<TransferPageModel, "transfer">) => (
  <DataTable
    caption="What is sent"
    isCaptionHidden
    columns={[
      { label: "SKU", isWhole: true },
      { label: "Units", isNumeric: true },
      { label: "On the way", isNumeric: true },
      { label: "Arrived", isNumeric: true },
      { label: "Lost", isNumeric: true },
      { label: "Came back", isNumeric: true },
      { label: "Remark" },
    ]}
    rows={transfer.lines.map((line) => [
      <a href={`/admin/stock/${encodeURIComponent(line.sku)}`}>
        <bdi>{line.sku}</bdi>
      </a>,
      line.quantity,
      leftOf(line),
      line.received,
      line.lost,
      line.returned,
      line.refusal ?? (line.dispatched === 0 && !transfer.isCancelled ? "Not sent yet" : ""),
    ])}
  />
);

const ReceiveForm = ({
  transfer,
  receiptId,
  errors,
}: Pick<TransferPageModel, "transfer" | "receiptId" | "errors">) => (
  <form class="desk-form" method="post" action={`${hrefOf(transfer.transferId)}/receipts`} novalidate>
    <h2>Receive</h2>
    <input type="hidden" name="receiptId" value={receiptId} />
    {transfer.lines.map((line, index) =>
      leftOf(line) === 0 ? null : (
        <fieldset class="choice">
          <legend>
            <bdi>{line.sku}</bdi>: {leftOf(line)} on the way
          </legend>
          <Field
            name={`received-${index}`}
            label="Arrived"
            inputmode="numeric"
            width="short"
            value={String(leftOf(line))}
            error={errors.find((error) => error.field === `received-${index}`)?.message}
          />
          <Field name={`lost-${index}`} label="Lost" inputmode="numeric" width="short" value="0" />
        </fieldset>
      ),
    )}
    <p>
      <button class="button" type="submit">
        Record it
      </button>
    </p>
  </form>
);

const StepForm = ({
  transfer,
  step,
  label,
  isQuiet = false,
}: {
  readonly transfer: TransferDocument;
  readonly step: "dispatch" | "cancel";
  readonly label: string;
  readonly isQuiet?: boolean;
}) => (
  <form class="desk-form" method="post" action={`${hrefOf(transfer.transferId)}/${step}`}>
    <p>
      <button class={isQuiet ? "button button-quiet" : "button"} type="submit">
        {label}
      </button>
    </p>
  </form>
);
