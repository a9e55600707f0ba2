import { Hono, type Context } from "hono";
import { saveLocation, type DeskRefusal, type Location } from "#inventory";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import { LocationsPage, type LocationForm, type LocationPageModel } from "../pages/location-pages.tsx";
import type { PortsOf } from "./support.ts";

const MAX_NAME_CHARACTERS = 80;
const MAX_ADDRESS_CHARACTERS = 400;
const CODE = /^[a-z0-9][a-z0-9-]{0,31}$/;
const PRIORITY = /^\d{1,4}$/;

const NEW: LocationForm = {
  code: "",
  name: "",
  address: "",
  priority: "10",
  isActive: true,
  shipsOrders: true,
  version: "",
};

const formOfLocation = (location: Location): LocationForm => ({
  ...location,
  priority: String(location.priority),
  version: String(location.version),
});

const formOf = (fields: FormFields): LocationForm => ({
  code: (fields["code"] ?? "").trim(),
  name: (fields["name"] ?? "").trim(),
  address: (fields["address"] ?? "").trim(),
  priority: (fields["priority"] ?? "").trim(),
  isActive: fields["isActive"] === "yes",
  shipsOrders: fields["shipsOrders"] === "yes",
  version: fields["version"] ?? "",
});

/** Where units can lie, for staff: the list and the form of one. */
export function createLocationPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/locations", (c) => show(c, ports, {}));
  app.post("/locations", async (c) => {
    const form = await readForm(c);
    return form.ok ? save(c, ports, formOf(form.value)) : answerProblem(c, form.refusal.problem);
  });
  return app;
}

type Shown = { readonly form?: LocationForm; readonly errors?: LocationPageModel["errors"] };

async function show(c: Context<WebEnv>, ports: PortsOf, { form, errors = [] }: Shown): Promise<Response> {
  const { locations } = await ports(c).stockDesk.locations.list();
  const chosen = locations.find(({ code }) => code === c.req.query("code"));
  const shown = form ?? (chosen ? formOfLocation(chosen) : NEW);
  const notice = c.req.query("saved") === undefined ? undefined : "Saved. Orders follow within a minute.";
  const view = <LocationsPage locations={locations} form={shown} errors={errors} notice={notice} />;
  return htmlPage(c, view, errors.length > 0 ? 422 : 200);
}

function faultsOf({ code, name, address, priority }: LocationForm): LocationPageModel["errors"] {
  const rules = [
    ["code", CODE.test(code), "Enter small letters, digits and hyphens."],
    ["name", name !== "" && name.length <= MAX_NAME_CHARACTERS, "Enter a name."],
    ["address", address.length <= MAX_ADDRESS_CHARACTERS, "Shorten the address to 400 characters."],
    ["priority", PRIORITY.test(priority), "Enter a whole number from 0."],
  ] as const;
  return rules.flatMap(([field, isRight, message]) => (isRight ? [] : [{ field, message }]));
}

async function save(c: Context<WebEnv>, ports: PortsOf, form: LocationForm): Promise<Response> {
  const errors = faultsOf(form);
  if (errors.length > 0) return show(c, ports, { form, errors });
  const { version, ...location } = form;
  // A new location expects none with its code.
  const expectedVersion = /^\d{1,15}$/.test(version) ? Number(version) : undefined;
  const existing = (await ports(c).stockDesk.locations.list()).locations.some(
    ({ code }) => code === form.code,
  );
  if (expectedVersion === undefined && existing)
    return show(c, ports, { form, errors: [{ field: "code", message: "Another location has this code." }] });
  const input = { ...location, priority: Number(form.priority) };
  const answer = await saveLocation(ports(c).stockDesk, {
    ...input,
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  });
  if (answer.ok) return c.redirect(`/admin/locations?code=${form.code}&saved=yes`, 303);
  return show(c, ports, { form, errors: [errorOf(answer.refusal)] });
}

function errorOf(refusal: DeskRefusal): LocationPageModel["errors"][number] {
  switch (refusal.code) {
    case "location_needed":
      return { field: "isActive", message: "This location stays open: imports and returns go here." };
    case "too_many_locations":
      return { field: "code", message: `A shop has ${refusal.limit} locations at most.` };
    default:
      return { field: "name", message: "Somebody else changed it meanwhile. Open it again." };
  }
}
