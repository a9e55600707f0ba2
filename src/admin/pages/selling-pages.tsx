import type { Bundle, Location, SellingPolicy, StockLevel } from "#inventory";
import { Choice, ErrorSummary, Field, Notice } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { nameOf } from "./stock-parts.tsx";
import { policyWords } from "./words.ts";

type Errors = readonly { readonly field: string; readonly message: string }[];

/** How a SKU sells, as its forms have it: text in every field. */
export type SellingForm = {
  readonly kind: string;
  readonly limit: string;
  readonly expectedAt: string;
  /** Units kept back by location code. */
  readonly safety: Readonly<Record<string, string>>;
  /** One line a component: its SKU, a space, the units. */
  readonly components: string;
};

export type SellingPageModel = {
  readonly level: StockLevel;
  readonly bundle: Bundle;
  readonly locations: readonly Location[];
  readonly form: SellingForm;
  /** What the page showed when it was opened, so that nobody overwrites what somebody else has set meanwhile. */
  readonly seen: { readonly policy: string; readonly components: string };
  readonly errors: Errors;
  readonly notice?: string | undefined;
};

const POLICIES = [
  { value: "deny", label: "Sell only what is there" },
  { value: "backorder", label: "Backorder", hint: "Goes on selling when the shelf is empty, up to a limit." },
  { value: "preorder", label: "Preorder", hint: "Sells before the units come, up to a limit." },
  { value: "untracked", label: "Not counted", hint: "Digital goods, and what is made to order." },
] as const satisfies readonly { value: SellingPolicy["kind"]; label: string; hint?: string }[];

const pathOf = (sku: string): string => `/admin/stock/${encodeURIComponent(sku)}`;
const errorOf = (errors: Errors, field: string): string | undefined =>
  errors.find((error) => error.field === field)?.message;

/** The components of a bundle on one line. */
export const componentWords = ({ components }: Bundle): string =>
  components.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(", ");

/** How one SKU sells: what happens beyond the shelf, what each location keeps back, and what it is made of. */
export const SellingPage = (model: SellingPageModel) => {
  const { level, errors, notice } = model;
  return (
    <AdminPage title={`${errors.length > 0 ? "Error: " : ""}How ${level.sku} sells`} section="/admin/stock">
      <ErrorSummary errors={errors} />
      <div class="desk-head">
        <h1>
          How <bdi>{level.sku}</bdi> sells
        </h1>
        <p>
          <a href={pathOf(level.sku)}>Back to its stock</a>
        </p>
      </div>
      {notice && (
        <Notice tone="good" role="status">
          <p>{notice}</p>
        </Notice>
      )}
      <div class="desk-stack">
        <PolicyForm {...model} />
        <SafetyForm {...model} />
        <BundleForm {...model} />
      </div>
    </AdminPage>
  );
};

const PolicyForm = ({ level, form, seen, errors }: SellingPageModel) => (
  <section>
    <h2>When the shelf is empty</h2>
    <form class="desk-form" method="post" action={`${pathOf(level.sku)}/selling`} novalidate>
      <p class="hint">Now: {policyWords(level.policy)}.</p>
      <input type="hidden" name="seen" value={seen.policy} />
      <Choice
        name="kind"
        legend="Selling policy"
        value={form.kind}
        options={POLICIES}
        error={errorOf(errors, "kind")}
      />
      <Field
        name="limit"
        label="Units that may be sold before they are there"
        hint="With a backorder or preorder."
        inputmode="numeric"
        width="short"
        value={form.limit}
        error={errorOf(errors, "limit")}
        maxLength={7}
      />
      <Field
        name="expectedAt"
        label="Day on which they are due"
        hint="A preorder needs it; a backorder may name none."
        type="date"
        width="medium"
        value={form.expectedAt}
        error={errorOf(errors, "expectedAt")}
      />
      <p>
        <button class="button" type="submit" name="do" value="policy">
          Set the policy
        </button>
      </p>
    </form>
  </section>
);

const SafetyForm = ({ level, locations, form, errors }: SellingPageModel) => (
  <section>
    <h2>Kept back from sale</h2>
    <form class="desk-form" method="post" action={`${pathOf(level.sku)}/selling`} novalidate>
      <p class="hint">These units stay on the shelf; shoppers cannot buy them.</p>
      {locations.map(({ code }) => (
        <Field
          name={`safety-${code}`}
          label={`Units at ${nameOf(locations, code)}`}
          inputmode="numeric"
          width="short"
          value={form.safety[code]}
          error={errorOf(errors, `safety-${code}`)}
          maxLength={7}
        />
      ))}
      <p>
        <button class="button" type="submit" name="do" value="safety">
          Keep them back
        </button>
      </p>
    </form>
  </section>
);

const BundleForm = ({ level, bundle, form, seen, errors }: SellingPageModel) => (
  <section>
    <h2>What it is made of</h2>
    <form class="desk-form" method="post" action={`${pathOf(level.sku)}/selling`} novalidate>
      <p class="hint">
        {bundle.components.length === 0
          ? "It has units of its own. Name components to sell it as a bundle."
          : `Now: ${componentWords(bundle)}. As many can be sold as the scarcest component allows; without lines it is no bundle any more.`}
      </p>
      <input type="hidden" name="seen" value={seen.components} />
      <Field
        name="components"
        label="Components of one unit"
        hint="One SKU a line, then the units, such as: KE-HERON-A3 2"
        rows={5}
        value={form.components}
        error={errorOf(errors, "components")}
        maxLength={2_000}
      />
      <p>
        <button class="button" type="submit" name="do" value="bundle">
          Save the components
        </button>
      </p>
    </form>
  </section>
);
