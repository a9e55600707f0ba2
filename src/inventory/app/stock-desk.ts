import { andThen, ok, refuse, type Result } from "#kernel";
import type { CallContext } from "#platform";
import {
  DEFAULT_LOCATION,
  type Adjustment,
  type Arrangement,
  type DeskRefusal,
  type Incoming,
  type Location,
  type LocationInput,
  type SafetyStock,
  type StockLevel,
  type StockRefusal,
} from "../contract.ts";
import type { StockDeskPorts } from "./ports.ts";

type Refused = DeskRefusal | StockRefusal;

/** Locations that serve orders, by priority and then by code. */
export const arrangementOf = (locations: readonly Location[], revision: number): Arrangement => ({
  revision,
  serving: locations
    .filter(({ isActive, shipsOrders }) => isActive && shipsOrders)
    .toSorted((a, b) => a.priority - b.priority || (a.code < b.code ? -1 : 1))
    .map(({ code }) => code),
});

/** The level of a SKU, from its object. Refuses one that neither the object nor the catalogue knows. */
export async function readLevel(
  ports: StockDeskPorts,
  sku: string,
): Promise<Result<StockLevel, DeskRefusal>> {
  const level = await ports.stock.getByName(sku).level();
  if (level.version > 0 || (await ports.isInCatalog(sku))) return ok(level);
  return refuse({ code: "sku_unknown", sku });
}

/**
 * Records units that came, were counted, or went, at a location that exists. Repeating with the same id changes nothing.
 * Stock may be counted before the catalogue has the product.
 */
export async function adjustStock(
  ports: StockDeskPorts,
  { sku, ...adjustment }: Adjustment & { readonly sku: string },
  call: CallContext,
): Promise<Result<StockLevel, Refused>> {
  const place = adjustment.location ?? DEFAULT_LOCATION;
  return atLocation(ports, { sku, place, call }, (object) => object.adjust(adjustment, call));
}

/** Sets the units that a location keeps back from sale. */
export async function setSafetyStock(
  ports: StockDeskPorts,
  { sku, ...safety }: SafetyStock & { readonly sku: string },
  call: CallContext,
): Promise<Result<StockLevel, Refused>> {
  return atLocation(ports, { sku, place: safety.location, call }, (object) => object.setSafety(safety, call));
}

/** Announces units that a supplier has promised; the same id again replaces what it said. */
export async function announceStock(
  ports: StockDeskPorts,
  { sku, ...incoming }: Incoming & { readonly sku: string },
  call: CallContext,
): Promise<Result<StockLevel, Refused>> {
  return atLocation(ports, { sku, place: incoming.location, call }, (object) =>
    object.announce(incoming, call),
  );
}

type Work = (
  object: ReturnType<StockDeskPorts["stock"]["getByName"]>,
) => Promise<Result<StockLevel, StockRefusal>>;

/** Does the work first, so that the caller's version still fits, and then lets the SKU know of newer locations. */
async function atLocation(
  ports: StockDeskPorts,
  { sku, place, call }: { readonly sku: string; readonly place: string; readonly call: CallContext },
  work: Work,
): Promise<Result<StockLevel, Refused>> {
  const { locations, revision } = await ports.locations.list();
  if (!locations.some(({ code }) => code === place))
    return refuse({ code: "location_unknown", location: place });
  const object = ports.stock.getByName(sku);
  const result = await work(object);
  if (!result.ok || result.value.arrangement >= revision) return result;
  return ok(await object.arrange(arrangementOf(locations, revision), call));
}

/** Creates or replaces a location. SKUs hear of it within a minute, or with their next change. */
export async function saveLocation(
  ports: StockDeskPorts,
  input: LocationInput,
): Promise<Result<Location, DeskRefusal>> {
  if (input.code === DEFAULT_LOCATION && !input.isActive)
    return refuse({ code: "location_needed", location: input.code });
  return ports.locations.save(input, ports.now());
}

/** Levels that go by an old arrangement; the copies in D1 say which. */
export type BehindReader = (revision: number, limit: number) => Promise<readonly string[]>;

/** SKUs that hear of an arrangement in one round, and at once. */
const SPREAD_BATCH = 120;
const SPREAD_WAVE = 6;

/** Tells SKUs that go by an older arrangement of the present one. Repeating is safe; how many were told. */
export async function spreadArrangement(
  ports: Pick<StockDeskPorts, "stock" | "locations">,
  behind: BehindReader,
  call: CallContext,
): Promise<number> {
  const { locations, revision } = await ports.locations.list();
  const arrangement = arrangementOf(locations, revision);
  const skus = await behind(revision, SPREAD_BATCH);
  for (let start = 0; start < skus.length; start += SPREAD_WAVE)
    await Promise.allSettled(
      skus
        .slice(start, start + SPREAD_WAVE)
        .map((sku) => ports.stock.getByName(sku).arrange(arrangement, call)),
    );
  return skus.length;
}

/** Refuses codes that no location has. */
export const knownLocation = async (
  ports: Pick<StockDeskPorts, "locations">,
  codes: readonly string[],
): Promise<Result<true, DeskRefusal>> => {
  const { locations } = await ports.locations.list();
  const missing = codes.find((code) => !locations.some((location) => location.code === code));
  return missing === undefined ? ok(true) : refuse({ code: "location_unknown", location: missing });
};

/** Defines a bundle, or ends it with no components. Refuses bundles of bundles and SKUs that nobody knows. */
export async function saveBundle(
  ports: StockDeskPorts,
  {
    sku,
    components,
  }: {
    readonly sku: string;
    readonly components: readonly { readonly sku: string; readonly quantity: number }[];
  },
): Promise<Result<{ readonly sku: string; readonly components: typeof components }, DeskRefusal>> {
  if (!(await ports.isInCatalog(sku))) return refuse({ code: "sku_unknown", sku });
  const known = await Promise.all(components.map((component) => ports.isInCatalog(component.sku)));
  const facts = await ports.bundles.facts(
    sku,
    components.map((component) => component.sku),
  );
  const checked = components.reduce<Result<true, DeskRefusal>>((result, component, index) => {
    const pointer = `/components/${index}/sku`;
    return andThen(result, () => {
      const detail = componentFault({
        sku,
        component: component.sku,
        isKnown: known[index] === true,
        ...facts,
      });
      return detail === undefined ? ok(true as const) : refuse({ code: "bundle_invalid", pointer, detail });
    });
  }, ok(true));
  if (!checked.ok) return checked;
  if (new Set(components.map((component) => component.sku)).size < components.length)
    return refuse({ code: "bundle_invalid", pointer: "/components", detail: "Name each SKU once." });
  const bundle = { sku, components };
  await ports.bundles.save(bundle);
  // A SKU that is no bundle any more sells its own units again.
  if (components.length === 0) await ports.stock.getByName(sku).retell();
  return ok(bundle);
}

type ComponentFacts = {
  readonly sku: string;
  readonly component: string;
  readonly isKnown: boolean;
  readonly isComponent: boolean;
  readonly bundles: readonly string[];
};

function componentFault({
  sku,
  component,
  isKnown,
  isComponent,
  bundles,
}: ComponentFacts): string | undefined {
  if (isComponent) return `${sku} is a part of another bundle, so it cannot be one.`;
  if (component === sku) return "A bundle is not made of itself.";
  if (!isKnown) return `No product has the SKU ${component}.`;
  if (bundles.includes(component)) return `${component} is a bundle; name what it is made of.`;
  return undefined;
}
