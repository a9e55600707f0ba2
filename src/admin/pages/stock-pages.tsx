import type { Bundle, JournalEntry, Location, OpenStock, StockLevel } from "#inventory";
import { DataTable, ErrorSummary, Field, Notice } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { componentWords } from "./selling-pages.tsx";
import { Journal, nameOf, OpenUnits, type HeldModel } from "./stock-parts.tsx";
import { policyWords } from "./words.ts";

export type AdjustForm = {
  readonly kind: string;
  readonly location: string;
  readonly quantity: string;
  readonly reason: string;
  /** Of the form that was sent; a reload cannot count twice. */
  readonly adjustmentId: string;
  /** The announcement that received units fulfil; empty for none. */
  readonly announcementId: string;
  /** Of the level that the page showed: a count is refused when units have moved since. */
  readonly version: string;
};

export type StockPageModel = {
  readonly level: StockLevel;
  readonly bundle: Bundle;
  readonly locations: readonly Location[];
  readonly open: OpenStock;
  readonly held: HeldModel;
  readonly journal: readonly JournalEntry[];
  readonly moreHref?: string | undefined;
  readonly form: AdjustForm;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly notice?: string | undefined;
  readonly timeZone: string;
};

const KINDS = [
  { value: "received", label: "Received: units came in" },
  { value: "counted", label: "Counted: this many are on the shelf" },
  { value: "adjusted", label: "Adjusted: more or fewer, signed" },
  { value: "returned", label: "Returned: came back in good shape" },
  { value: "damaged", label: "Damaged: from the shelf to the damaged ones" },
  { value: "repaired", label: "Repaired: damaged ones can be sold again" },
  { value: "scrapped", label: "Scrapped: damaged ones are gone" },
] as const;

/** One SKU from its own object: where its units are, what is open, a form to change them, and every movement. */
export const StockPage = (model: StockPageModel) => {
  const { level, bundle, locations, open, held, errors, notice, timeZone } = model;
  const path = `/admin/stock/${encodeURIComponent(level.sku)}`;
  return (
    <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Stock of ${level.sku}`} section="/admin/stock">
      <ErrorSummary errors={errors} />
      <div class="desk-head">
        <h1>
          Stock of <bdi>{level.sku}</bdi>
        </h1>
        <p>
          <a href={`${path}/selling`}>How it sells</a> · <a href={`${path}/announced`}>Announce units</a> ·{" "}
          <a href={`/admin/transfers/new?sku=${encodeURIComponent(level.sku)}`}>Send to another location</a>
        </p>
      </div>
      {notice && (
        <Notice tone="good" role="status">
          <p>{notice}</p>
        </Notice>
      )}
      <div class="desk-stack">
        <section>
          <h2>Where the units are</h2>
          <Places level={level} locations={locations} />
          <p class="hint">{policyWords(level.policy)}.</p>
          {level.shards !== undefined && level.shards > 0 && (
            <p class="hint">
              Many ask for it: {level.shards} helpers sell a share of the units each until it is quiet again.
              These are the numbers of all of them, at most a few seconds old.
            </p>
          )}
          {bundle.components.length > 0 && (
            <p>
              It is a bundle of {componentWords(bundle)}. What can be sold of it follows its scarcest
              component, not these units.
            </p>
          )}
        </section>
        <section>
          <h2>Change the stock</h2>
          <AdjustmentForm {...model} />
        </section>
        <OpenUnits sku={level.sku} open={open} held={held} locations={locations} timeZone={timeZone} />
        <Journal {...model} />
      </div>
    </AdminPage>
  );
};

const Places = ({ level, locations }: Pick<StockPageModel, "level" | "locations">) => (
  <DataTable
    caption="Units by location"
    isCaptionHidden
    columns={[
      { label: "Location" },
      { label: "On hand", isNumeric: true },
      { label: "Held", isNumeric: true },
      { label: "Kept back", isNumeric: true },
      { label: "Available", isNumeric: true },
      { label: "Damaged", isNumeric: true },
      { label: "On the way", isNumeric: true },
      { label: "Announced", isNumeric: true },
    ]}
    rows={[
      ...level.locations.map((at) => [
        <>
          {nameOf(locations, at.location)}
          {!at.servesOrders && " (no orders)"}
        </>,
        ...countsOf(at),
      ]),
      ...(level.locations.length === 1 ? [] : [["All locations", ...countsOf(level)]]),
    ]}
  />
);

const countsOf = (units: Omit<StockLevel["locations"][number], "location" | "servesOrders">) => [
  units.onHand,
  units.held,
  units.safety,
  units.available,
  units.damaged,
  units.inTransit,
  units.incoming,
];

const announcementsOf = ({ open, locations }: Pick<StockPageModel, "open" | "locations">) => [
  { value: "", label: "None" },
  ...open.incoming.map(({ announcementId, expectedAt, quantity, location, reference }) => ({
    value: announcementId,
    label: `${expectedAt}: ${quantity} for ${nameOf(locations, location)}${reference ? `, ${reference}` : ""}`,
  })),
];

const AdjustmentForm = ({ level, open, locations, form, errors }: StockPageModel) => {
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.message;
  return (
    <form class="desk-form" method="post" action={`/admin/stock/${encodeURIComponent(level.sku)}`} novalidate>
      <input type="hidden" name="adjustmentId" value={form.adjustmentId} />
      <input type="hidden" name="version" value={form.version} />
      <div class="field-row">
        <Field name="kind" label="What happened" value={form.kind} error={errorOf("kind")} options={KINDS} />
        {locations.length > 1 && (
          <Field
            name="location"
            label="Where"
            value={form.location}
            error={errorOf("location")}
            options={locations.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
        <Field
          name="quantity"
          label="Units"
          inputmode="text"
          width="short"
          value={form.quantity}
          error={errorOf("quantity")}
          need="required"
          maxLength={9}
        />
      </div>
      {open.incoming.length > 0 && (
        <Field
          name="announcementId"
          label="Announcement that they fulfil"
          hint="With received units."
          value={form.announcementId}
          options={announcementsOf({ open, locations })}
        />
      )}
      <Field
        name="reason"
        label="Reason"
        value={form.reason}
        error={errorOf("reason")}
        need="required"
        maxLength={200}
      />
      <p>
        <button class="button" type="submit">
          Record it
        </button>
      </p>
    </form>
  );
};
