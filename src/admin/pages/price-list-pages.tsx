import type { Market, PriceList, StoredPriceList } from "#pricing";
import { DataTable, Empty, ErrorSummary, Notice, Pager } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { EditorField, type EditorForm } from "./editor-field.tsx";
import { AddEntry, Entries, type EntriesModel } from "./price-entries.tsx";
import { PriceViews } from "./price-views.tsx";
import {
  audienceOf,
  LIST_KIND_WORDS,
  LIST_STATUSES,
  listState,
  percentOf,
  periodOf,
  STATUS_WORDS,
} from "./price-words.ts";

const SECTION = "/admin/price-lists";

export type PriceListsModel = {
  readonly nextHref: string | undefined;
  readonly firstHref: string | undefined;
  readonly rows: readonly StoredPriceList[];
  readonly status: PriceList["status"] | undefined;
  readonly markets: readonly Market[];
  readonly timeZone: string;
  readonly nowMs: number;
};

/** All price lists, with how they stand and when they hold. */
export const PriceListsPage = (model: PriceListsModel) => (
  <AdminPage title="Price lists" section={SECTION}>
    <div class="desk-head">
      <h1>Price lists</h1>
      <a class="button" href={`${SECTION}/new`}>
        New price list
      </a>
    </div>
    <PriceViews here="/admin/price-lists" />
    <nav class="desk-views" aria-label="States">
      <a href={SECTION} aria-current={model.status === undefined ? "true" : undefined}>
        All
      </a>
      {LIST_STATUSES.map((status) => (
        <a href={`${SECTION}?status=${status}`} aria-current={status === model.status ? "true" : undefined}>
          {STATUS_WORDS[status]}
        </a>
      ))}
    </nav>
    {model.rows.length === 0 ? (
      <Empty title="No price lists here" action={{ href: `${SECTION}/new`, label: "Make one" }}>
        A price list gives other prices: for a time, a market, a group of customers or a channel.
      </Empty>
    ) : (
      <ListTable {...model} />
    )}
    <Pager
      shown={`${model.rows.length} on this page`}
      moreHref={model.nextHref}
      firstHref={model.firstHref}
    />
  </AdminPage>
);

const ListTable = ({ rows, markets, timeZone, nowMs }: PriceListsModel) => (
  <DataTable
    caption="Price lists"
    isCaptionHidden
    columns={[
      { label: "List" },
      { label: "State" },
      { label: "Holds" },
      { label: "For" },
      { label: "Priority", isNumeric: true },
      { label: "Off everything", isNumeric: true },
      { label: "Prices", isNumeric: true },
    ]}
    rows={rows.map(({ list, entryCount }) => {
      const state = listState(list, nowMs);
      return [
        <a href={`${SECTION}/${list.listId}`}>{list.title}</a>,
        <Word tone={state.tone}>{state.word}</Word>,
        periodOf(list, timeZone),
        audienceOf(list, markets),
        list.priority,
        list.percentOffPpm === undefined ? "–" : percentOf(list.percentOffPpm),
        entryCount,
      ];
    })}
  />
);

type TermsProps = { readonly form: EditorForm; readonly markets: readonly Market[] };

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** What a list says about itself, for a new one and for one that exists. */
const TermsFields = ({ form, markets }: TermsProps) => (
  <>
    <input type="hidden" name="version" value={form.values["version"] ?? "0"} />
    <EditorField form={form} name="title" label="Name" need="required" maxLength={120} />
    <EditorField form={form} name="status" label="State" options={options(STATUS_WORDS)} width="medium" />
    <EditorField form={form} name="kind" label="What its prices are" options={options(LIST_KIND_WORDS)} />
    <EditorField
      form={form}
      name="percentOff"
      label="Percent off everything"
      hint="Off what has no price of its own in the list. Empty: nothing."
      width="short"
    />
    <EditorField
      form={form}
      name="collection"
      label="Only off one collection"
      hint="Its handle, such as prints. Empty: everything."
      width="medium"
    />
    <EditorField
      form={form}
      name="startsAt"
      label="Begins"
      hint="Day and time in the shop, such as 2026-12-24 09:00. Empty: since ever."
      width="medium"
    />
    <EditorField
      form={form}
      name="endsAt"
      label="Ends"
      hint="From then on it does not hold. Empty: never."
      width="medium"
    />
    <EditorField form={form} name="priority" label="Priority" hint="The higher one wins." width="short" />
    <AudienceFields form={form} markets={markets} />
  </>
);

