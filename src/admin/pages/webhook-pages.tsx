import type { InboxEntry, InboxState } from "#payments";
import { DataTable, Empty, Notice, Pager, formatInstant, plural } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";

export type WebhookListModel = {
  readonly rows: readonly InboxEntry[];
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
  readonly notice?: { readonly tone: "good" | "error"; readonly text: string } | undefined;
};

const STATES: Readonly<
  Record<InboxState, { readonly word: string; readonly tone: "good" | "wait" | "bad" }>
> = {
  processed: { word: "Done", tone: "good" },
  working: { word: "Under way", tone: "wait" },
  failed: { word: "Failed", tone: "bad" },
};

/** The genuine messages of payment providers, and a button that lets the order of one ask again. */
export const WebhookListPage = ({ rows, nextHref, firstHref, timeZone, notice }: WebhookListModel) => (
  <AdminPage title="Payment webhooks" section="/admin/reconciliation">
    <div class="desk-head">
      <h1>Payment webhooks</h1>
      <p class="hint">
        Messages of the payment provider in the last 30 days. Replaying one lets its order ask the provider
        again; that never charges anything.
      </p>
    </div>
    {notice && (
      <Notice tone={notice.tone} role="status">
        <p>{notice.text}</p>
      </Notice>
    )}
    {rows.length === 0 ? (
      <Empty title="No webhooks" action={{ href: "/admin/reconciliation", label: "Health" }}>
        They appear here as soon as a payment provider has sent one.
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Payment webhooks, newest first"
          isCaptionHidden
          columns={[
            { label: "Message" },
            { label: "State" },
            { label: "Order", isWhole: true },
            { label: "Received" },
            { label: "Delivered", isNumeric: true },
            { label: "Again" },
          ]}
          rows={rows.map((row) => [
            <span>
              {row.type}
              <span class="hint"> {row.provider}</span>
            </span>,
            <State row={row} />,
            <a href={`/admin/orders/${row.orderId}`}>the order</a>,
            formatInstant(row.receivedAt, timeZone),
            plural(row.deliveries, { one: "time", other: "times" }),
            <Replay row={row} />,
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

const State = ({ row }: { readonly row: InboxEntry }) => (
  <span>
    <Word tone={STATES[row.state].tone}>{STATES[row.state].word}</Word>
    {row.state === "failed" && row.lastError !== undefined && <span class="hint"> {row.lastError}</span>}
  </span>
);

const Replay = ({ row }: { readonly row: InboxEntry }) => (
  <form method="post" action="/admin/webhooks/replay">
    <input type="hidden" name="provider" value={row.provider} />
    <input type="hidden" name="eventId" value={row.eventId} />
    <button class="button-link" type="submit" aria-label={`Replay ${row.type} of ${row.orderId}`}>
      Replay
    </button>
  </form>
);
