import type { Location, OpenStock } from "#inventory";
import { DataTable, formatInstant } from "#web";

type OpenModel = {
  readonly open: OpenStock;
  readonly locations: readonly Location[];
  readonly timeZone: string;
};

/** What is not settled of a SKU: holds of orders being paid, units on the way, units that suppliers have announced. */
export const OpenUnits = ({ open, locations, timeZone }: OpenModel) => {
  const nameOf = (code: string): string => locations.find((location) => location.code === code)?.name ?? code;
  return (
    <>
      {open.holds.length > 0 && (
        <section>
          <h2>Held for orders</h2>
          <DataTable
            caption="Open holds, the next deadline first"
            isCaptionHidden
            columns={[
              { label: "Order" },
              { label: "Units", isNumeric: true },
              { label: "From" },
              { label: "Not here yet", isNumeric: true },
              { label: "Asked again" },
            ]}
            rows={open.holds.map((hold) => [
              <a href={`/admin/orders/${hold.orderId}`}>
                {hold.part === 0 ? "The order" : `Edit ${hold.part} of the order`}
              </a>,
              hold.quantity,
              hold.allocations.map((part) => `${part.quantity} from ${nameOf(part.location)}`).join(", "),
              hold.backordered,
              formatInstant(hold.expiresAt, timeZone),
            ])}
          />
        </section>
      )}
      {open.transfers.length > 0 && (
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
              nameOf(from),
              nameOf(to),
              quantity - received - lost - returned,
            ])}
          />
        </section>
      )}
      {open.incoming.length > 0 && (
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
              nameOf(incoming.location),
              incoming.quantity,
              <bdi>{incoming.reference ?? incoming.announcementId}</bdi>,
            ])}
          />
        </section>
      )}
    </>
  );
};
