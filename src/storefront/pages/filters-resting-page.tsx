import { Empty, Page, type ShopChrome } from "#web";
import { listHref, withoutFilters, type ListAddress } from "./list-address.ts";

/** In place of a filtered list while nothing can be filtered: the truth, a way to try again and one on. */
export const FiltersRestingPage = ({
  address,
  chrome,
}: {
  readonly address: ListAddress;
  readonly chrome: ShopChrome;
}) => (
  <Page
    title="Filters are getting ready"
    isIndexed={false}
    script="base"
    kind="text"
    chrome={chrome}
    path={address.path}
  >
    <Empty
      level={1}
      title="Filters are getting ready"
      action={{ href: listHref(withoutFilters(address)), label: "See everything, unfiltered" }}
    >
      The shop is counting its shelves anew; this takes a few seconds.{" "}
      <a href={listHref(address)}>Try again</a> with what you chose.
    </Empty>
  </Page>
);
