import { MAX_NOTE_CHARACTERS, type Customer, type TaxStatus } from "#customers";
import { epochMs } from "#kernel";
import { DataTable, Empty, Field, formatInstant, Notice, Pager } from "#web";
import { AdminPage } from "./admin-page.tsx";
import type { Difference } from "./difference-table.tsx";
import { EditorField, type EditorForm } from "./editor-field.tsx";
import { EditorPage } from "./editor-page.tsx";

const SECTION = "/admin/customers";

const TAX_WORDS: Readonly<Record<TaxStatus, string>> = {
  taxed: "As everybody",
  business: "Business with a VAT id",
  exempt: "Exempt",
};

export type CustomerListModel = {
  readonly rows: readonly Customer[];
  readonly search: string | undefined;
  readonly timeZone: string;
  readonly nextHref: string | undefined;
  readonly firstHref: string | undefined;
};

/** Customers about whom something is noted. */
export const CustomerListPage = ({ rows, search, timeZone, nextHref, firstHref }: CustomerListModel) => (
  <AdminPage title="Customers" section={SECTION}>
    <div class="desk-head">
      <h1>Customers</h1>
      <a class="button" href={`${SECTION}/new`}>
        Note a customer
      </a>
    </div>
    <form class="desk-filters" method="get" action={SECTION} role="search">
      <Field
        name="q"
        label="Address begins with"
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
      <Empty title="Nobody here" action={{ href: `${SECTION}/new`, label: "Note a customer" }}>
        {search === undefined
          ? "Whoever buys needs no entry here. Note those who get a group's prices or pay no tax."
          : "No address begins so."}
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Customers"
          isCaptionHidden
          columns={[
            { label: "Address" },
            { label: "Group" },
            { label: "Tax" },
            { label: "Note" },
            { label: "Changed", isWhole: true },
          ]}
          rows={rows.map((row) => [
            <a href={`${SECTION}/${row.customerId}`}>
              <bdi>{row.email}</bdi>
            </a>,
            row.customerGroup ?? "–",
            [TAX_WORDS[row.taxStatus], row.taxId].filter(Boolean).join(", "),
            <bdi>{row.note || "–"}</bdi>,
            formatInstant(epochMs(row.updatedAtMs), timeZone),
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

export type CustomerModel = {
  /** Absent for a new one. */
  readonly email?: string | undefined;
  readonly form: EditorForm;
  readonly differences?: readonly Difference[] | undefined;
  readonly isSaved: boolean;
  /** The personal link, when somebody asked to see it. */
  readonly link?: string | undefined;
};

/** One customer: their group, their tax, their personal link. */
export const CustomerPage = ({ email, form, link, ...shown }: CustomerModel) => (
  <EditorPage
    title={email ?? "New customer"}
    section={SECTION}
    form={form}
    savedNote="Their carts follow at once."
    saveLabel={email === undefined ? "Note this customer" : "Save"}
    above={link !== undefined && <PersonalLink link={link} />}
    actions={email !== undefined && <LinkButtons />}
    {...shown}
  >
    <section class="editor-part" aria-labelledby="part-who">
      <h2 id="part-who">Who</h2>
      <EditorField form={form} name="email" label="E-mail" type="email" need="required" maxLength={254} />
      <EditorField
        form={form}
        name="customerGroup"
        label="Group"
        need="optional"
        hint="As price lists name it, such as trade. Empty: everybody's prices."
        width="medium"
        maxLength={40}
      />
    </section>
    <TaxPart form={form} />
    <EditorField
      form={form}
      name="note"
      label="Note for colleagues"
      need="optional"
      rows={2}
      maxLength={MAX_NOTE_CHARACTERS}
    />
  </EditorPage>
);

const PersonalLink = ({ link }: { readonly link: string }) => (
  <Notice tone="note" role="status">
    <p>Send this link to the customer and to nobody else. Whoever follows it gets their prices and tax:</p>
    <p class="desk-secret">
      <bdi>{link}</bdi>
    </p>
  </Notice>
);

const LinkButtons = () => (
  <>
    <button class="button button-quiet" type="submit" name="do" value="link">
      Show the personal link
    </button>
    <button class="button button-quiet" type="submit" name="do" value="renew">
      Make a new link; the old one ends
    </button>
  </>
);

const TaxPart = ({ form }: { readonly form: EditorForm }) => (
  <section class="editor-part" aria-labelledby="part-tax">
    <h2 id="part-tax">Tax</h2>
    <EditorField
      form={form}
      name="taxStatus"
      label="Pays tax"
      options={Object.entries(TAX_WORDS).map(([value, label]) => ({ value, label }))}
    />
    <EditorField
      form={form}
      name="taxId"
      label="VAT id, or number of the certificate"
      need="optional"
      hint="Check it where its country says whether it is in force. A business pays no tax on goods that go into another country of the EU; prices are then without tax."
      width="medium"
      maxLength={40}
    />
  </section>
);
