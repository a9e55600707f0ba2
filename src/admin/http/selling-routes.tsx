import { Hono, type Context } from "hono";
import {
  readLevel,
  saveBundle,
  setSafetyStock,
  type Bundle,
  type DeskRefusal,
  type Location,
  type StockLevel,
  type StockRefusal,
} from "#inventory";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { SellingPage, type SellingForm } from "../pages/selling-pages.tsx";
import { MAX_UNITS, readPolicy, readUnits, sellingFormFrom, sentOver, type Mistake } from "./selling-form.ts";
import { callOf, queryWord, type PortsOf } from "./support.ts";
import { readUnitLines, writeUnitLines } from "./unit-lines.ts";

const MAX_SKU_CHARACTERS = 64;
const MAX_COMPONENTS = 20;
const SAVED = {
  policy: "The selling policy is set.",
  safety: "The units are kept back.",
  bundle: "The components are saved.",
} as const;
const FORMS = ["policy", "safety", "bundle"] as const;
const CHANGED =
  "Somebody else changed it meanwhile. What stands now is said above the form; send it again if yours is right.";

type Here = Context<WebEnv, "/stock/:sku/selling">;
type Standing = {
  readonly level: StockLevel;
  readonly bundle: Bundle;
  readonly locations: readonly Location[];
};
type Done = { readonly errors: readonly Mistake[] };
type Sent = Standing & { readonly form: SellingForm; readonly seen: string | undefined };

/** How a SKU sells, for staff: its policy, what is kept back, its components. Sending a form twice sets the same. */
export function createSellingPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/stock/:sku/selling", async (c) => {
    const standing = await read(c, ports);
    const saved = queryWord(c, "saved", FORMS);
    return standing ? show(c, standing, { notice: saved && SAVED[saved] }) : notHere(c);
  });
  app.post("/stock/:sku/selling", async (c) => {
    const form = await readForm(c);
    return form.ok ? save(c, ports, form.value) : answerProblem(c, form.refusal.problem);
  });
  return app;
}

const notHere = (c: Here): Response | Promise<Response> =>
  htmlPage(c, <NotHerePage what="SKU" backHref="/admin/stock" />, 404);

async function read(c: Here, ports: PortsOf): Promise<Standing | undefined> {
  const sku = c.req.param("sku").trim();
  if (sku === "" || sku.length > MAX_SKU_CHARACTERS) return undefined;
  const { stockDesk } = ports(c);
  const [level, bundle, { locations }] = await Promise.all([
    readLevel(stockDesk, sku),
    stockDesk.bundles.find(sku),
    stockDesk.locations.list(),
  ]);
  return level.ok ? { level: level.value, bundle, locations } : undefined;
}

const policyText = ({ policy }: StockLevel): string =>
  [policy.kind, "limit" in policy ? `${policy.limit} ${policy.expectedAt ?? ""}` : ""].join(" ").trim();

type Shown = {
  readonly form?: SellingForm;
  readonly errors?: readonly Mistake[];
  readonly notice?: string | undefined;
};

function show(c: Here, standing: Standing, { form, errors = [], notice }: Shown) {
  const { level, bundle, locations } = standing;
  const view = (
    <SellingPage
      {...standing}
      form={form ?? sellingFormFrom(level, bundle, locations)}
      seen={{ policy: policyText(level), components: writeUnitLines(bundle.components) }}
      errors={errors}
      notice={notice}
    />
  );
  return htmlPage(c, view, errors.length > 0 ? 422 : 200);
}

async function save(c: Here, ports: PortsOf, fields: FormFields): Promise<Response> {
  const standing = await read(c, ports);
  if (!standing) return notHere(c);
  const { level, bundle, locations } = standing;
  const form = sentOver(sellingFormFrom(level, bundle, locations), fields);
  // A text area sends its lines with a carriage return; a hidden field that holds lines does too.
  const seen = fields["seen"]?.replaceAll("\r", "");
  const sent = { ...standing, form, seen };
  const act = FORMS.find((name) => name === fields["do"]) ?? "policy";
  const { errors } = await SAVERS[act](c, ports, sent);
  if (errors.length > 0) return show(c, standing, { form, errors });
  return c.redirect(`/admin/stock/${encodeURIComponent(level.sku)}/selling?saved=${act}`, 303);
}

const refused = (field: string, message: string): Done => ({ errors: [{ field, message }] });
const DONE: Done = { errors: [] };

async function savePolicy(c: Here, ports: PortsOf, { level, form, seen }: Sent): Promise<Done> {
  const policy = readPolicy(form);
  if (!policy.ok) return { errors: policy.errors };
  const wanted = policyText({ ...level, policy: policy.value });
  // What is there already needs no second look: a form that was sent twice has done what it says.
  if (wanted !== policyText(level) && seen !== undefined && seen !== policyText(level))
    return refused("kind", CHANGED);
  await ports(c).stock.getByName(level.sku).setPolicy(policy.value, callOf(c));
  return DONE;
}

async function saveSafety(c: Here, ports: PortsOf, { level, locations, form }: Sent): Promise<Done> {
  const wanted = locations.map(({ code }) => ({ code, units: readUnits(form.safety[code] ?? "") }));
  const errors = wanted.flatMap(({ code, units }) =>
    units === undefined
      ? [{ field: `safety-${code}`, message: `Enter a whole number from 0 to ${MAX_UNITS}.` }]
      : [],
  );
  if (errors.length > 0) return { errors };
  const standing = sellingFormFrom(level, { sku: level.sku, components: [] }, locations).safety;
  for (const { code, units = 0 } of wanted) {
    if (standing[code] === String(units)) continue;
    const safety = { sku: level.sku, location: code, quantity: units };
    const answer = await setSafetyStock(ports(c).stockDesk, safety, callOf(c));
    if (!answer.ok) return refused(`safety-${code}`, sentenceOf(answer.refusal));
  }
  return DONE;
}

async function saveComponents(c: Here, ports: PortsOf, sent: Sent): Promise<Done> {
  const { level, bundle, form, seen } = sent;
  const components = readUnitLines(form.components, { minimum: 0, maximum: MAX_COMPONENTS });
  if ("message" in components) return refused("components", components.message);
  const standing = writeUnitLines(bundle.components);
  const lines = components.lines.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  const isThere = writeUnitLines(lines) === standing;
  if (!isThere && seen !== undefined && seen !== standing) return refused("components", CHANGED);
  const answer = await saveBundle(ports(c).stockDesk, { sku: level.sku, components: lines });
  return answer.ok ? DONE : refused("components", sentenceOf(answer.refusal));
}

const SAVERS = { policy: savePolicy, safety: saveSafety, bundle: saveComponents } as const;

function sentenceOf(refusal: DeskRefusal | StockRefusal): string {
  if ("detail" in refusal) return refusal.detail;
  switch (refusal.code) {
    case "sku_unknown":
      return `No product has the SKU ${refusal.sku}.`;
    case "location_unknown":
      return "This location is not there any more.";
    default:
      return CHANGED;
  }
}