/** Whom a list speaks to. */
const AudienceFields = ({ form, markets }: TermsProps) => {
  const everyMarket = { value: "", label: "Every market" };
  const marketOptions = markets.map(({ marketId, name }) => ({ value: marketId, label: name }));
  return (
    <>
      <EditorField
        form={form}
        name="marketId"
        label="Market"
        options={[everyMarket, ...marketOptions]}
        width="medium"
      />
      <EditorField
        form={form}
        name="currency"
        label="Currency of its prices"
        hint="Such as EUR: it speaks only where this is the market's. Empty: every currency."
        width="short"
      />
      <EditorField
        form={form}
        name="customerGroup"
        label="Customer group"
        hint="Empty: everybody."
        width="medium"
      />
      <EditorField
        form={form}
        name="channel"
        label="Channel"
        hint="The web shop is web. Empty: every channel."
        width="medium"
      />
    </>
  );
};

/** A form for a new price list. */
export const NewPriceListPage = ({ form, markets }: TermsProps) => {
  const title = "New price list";
  const { mistakes = [] } = form;
  return (
    <AdminPage title={mistakes.length > 0 ? `Error: ${title}` : title} section={SECTION}>
      <ErrorSummary errors={mistakes} />
      <div class="desk-head">
        <h1>{title}</h1>
      </div>
      <form class="desk-form" method="post" novalidate>
        <EditorField
          form={form}
          name="listId"
          label="Key"
          need="required"
          hint="Small letters, digits and dashes, such as autumn-sale. It stays."
          width="medium"
        />
        <TermsFields form={form} markets={markets} />
        <p>
          <button class="button" type="submit">
            Create it
          </button>
        </p>
      </form>
    </AdminPage>
  );
};

export type PriceListModel = TermsProps &
  EntriesModel & { readonly notice: string | undefined; readonly nowMs: number };

/** One price list: its prices, and what it says about itself. */
export const PriceListPage = (model: PriceListModel) => {
  const { list } = model.stored;
  const mistakes = [...(model.form.mistakes ?? []), ...(model.entryForm.mistakes ?? [])];
  const state = listState(list, model.nowMs);
  return (
    <AdminPage title={mistakes.length > 0 ? `Error: ${list.title}` : list.title} section={SECTION}>
      <ErrorSummary errors={mistakes} />
      <div class="desk-head">
        <h1>{list.title}</h1>
        <Word tone={state.tone}>{state.word}</Word>
      </div>
      {model.notice && (
        <Notice tone="good" role="status">
          <p>{model.notice}</p>
        </Notice>
      )}
      <ul class="desk-views">
        <li>
          <a href="#put">Add or replace a price</a>
        </li>
        <li>
          <a href="#terms">Change its terms</a>
        </li>
      </ul>
      <div class="desk-columns">
        <div class="desk-stack">
          <h2>Prices</h2>
          <Entries {...model} />
          <AddEntry {...model} />
        </div>
        <aside aria-label="Change the list">
          <h2 id="terms">Terms</h2>
          <form class="desk-form" method="post" novalidate>
            <TermsFields form={model.form} markets={model.markets} />
            <p>
              <button class="button" type="submit" name="do" value="save">
                Save
              </button>
            </p>
          </form>
        </aside>
      </div>
    </AdminPage>
  );
};
