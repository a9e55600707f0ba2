import type { VoucherJournalEntry, VoucherView } from "#vouchers";
import { Choice, ErrorSummary, Field, Notice } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { VoucherJournal } from "./voucher-pages.tsx";
import { KIND_WORDS, nameOf, stateOf, usesOf, worthOf } from "./voucher-words.ts";

const SECTION = "/admin/vouchers";

type Mistakes = readonly { readonly field: string; readonly message: string }[];
type Values = Readonly<Record<string, string>>;

export type VoucherFormProps = {
  readonly values: Values;
  readonly errors: Mistakes;
  /** ISO 4217 of the amounts. */
  readonly currency: string;
};

type Input = VoucherFormProps & {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly width?: "short" | "medium" | "full";
  readonly type?: "text" | "date" | "email";
  readonly isReadOnly?: boolean;
};

const Text = ({ values, errors, name, currency: _, ...field }: Input) => (
  <Field
    {...field}
    name={name}
    value={values[name]}
    error={errors.find((error) => error.field === name)?.message}
    maxLength={400}
  />
);

const BENEFITS = [
  { value: "percent", label: "A percentage off" },
  { value: "fixed", label: "An amount off" },
  { value: "free_delivery", label: "Free delivery" },
] as const;

const Switch = ({ values, name, label }: Input) => (
  <Choice
    name={name}
    legend={label}
    isLegendHidden
    type="checkbox"
    value={values[name]}
    options={[{ value: "yes", label }]}
  />
);

/** The fields of a coupon, for a new one and for one that exists. */
const CouponFields = (props: VoucherFormProps & { readonly isNew: boolean }) => {
  const { values, errors, currency, isNew } = props;
  return (
    <>
      <Text
        {...props}
        name="code"
        label="Code"
        hint="3 to 32 letters, digits and hyphens."
        width="medium"
        isReadOnly={!isNew}
      />
      <Text {...props} name="note" label="Note for staff" />
      <Choice
        name="benefit"
        legend="What it gives"
        value={values["benefit"]}
        options={BENEFITS}
        error={errors.find((error) => error.field === "benefit")?.message}
      />
      <Text {...props} name="percent" label="Percent" hint="With a percentage off." width="short" />
      <Text
        {...props}
        name="amount"
        label={`Amount in ${currency}`}
        hint="With an amount off."
        width="short"
      />
      <Text {...props} name="minimum" label={`Goods for at least, in ${currency}`} width="short" />
      <Text {...props} name="maxUses" label="Uses, all in all" hint="Empty: no limit." width="short" />
      <Text {...props} name="maxUsesPerCustomer" label="Uses per customer" width="short" />
      <Text {...props} name="firstDay" label="First day" type="date" hint="From 0:00 UTC." width="medium" />
      <Text {...props} name="lastDay" label="Last day" type="date" hint="Until 24:00 UTC." width="medium" />
      <Text {...props} name="currencies" label="Currencies" hint="Such as EUR. Empty: all." width="medium" />
      <Text {...props} name="countries" label="Countries" hint="Such as DE, AT. Empty: all." />
      <Text
        {...props}
        name="products"
        label="Products"
        hint="Handles, divided by commas. Empty: all goods."
      />
      <Text {...props} name="collections" label="Collections" hint="Handles, divided by commas." />
      <Switch {...props} name="isCombinable" label="May be used with other coupons" />
      <Switch {...props} name="isDisabled" label="Disabled: no new order may use it" />
      <input type="hidden" name="version" value={values["version"]} />
    </>
  );
};

/** The fields of a card or credit that is being issued. */
const AccountFields = (props: VoucherFormProps & { readonly isCredit: boolean }) => (
  <>
    {props.isCredit && <Text {...props} name="email" label="E-mail of the customer" type="email" />}
    <Text {...props} name="amount" label={`Amount in ${props.currency}`} width="short" />
    <Text {...props} name="note" label="Note for staff" />
    <Text
      {...props}
      name="lastDay"
      label="Last day"
      type="date"
      hint="Until 24:00 UTC. Empty: no end."
      width="medium"
    />
    <input type="hidden" name="issueKey" value={props.values["issueKey"]} />
  </>
);

