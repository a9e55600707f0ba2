import type { Hold, JournalEntry, Location, OpenStock } from "#inventory";
import { DataTable, formatInstant, Pager } from "#web";
import { MOVEMENT_WORDS } from "./words.ts";

type Places = readonly Location[];

/** A location as staff call it; its code when nobody has named it. */
export const nameOf = (locations: Places, code: string): string =>
  locations.find((location) => location.code === code)?.name ?? code;

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));

/** One page of the open holds. */
export type HeldModel = {
  readonly holds: readonly Hold[];
  readonly moreHref: string | undefined;
  readonly firstHref: string | undefined;
};

type OpenModel = {
  readonly sku: string;
  readonly held: HeldModel;
  readonly open: OpenStock;
  readonly locations: Places;
  readonly timeZone: string;
};

/** What is not settled of a SKU: holds of orders being paid, units on the way, units that suppliers have announced. */
export const OpenUnits = (model: OpenModel) => (
  <>
    {(model.held.holds.length > 0 || model.held.firstHref) && <OpenHolds {...model} />}
    {model.open.transfers.length > 0 && <OnTheWay {...model} />}
    {model.open.incoming.length > 0 && <Announced {...model} />}
  </>
);

const OpenHolds = ({ held: { holds, moreHref, firstHref }, locations, timeZone }: OpenModel) => (
  <section>
    <h2 id="held">Held for orders</h2>
    <DataTable
      caption="Open holds, the next deadline first"
      isCaptionHidden
      columns={[
        { label: "Order", isWhole: true },
        { label: "Units", isNumeric: true },
        { label: "From" },
        { label: "Not here yet", isNumeric: true },
        { label: "Asked again", isWhole: true },
      ]}
      rows={holds.map((hold) => [
        <a href={`/admin/orders/${hold.orderId}`}>
          {hold.part === 0 ? "The order" : `Edit ${hold.part} of the order`}
        </a>,
        hold.quantity,
        hold.allocations
          .map((part) => `${part.quantity} from ${nameOf(locations, part.location)}`)
          .join(", "),
        hold.backordered,
        formatInstant(hold.expiresAt, timeZone),
      ])}
    />
    {(moreHref ?? firstHref) && (
      <Pager
        shown={holds.length === 1 ? "1 hold" : `${holds.length} holds`}
        moreHref={moreHref}
        firstHref={firstHref}
      />
    )}
  </section>
);

const OnTheWay = ({ open, locations }: OpenModel) => (
  <section>
    <h2>On the way</h2>
    <DataTable
      caption="Units between locations"
      isCaptionHidden
      columns={[
        { label: "Transfer" },
        { label: "From" },
        { label: "To" },
        { label: "Units", isNumeric: true },
      ]}
      rows={open.transfers.map(({ transferId, from, to, quantity, received, lost, returned }) => [
        <a href={`/admin/transfers/${encodeURIComponent(transferId)}`}>The transfer</a>,
        nameOf(locations, from),
        nameOf(locations, to),
        quantity - received - lost - returned,
      ])}
    />
  </section>
);

const announcedHref = (sku: string, id: string): string =>
  `/admin/stock/${encodeURIComponent(sku)}/announced?id=${encodeURIComponent(id)}`;

const Announced = ({ sku, open, locations }: OpenModel) => (
  <section>
    <h2>Announced</h2>
    <DataTable
      caption="Units that suppliers have announced"
      isCaptionHidden
      columns={[
        { label: "Day" },
        { label: "Where" },
        { label: "Units", isNumeric: true },
        { label: "Reference" },
      ]}
      rows={open.incoming.map((incoming) => [
        incoming.expectedAt,
        nameOf(locations, incoming.location),
        incoming.quantity,
        <a href={announcedHref(sku, incoming.announcementId)}>
          <bdi>{incoming.reference ?? "Change it"}</bdi>
        </a>,
      ])}
    />
  </section>
);

type JournalModel = {
  readonly journal: readonly JournalEntry[];
  readonly locations: Places;
  readonly moreHref?: string | undefined;
  readonly timeZone: string;
};

const COUNT_WORDS = {
  damaged: "damaged",
  safety: "kept back",
  incoming: "announced",
  inTransit: "on the way",
} as const;

/** What an entry did beside the shelf and the holds. */
function othersOf({ others = {} }: JournalEntry): string {
  return (["damaged", "safety", "incoming", "inTransit"] as const)
    .flatMap((count) => {
      const counted = others[count];
      return counted ? [`${COUNT_WORDS[count]} ${signed(counted.change)} → ${counted.after}`] : [];
    })
    .join(", ");
}

/** Every movement of a page, newest first. */
export const Journal = ({ journal, locations, moreHref, timeZone }: JournalModel) => (
  <section>
    <h2>Journal</h2>
    {journal.length === 0 ? (
      <p class="hint">Nothing has moved yet.</p>
    ) : (
      <DataTable
        caption="Movements, newest first"
        isCaptionHidden
        columns={[
          { label: "No.", isNumeric: true },
          { label: "When", isWhole: true },
          { label: "What" },
          { label: "Where" },
          { label: "On hand", isNumeric: true },
          { label: "Held", isNumeric: true },
          { label: "Why" },
          { label: "Reference" },
        ]}
        rows={journal.map((entry) => [
          entry.sequence,
          formatInstant(entry.occurredAt, timeZone),
          [MOVEMENT_WORDS[entry.kind], othersOf(entry)].filter((text) => text !== "").join(": "),
          nameOf(locations, entry.location),
          `${entry.onHandChange === 0 ? "" : `${signed(entry.onHandChange)} → `}${entry.onHandAfter}`,
          `${entry.heldChange === 0 ? "" : `${signed(entry.heldChange)} → `}${entry.heldAfter}`,
          `${entry.reason} (${entry.actor})`,
          <Reference of={entry.reference} />,
        ])}
      />
    )}
    {moreHref && <Pager shown={`${journal.length} movements`} moreHref={moreHref} />}
  </section>
);

const Reference = ({ of }: { readonly of: string }) => {
  if (of.startsWith("ord_")) return <a href={`/admin/orders/${of}`}>the order</a>;
  if (of.startsWith("trf_")) return <a href={`/admin/transfers/${of}`}>the transfer</a>;
  return <bdi>{of}</bdi>;
};
