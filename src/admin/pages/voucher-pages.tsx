import type { VoucherJournalEntry, VoucherKind, VoucherView } from "#vouchers";
import { DataTable, Empty, Field, formatInstant, formatMinor, Notice, Pager } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import {
  KIND_WORDS,
  nameOf,
  stateOf,
  usesOf,
  VOUCHER_KINDS,
  VOUCHER_MOVEMENT_WORDS,
  worthOf,
} from "./voucher-words.ts";

const SECTION = "/admin/vouchers";

export type VoucherListModel = {
  readonly kind: VoucherKind;
  readonly rows: readonly VoucherView[];
  readonly search?: string | undefined;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
  readonly nowMs: number;
};

const SEARCH_LABELS: Readonly<Record<VoucherKind, string>> = {
  coupon: "Code begins with",
  gift_card: "Last four characters",
  store_credit: "E-mail begins with",
};

/** Coupons, gift cards or credits as their objects last told them. */
export const VoucherListPage = ({
  kind,
  rows,
  search,
  nextHref,
  firstHref,
  timeZone,
  nowMs,
}: VoucherListModel) => (
  <AdminPage title={KIND_WORDS[kind].many} section={SECTION}>
    <div class="desk-head">
      <h1>{KIND_WORDS[kind].many}</h1>
      <a class="button" href={`${SECTION}/new?kind=${kind}`}>
        {kind === "coupon" ? "New coupon" : "Issue one"}
      </a>
    </div>
    <nav class="desk-views" aria-label="Kinds">
      {VOUCHER_KINDS.map((other) => (
        <a href={`${SECTION}?kind=${other}`} aria-current={other === kind ? "true" : undefined}>
          {KIND_WORDS[other].many}
        </a>
      ))}
    </nav>
    <form class="desk-filters" method="get" action={SECTION} role="search">
      <input type="hidden" name="kind" value={kind} />
      <Field
        name="q"
        label={SEARCH_LABELS[kind]}
        type="search"
        value={search}
        width="medium"
        maxLength={120}
      />
      <button class="button button-quiet" type="submit">
        Find
      </button>
    </form>
    {rows.length === 0 ? (
      <Empty title="Nothing here" action={{ href: `${SECTION}/new?kind=${kind}`, label: "Make the first" }}>
        {search === undefined ? "None has been issued yet." : "Nothing matches this search."}
      </Empty>
    ) : (
      <>
        <VoucherTable kind={kind} rows={rows} timeZone={timeZone} nowMs={nowMs} />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

const VoucherTable = ({
  kind,
  rows,
  timeZone,
  nowMs,
}: Pick<VoucherListModel, "kind" | "rows" | "timeZone" | "nowMs">) => (
  <DataTable
    caption={KIND_WORDS[kind].many}
    isCaptionHidden
    columns={[
      { label: kind === "store_credit" ? "Customer" : "Code" },
      { label: "State" },
      { label: kind === "coupon" ? "Gives" : "Left", isNumeric: true },
      { label: "Used" },
      { label: "Note" },
      { label: "Changed", isWhole: true },
    ]}
    rows={rows.map((row) => {
      const state = stateOf(row, nowMs);
      return [
        <a href={`${SECTION}/${encodeURIComponent(row.voucherId)}`}>
          <bdi>{nameOf(row)}</bdi>
        </a>,
        <Word tone={state.tone}>{state.word}</Word>,
        worthOf(row),
        usesOf(row),
        row.terms.note,
        formatInstant(row.updatedAt, timeZone),
      ];
    })}
  />
);

/** A card or credit that was just issued: the one time that its code is shown. */
export const IssuedPage = ({ view, code }: { readonly view: VoucherView; readonly code: string }) => (
  <AdminPage title={`${KIND_WORDS[view.terms.kind].one} issued`} section={SECTION}>
    <div class="desk-head">
      <h1>{KIND_WORDS[view.terms.kind].one} issued</h1>
    </div>
    <div class="desk-stack">
      <Notice tone="good" role="status" title="Write the code down now.">
        <p>It is shown this once and kept nowhere: we cannot tell it again.</p>
      </Notice>
      <p class="voucher-code">
        <code>{code}</code>
      </p>
      <p>
        {worthOf(view)} for{" "}
        <bdi>{view.terms.kind === "store_credit" ? view.terms.customer : "whoever has it"}</bdi>.{" "}
        <a href={`${SECTION}/${encodeURIComponent(view.voucherId)}`}>See it</a>
      </p>
    </div>
  </AdminPage>
);

const signed = (value: number, show: (value: number) => string): string =>
  `${value > 0 ? "+" : "−"}${show(Math.abs(value))}`;

/** Every change and use of a voucher, newest first. */
export const VoucherJournal = ({
  view,
  journal,
  moreHref,
  timeZone,
}: {
  readonly view: VoucherView;
  readonly journal: readonly VoucherJournalEntry[];
  readonly moreHref?: string | undefined;
  readonly timeZone: string;
}) => {
  const { terms } = view;
  const isCoupon = terms.kind === "coupon";
  const show = (value: number): string => (isCoupon ? String(value) : formatMinor(value, terms.currency));
  const cell = (change: number, after: number): string =>
    change === 0 ? show(after) : `${signed(change, show)} → ${show(after)}`;
  return (
    <section>
      <h2>Journal</h2>
      <DataTable
        caption="Changes and uses, newest first"
        isCaptionHidden
        columns={[
          { label: "No.", isNumeric: true },
          { label: "When", isWhole: true },
          { label: "What" },
          { label: isCoupon ? "Used" : "Balance", isNumeric: true },
          { label: "Held", isNumeric: true },
          { label: "Why" },
          { label: "Reference" },
        ]}
        rows={journal.map((entry) => [
          entry.sequence,
          formatInstant(entry.occurredAt, timeZone),
          VOUCHER_MOVEMENT_WORDS[entry.kind],
          isCoupon ? cell(entry.usedChange, entry.usedAfter) : cell(entry.balanceChange, entry.balanceAfter),
          cell(entry.heldChange, entry.heldAfter),
          `${entry.reason} (${entry.actor})`,
          entry.reference.startsWith("ord_") ? (
            <a href={`/admin/orders/${entry.reference}`}>the order</a>
          ) : (
            "–"
          ),
        ])}
      />
      {moreHref && <Pager shown={`${journal.length} entries`} moreHref={moreHref} />}
    </section>
  );
};
