import type { OrderSummary } from "#orders";
import { Empty } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { OrderTable } from "./order-list-page.tsx";

export type OverviewModel = {
  readonly orders: readonly OrderSummary[];
  /** What waits for a person; each tile leads to the list behind its number. `isMore` when the list goes on. */
  readonly attention: readonly {
    readonly label: string;
    readonly count: number;
    readonly isMore: boolean;
    readonly href: string;
  }[];
  readonly timeZone: string;
};

/** What needs a person first, then the newest orders. */
export const OverviewPage = ({ orders, attention, timeZone }: OverviewModel) => (
  <AdminPage title="Overview" section="/admin">
    <div class="desk-head">
      <h1>Overview</h1>
    </div>
    <div class="desk-stack">
      <section>
        <h2>Needs attention</h2>
        <div class="desk-tiles">
          {attention.map((tile) => (
            <a class="desk-tile" href={tile.href}>
              <b>
                {tile.count}
                {tile.isMore && "+"}
              </b>
              {tile.label}
            </a>
          ))}
        </div>
      </section>
      <section>
        <h2>Newest orders</h2>
        {orders.length === 0 ? (
          <Empty title="No orders yet" action={{ href: "/", label: "Buy something" }}>
            The first order appears here within a second of being placed.
          </Empty>
        ) : (
          <OrderTable rows={orders} timeZone={timeZone} caption="Newest orders" />
        )}
      </section>
    </div>
  </AdminPage>
);
