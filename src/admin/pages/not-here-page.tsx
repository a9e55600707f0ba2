import { Empty } from "#web";
import { AdminPage } from "./admin-page.tsx";

/** Nothing is at this address of the back office. */
export const NotHerePage = ({ what, backHref }: { readonly what: string; readonly backHref: string }) => (
  <AdminPage title="Not here">
    <Empty title={`There is no such ${what}`} level={1} action={{ href: backHref, label: "To the list" }}>
      The address may be cut short, or what it named is gone.
    </Empty>
  </AdminPage>
);
