import type { EpochMs } from "#kernel";
import type { Attempt, Break, BreakStatus } from "#reconciliation";
import { DataTable, Empty, Field, Notice, Pager, formatInstant, plural } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { ageWords } from "./age-words.ts";
import { ACTION_WORDS, BREAK_WORDS, PROMISE_WORDS } from "./reconciliation-words.ts";

const SECTION = "/admin/reconciliation";

type Timed = { readonly now: EpochMs; readonly timeZone: string };

const VIEWS: readonly { readonly status: BreakStatus; readonly label: string }[] = [
  { status: "open", label: "Open" },
  { status: "accepted", label: "Known" },
  { status: "resolved", label: "Resolved" },
];
const STATUS_WORDS = {
  open: { word: "Open", tone: "bad" },
  accepted: { word: "Known", tone: "wait" },
  resolved: { word: "Resolved", tone: "good" },
} as const;

export type BreakListModel = Timed & {
  readonly rows: readonly Break[];
  readonly status: BreakStatus;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
};

/** Differences between what is promised and what is. */
export const BreakListPage = ({ rows, status, nextHref, firstHref, now }: BreakListModel) => (
  <AdminPage title="Breaks" section={SECTION}>
    <div class="desk-head">
      <h1>Breaks</h1>
      <a href={SECTION}>Health</a>
    </div>
    <nav class="desk-views" aria-label="Saved views">
      {VIEWS.map((view) => (
        <a
          href={`${SECTION}/breaks?status=${view.status}`}
          aria-current={view.status === status ? "true" : undefined}
        >
          {view.label}
        </a>
      ))}
    </nav>
    {rows.length === 0 ? (
      <Empty title="No breaks here" action={{ href: SECTION, label: "Health" }}>
        Nothing that was compared differs in this way.
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Breaks, those seen last first"
          isCaptionHidden
          columns={[
            { label: "What" },
            { label: "Of" },
            { label: "Found" },
            { label: "Age" },
            { label: "Tried", isNumeric: true },
          ]}
          rows={rows.map((row) => [
            <a href={`${SECTION}/breaks/${row.breakId}`}>{BREAK_WORDS[row.class]}</a>,
            <AggregateLink of={row} />,
            row.found,
            ageWords(row.openedAt, now),
            row.aidAttempts,
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

const ROOMS = { stock: "stock", order: "orders", voucher: "vouchers" } as const;

const AggregateLink = ({ of: { aggregate } }: { readonly of: Break }) => (
  <a href={`/admin/${ROOMS[aggregate.kind]}/${encodeURIComponent(aggregate.id)}`}>
    <bdi>{aggregate.id}</bdi>
  </a>
);

export type BreakModel = Timed & {
  readonly break: Break;
  readonly attempts: readonly Attempt[];
  /** Of the forms on this page; sending one twice does nothing twice. */
  readonly attemptId: string;
  readonly notice?: string;
};

/** One break: what differs, what was tried, and what a person may do about it. */
export const BreakPage = ({ break: shown, attempts, attemptId, notice, now, timeZone }: BreakModel) => (
  <AdminPage title={BREAK_WORDS[shown.class]} section={SECTION}>
    <div class="desk-head">
      <h1>{BREAK_WORDS[shown.class]}</h1>
      <Word tone={STATUS_WORDS[shown.status].tone}>{STATUS_WORDS[shown.status].word}</Word>
    </div>
    {notice && (
      <Notice tone="error" role="alert">
        <p>{notice}</p>
      </Notice>
    )}
    <div class="desk-columns">
      <div class="desk-stack">
        <Facts shown={shown} now={now} timeZone={timeZone} />
        <section>
          <h2>What was tried</h2>
          {attempts.length === 0 ? (
            <p class="hint">Nothing yet.</p>
          ) : (
            <DataTable
              caption="What was tried, last first"
              isCaptionHidden
              columns={[
                { label: "When", isWhole: true },
                { label: "What" },
                { label: "By" },
                { label: "Outcome" },
              ]}
              rows={attempts.map((attempt) => [
                formatInstant(attempt.at, timeZone),
                ACTION_WORDS[attempt.action],
                attempt.actor,
                `${attempt.outcome}: ${attempt.detail}`,
              ])}
            />
          )}
        </section>
      </div>
      {shown.status !== "resolved" && <Actions shown={shown} attemptId={attemptId} />}
    </div>
  </AdminPage>
);

const Facts = ({ shown, now, timeZone }: Timed & { readonly shown: Break }) => (
  <dl class="desk-facts">
    <dt>Promise</dt>
    <dd>
      {shown.promise}: {PROMISE_WORDS[shown.promise]}
    </dd>
    <dt>Of</dt>
    <dd>
      <AggregateLink of={shown} />
      {shown.subject !== "" && (
        <>
          {", "}
          <bdi>{shown.subject}</bdi>
        </>
      )}
    </dd>
    <dt>Expected</dt>
    <dd>{shown.expected}</dd>
    <dt>Found</dt>
    <dd>{shown.found}</dd>
    <dt>Open for</dt>
    <dd>{ageWords(shown.openedAt, shown.resolvedAt ?? now)}</dd>
    <dt>First seen</dt>
    <dd>{formatInstant(shown.firstSeenAt, timeZone)}</dd>
    <dt>Last seen</dt>
    <dd>
      {formatInstant(shown.lastSeenAt, timeZone)}, {plural(shown.timesSeen, { one: "time", other: "times" })}
    </dd>
    {shown.accepted && (
      <>
        <dt>Known</dt>
        <dd>
          {shown.accepted.reason} ({shown.accepted.by})
        </dd>
      </>
    )}
  </dl>
);

const Actions = ({ shown, attemptId }: { readonly shown: Break; readonly attemptId: string }) => {
  const action = `${SECTION}/breaks/${shown.breakId}`;
  return (
    <aside aria-label="What to do">
      <h2>What to do</h2>
      <div class="desk-stack">
        {shown.repairs.map((repair) => (
          <form class="desk-form" method="post" action={action}>
            <input type="hidden" name="attemptId" value={`${attemptId}:${repair}`} />
            <input type="hidden" name="action" value={repair} />
            <button class="button" type="submit">
              {ACTION_WORDS[repair]}
            </button>
          </form>
        ))}
        <form class="desk-form" method="post" action={action}>
          <input type="hidden" name="attemptId" value={`${attemptId}:accept`} />
          <Field name="reason" label="Why it may stand" need="required" maxLength={300} />
          <button class="button button-quiet" type="submit">
            Let it stand
          </button>
        </form>
        <p class="hint">Each of these may be done again; nothing happens twice.</p>
      </div>
    </aside>
  );
};
