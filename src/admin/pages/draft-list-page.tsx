import type { StaffDraft } from "#checkout";
import { epochMs } from "#kernel";
import { DataTable, Empty, formatInstant, Pager } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";

/** Words for the states of a draft. */
export const DRAFT_STATUS_WORDS = {
  open: { word: "Open", tone: "plain" },
  placing: { word: "Being placed", tone: "wait" },
  placed: { word: "Ordered", tone: "good" },
  cancelled: { word: "Given up", tone: "quiet" },
} as const satisfies Record<
  StaffDraft["status"],
  { word: string; tone: "plain" | "wait" | "good" | "quiet" }
>;

export type DraftListModel = {
  readonly rows: readonly StaffDraft[];
  readonly timeZone: string;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
};

/** Orders that staff write, the last changed first. */
export const DraftListPage = ({ rows, timeZone, nextHref, firstHref }: DraftListModel) => (
  <AdminPage title="Draft orders" section="/admin/orders">
    <div class="desk-head">
      <h1>Draft orders</h1>
      <a class="button" href="/admin/drafts/new">
        Write an order
      </a>
    </div>
    {rows.length === 0 ? (
      <Empty title="No drafts" action={{ href: "/admin/drafts/new", label: "Write an order" }}>
        Orders that you take by phone or mail begin here.
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Draft orders"
          isCaptionHidden
          columns={[
            { label: "Draft" },
            { label: "State" },
            { label: "Buyer" },
            { label: "Items", isNumeric: true },
            { label: "Changed", isWhole: true },
          ]}
          rows={rows.map((row) => [
            <a href={`/admin/drafts/${row.draftId}`}>{row.draftId.slice(-8).toUpperCase()}</a>,
            <Word tone={DRAFT_STATUS_WORDS[row.status].tone}>{DRAFT_STATUS_WORDS[row.status].word}</Word>,
            <bdi>{row.document.email ?? "–"}</bdi>,
            row.document.lines.length,
            formatInstant(epochMs(row.updatedAt), timeZone),
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);
