import type { Location } from "#inventory";
import { ErrorSummary, Field } from "#web";
import { AdminPage } from "./admin-page.tsx";

/** An announcement as its form has it. */
export type AnnounceForm = {
  /** Of the announcement; the page makes it, so that a form that is sent twice announces once. */
  readonly announcementId: string;
  readonly location: string;
  readonly quantity: string;
  readonly expectedAt: string;
  readonly reference: string;
};

export type AnnouncePageModel = {
  readonly sku: string;
  readonly locations: readonly Location[];
  readonly form: AnnounceForm;
  readonly isNew: boolean;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
};

/** The form of units that a supplier has announced: new, or to change or withdraw one that is open. */
export const AnnouncePage = ({ sku, locations, form, isNew, errors }: AnnouncePageModel) => {
  const title = isNew ? "Announce units" : "Announced units";
  const path = `/admin/stock/${encodeURIComponent(sku)}`;
  return (
    <AdminPage title={`${errors.length > 0 ? "Error: " : ""}${title} of ${sku}`} section="/admin/stock">
      <ErrorSummary errors={errors} />
      <div class="desk-head">
        <h1>
          {title} of <bdi>{sku}</bdi>
        </h1>
        <p>
          <a href={path}>Back to its stock</a>
        </p>
      </div>
      <AnnouncementForm sku={sku} locations={locations} form={form} isNew={isNew} errors={errors} />
    </AdminPage>
  );
};

const AnnouncementForm = ({ sku, locations, form, isNew, errors }: AnnouncePageModel) => {
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.message;
  return (
    <form
      class="desk-form"
      method="post"
      action={`/admin/stock/${encodeURIComponent(sku)}/announced`}
      novalidate
    >
      <p class="hint">
        Announced units are shown to staff and sold to nobody. Record them as received when they have come.
      </p>
      <input type="hidden" name="announcementId" value={form.announcementId} />
      {!isNew && <input type="hidden" name="isKnown" value="yes" />}
      <Field
        name="location"
        label="Where they will come"
        value={form.location}
        options={locations.map(({ code, name }) => ({ value: code, label: name }))}
        error={errorOf("location")}
      />
      <Field
        name="quantity"
        label={isNew ? "Units" : "Units still to come"}
        inputmode="numeric"
        width="short"
        value={form.quantity}
        error={errorOf("quantity")}
        need="required"
        maxLength={7}
      />
      <Field
        name="expectedAt"
        label="Day"
        type="date"
        width="medium"
        value={form.expectedAt}
        error={errorOf("expectedAt")}
        need="required"
      />
      <Field
        name="reference"
        label="Reference"
        hint="Such as the number of the purchase order."
        value={form.reference}
        need="optional"
        maxLength={200}
      />
      <Buttons isNew={isNew} />
    </form>
  );
};

const Buttons = ({ isNew }: Pick<AnnouncePageModel, "isNew">) => (
  <p class="field-row">
    <button class="button" type="submit" name="do" value="announce">
      {isNew ? "Announce them" : "Save"}
    </button>
    {!isNew && (
      <button class="button button-quiet" type="submit" name="do" value="withdraw">
        Withdraw what has not come
      </button>
    )}
  </p>
);
