import type { Location } from "#inventory";
import { CheckBox, DataTable, ErrorSummary, Field, Notice } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";

export type LocationForm = {
  readonly code: string;
  readonly name: string;
  readonly address: string;
  readonly priority: string;
  readonly isActive: boolean;
  readonly shipsOrders: boolean;
  /** Of the location that is edited; empty for a new one. */
  readonly version: string;
};

export type LocationPageModel = {
  readonly locations: readonly Location[];
  readonly form: LocationForm;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly notice?: string | undefined;
};

/** All locations and the form of one. A location is never deleted, because journals name it. */
export const LocationsPage = ({ locations, form, errors, notice }: LocationPageModel) => (
  <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Locations`} section="/admin/stock">
    <ErrorSummary errors={errors} />
    <div class="desk-head">
      <h1>Locations</h1>
      {form.version !== "" && (
        <p>
          <a href="/admin/locations">New location</a>
        </p>
      )}
    </div>
    {notice && (
      <Notice tone="good" role="status">
        <p>{notice}</p>
      </Notice>
    )}
    <div class="desk-columns">
      <div class="desk-stack">
        <DataTable
          caption="Locations by priority"
          isCaptionHidden
          columns={[
            { label: "Name" },
            { label: "Code" },
            { label: "Priority", isNumeric: true },
            { label: "Orders" },
            { label: "Address" },
          ]}
          rows={locations.map((location) => [
            <a href={`/admin/locations?code=${location.code}`}>{location.name}</a>,
            <bdi>{location.code}</bdi>,
            location.priority,
            <Serves location={location} />,
            location.address,
          ])}
        />
        <p class="hint">
          An order is served from the first location that has all of it; if none has, from several in this
          order.
        </p>
      </div>
      <aside aria-label={form.version === "" ? "New location" : "Edit the location"}>
        <h2>{form.version === "" ? "New location" : `Edit ${form.name}`}</h2>
        <Form form={form} errors={errors} />
      </aside>
    </div>
  </AdminPage>
);

const Serves = ({ location }: { readonly location: Location }) => {
  if (!location.isActive) return <Word tone="quiet">Closed</Word>;
  return location.shipsOrders ? (
    <Word tone="good">Served from here</Word>
  ) : (
    <Word tone="plain">Not from here</Word>
  );
};

const Form = ({ form, errors }: Pick<LocationPageModel, "form" | "errors">) => {
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.message;
  return (
    <form class="desk-form" method="post" action="/admin/locations" novalidate>
      <input type="hidden" name="version" value={form.version} />
      <Field
        name="code"
        label="Code"
        hint="Small letters, digits and hyphens; it never changes."
        value={form.code}
        error={errorOf("code")}
        need="required"
        width="medium"
        maxLength={32}
        autocapitalize="none"
        isReadOnly={form.version !== ""}
      />
      <Field
        name="name"
        label="Name"
        value={form.name}
        error={errorOf("name")}
        need="required"
        maxLength={80}
      />
      <Field
        name="address"
        label="Address"
        rows={4}
        value={form.address}
        error={errorOf("address")}
        need="optional"
        maxLength={400}
      />
      <Field
        name="priority"
        label="Priority"
        hint="Orders are served from the smallest first."
        inputmode="numeric"
        width="short"
        value={form.priority}
        error={errorOf("priority")}
        maxLength={4}
      />
      <CheckBox
        name="shipsOrders"
        label="The shop's orders are served from here"
        isChecked={form.shipsOrders}
      />
      <CheckBox name="isActive" label="Open" isChecked={form.isActive} />
      <p>
        <button class="button" type="submit">
          Save
        </button>
      </p>
    </form>
  );
};