/** A form for a new voucher. */
export const NewVoucherPage = (
  props: VoucherFormProps & { readonly kind: "coupon" | "gift_card" | "store_credit" },
) => {
  const title =
    props.kind === "coupon"
      ? "New coupon"
      : `Issue ${props.kind === "gift_card" ? "a gift card" : "store credit"}`;
  return (
    <AdminPage title={props.errors.length > 0 ? `Error: ${title}` : title} section={SECTION}>
      <ErrorSummary errors={props.errors} />
      <div class="desk-head">
        <h1>{title}</h1>
      </div>
      <form class="desk-form" method="post" action={`${SECTION}/new?kind=${props.kind}`} novalidate>
        {props.kind === "coupon" ? (
          <CouponFields {...props} isNew={true} />
        ) : (
          <AccountFields {...props} isCredit={props.kind === "store_credit"} />
        )}
        <p>
          <button class="button" type="submit">
            {props.kind === "coupon" ? "Create it" : "Issue it"}
          </button>
        </p>
      </form>
    </AdminPage>
  );
};

export type VoucherPageModel = VoucherFormProps & {
  readonly view: VoucherView;
  readonly journal: readonly VoucherJournalEntry[];
  readonly moreHref?: string | undefined;
  readonly notice?: string | undefined;
  readonly timeZone: string;
  readonly nowMs: number;
};

/** One voucher from its own object: how it stands, what may be changed, and every use. */
export const VoucherPage = (props: VoucherPageModel) => {
  const { view, errors, notice, nowMs } = props;
  const title = `${KIND_WORDS[view.terms.kind].one} ${nameOf(view)}`;
  const state = stateOf(view, nowMs);
  return (
    <AdminPage title={errors.length > 0 ? `Error: ${title}` : title} section={SECTION}>
      <ErrorSummary errors={errors} />
      <div class="desk-head">
        <h1>
          {KIND_WORDS[view.terms.kind].one} <bdi>{nameOf(view)}</bdi>
        </h1>
        <Word tone={state.tone}>{state.word}</Word>
      </div>
      {notice && (
        <Notice tone="good" role="status">
          <p>{notice}</p>
        </Notice>
      )}
      <div class="desk-columns">
        <div class="desk-stack">
          <p>
            {view.terms.kind === "coupon" ? "Gives" : "Left"}: <strong>{worthOf(view)}</strong>. Used:{" "}
            {usesOf(view)}.{view.terms.note !== "" && <span class="hint"> {view.terms.note}</span>}
          </p>
          <VoucherJournal {...props} />
        </div>
        <aside aria-label="Change it">
          {view.terms.kind === "coupon" ? <EditCoupon {...props} /> : <AccountForms {...props} />}
        </aside>
      </div>
    </AdminPage>
  );
};

const EditCoupon = (props: VoucherPageModel) => (
  <>
    <h2>Terms</h2>
    <form class="desk-form" method="post" action={pathOf(props)} novalidate>
      <CouponFields {...props} isNew={false} />
      <p>
        <button class="button" type="submit" name="do" value="save">
          Save
        </button>
      </p>
    </form>
  </>
);

const AccountForms = (props: VoucherPageModel) => (
  <>
    <h2>Put money on or take it off</h2>
    <form class="desk-form" method="post" action={pathOf(props)} novalidate>
      <input type="hidden" name="adjustmentId" value={props.values["adjustmentId"]} />
      <Text
        {...props}
        name="amount"
        label={`Amount in ${props.currency}`}
        hint="With a minus to take it off."
        width="short"
      />
      <Text {...props} name="reason" label="Reason" />
      <p>
        <button class="button" type="submit" name="do" value="adjust">
          Record it
        </button>
      </p>
    </form>
    <h2>{props.view.terms.isDisabled ? "Switched off" : "Switch it off"}</h2>
    <form class="desk-form" method="post" action={pathOf(props)}>
      <p class="hint">No new order may use it while it is off; what orders hold stays theirs.</p>
      <p>
        <button
          class="button button-quiet"
          type="submit"
          name="do"
          value={props.view.terms.isDisabled ? "enable" : "disable"}
        >
          {props.view.terms.isDisabled ? "Switch it on" : "Switch it off"}
        </button>
      </p>
    </form>
  </>
);

const pathOf = ({ view }: VoucherPageModel): string => `${SECTION}/${encodeURIComponent(view.voucherId)}`;
