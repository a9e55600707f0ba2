import type { DeadLetterRow, MailRow } from "../app/ports.ts";
import { DataTable, Empty, Pager, formatInstant } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";

export type MailListModel = {
  readonly rows: readonly MailRow[];
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
};

/** Mails as they were written: in development nothing leaves the house. */
export const MailListPage = ({ rows, nextHref, firstHref, timeZone }: MailListModel) => (
  <AdminPage title="Mail" section="/admin/mail">
    <div class="desk-head">
      <h1>Mail</h1>
      <p class="hint">In development every mail ends here.</p>
    </div>
    {rows.length === 0 ? (
      <Empty title="No mail yet" action={{ href: "/", label: "To the shop" }}>
        Mails appear here when an order is confirmed, shipped, delivered or cancelled.
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Mails, newest first"
          isCaptionHidden
          columns={[
            { label: "Subject" },
            { label: "To" },
            { label: "Kind" },
            { label: "Written", isWhole: true },
            { label: "Order", isWhole: true },
          ]}
          rows={rows.map((row) => [
            <a href={`/admin/mail/${encodeURIComponent(row.mailId)}`}>{row.subject}</a>,
            <bdi>{row.recipient}</bdi>,
            row.template.replaceAll("_", " "),
            formatInstant(row.createdAt, timeZone),
            <a href={`/admin/orders/${row.orderId}`}>the order</a>,
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

/** One mail: facts, the HTML part in a frame that runs nothing, and the text part. */
export const MailPage = ({
  mail,
  timeZone,
}: {
  readonly mail: MailRow & { readonly text: string };
  readonly timeZone: string;
}) => (
  <AdminPage title={mail.subject} section="/admin/mail">
    <div class="desk-head">
      <h1>{mail.subject}</h1>
    </div>
    <div class="desk-stack">
      <dl class="desk-facts">
        <dt>To</dt>
        <dd>
          <bdi>{mail.recipient}</bdi>
        </dd>
        <dt>Written</dt>
        <dd>{formatInstant(mail.createdAt, timeZone)}</dd>
        <dt>Order</dt>
        <dd>
          <a href={`/admin/orders/${mail.orderId}`}>{mail.orderId}</a>
        </dd>
      </dl>
      <section>
        <h2>As it looks</h2>
        <iframe
          class="desk-mail"
          title="The mail as it looks"
          src={`/admin/mail/${encodeURIComponent(mail.mailId)}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      </section>
      <details>
        <summary>Text part</summary>
        <pre>{mail.text}</pre>
      </details>
    </div>
  </AdminPage>
);

export type DeadLetterModel = {
  readonly rows: readonly DeadLetterRow[];
  readonly nextHref: string | undefined;
  readonly firstHref: string | undefined;
  readonly timeZone: string;
};

/** Messages that a queue gave up on, with the reason. */
export const DeadLetterPage = ({ rows, nextHref, firstHref, timeZone }: DeadLetterModel) => (
  <AdminPage title="Dead letters" section="/admin/dead-letters">
    <div class="desk-head">
      <h1>Dead letters</h1>
    </div>
    {rows.length === 0 ? (
      <Empty title="No dead letters" action={{ href: "/admin", label: "Overview" }}>
        Every message found its reader.
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Messages that a queue gave up on, newest first"
          isCaptionHidden
          columns={[{ label: "Queue" }, { label: "Reason" }, { label: "Received" }, { label: "State" }]}
          rows={rows.map((row) => [
            row.queue,
            row.reason,
            formatInstant(row.receivedAt, timeZone),
            row.replayedAt === undefined ? (
              <Word tone="bad">Waiting</Word>
            ) : (
              <Word tone="good">Replayed</Word>
            ),
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);
