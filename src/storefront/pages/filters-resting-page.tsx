import { Empty, Page, useSpeech, type ShopChrome } from "#web";
import { listHref, withoutFilters, type ListAddress } from "./list-address.ts";

/** In place of a filtered list while nothing can be filtered: the truth, a way to try again and one on. */
export const FiltersRestingPage = ({
  address,
  chrome,
}: {
  readonly address: ListAddress;
  readonly chrome: ShopChrome;
}) => {
  const { say, parts } = useSpeech();
  return (
    <Page
      title={say("filter.resting")}
      isIndexed={false}
      script="base"
      kind="text"
      chrome={chrome}
      path={address.path}
    >
      <Empty
        level={1}
        title={say("filter.resting")}
        action={{ href: listHref(withoutFilters(address)), label: say("filter.unfiltered") }}
      >
        {parts("filter.resting_text", { again: <a href={listHref(address)}>{say("filter.again")}</a> })}
      </Empty>
    </Page>
  );
};
