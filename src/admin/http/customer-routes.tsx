import { Hono, type Context } from "hono";
import type { Customer, CustomerId, CustomerRefusal } from "#customers";
import { epochMs, isId, mintId } from "#kernel";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { CustomerListPage, CustomerPage } from "../pages/customer-pages.tsx";
import type { Difference } from "../pages/difference-table.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { overtaken } from "./conflict.ts";
import { readVersion } from "./form-figures.ts";
import type { Values } from "./form-rows.ts";
import { mistakesAt, type FormMistake } from "./price-list-form.ts";
import { cursored, paged, queryText, queryWord, type PortsOf } from "./support.ts";

const FIELDS = ["email", "customerGroup", "taxStatus", "taxId", "note"] as const;
const NEW_CUSTOMER: Values = { taxStatus: "taxed", version: "0" };

type Shown = {
  readonly values: Values;
  readonly email?: string;
  readonly mistakes?: readonly FormMistake[];
  readonly differences?: readonly Difference[];
  readonly link?: string;
  readonly status?: 200 | 409 | 422;
};
type CustomerContext = Context<WebEnv, "/customers/:customerId">;

/** Customers for staff: their groups, their tax, their personal links. */
export function createCustomerPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/customers", async (c) => {
    const { customers, timeZone } = ports(c);
    const search = queryText(c, "q");
    const answer = await customers.list({
      ...cursored(c),
      ...(search === undefined ? {} : { email: search }),
    });
    return htmlPage(c, <CustomerListPage {...paged(c, answer)} search={search} timeZone={timeZone} />);
  });
  app.get("/customers/new", (c) => show(c, { values: NEW_CUSTOMER }));
  app.post("/customers/new", (c) => create(c, ports));
  app.get("/customers/:customerId", async (c) => {
    const customer = await find(c, ports);
    return customer ? show(c, { email: customer.email, values: formOf(customer) }) : notHere(c);
  });
  app.post("/customers/:customerId", (c) => change(c, ports));
  return app;
}

const formOf = (customer: Customer): Values => ({
  version: String(customer.version),
  email: customer.email,
  customerGroup: customer.customerGroup ?? "",
  taxStatus: customer.taxStatus,
  taxId: customer.taxId ?? "",
  note: customer.note,
});

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="customer" backHref="/admin/customers" />, 404);

const idOf = (c: CustomerContext): CustomerId | undefined => {
  const id = c.req.param("customerId");
  return isId("cus", id) ? id : undefined;
};

async function find(c: CustomerContext, ports: PortsOf): Promise<Customer | undefined> {
  const customerId = idOf(c);
  const found = customerId && (await ports(c).customers.find(customerId));
  return found?.ok ? found.value : undefined;
}

const show = (c: Context<WebEnv>, { email, values, mistakes = [], link, ...shown }: Shown) => {
  const { differences, status = 200 } = shown;
  const isSaved = status === 200 && link === undefined && queryWord(c, "done", ["saved"]) !== undefined;
  const model = { email, form: { values, mistakes }, differences, link, isSaved };
  return htmlPage(c, <CustomerPage {...model} />, status);
};

/** Empty fields are absent for the API's rules. */
function inputOf(values: Values): unknown {
  const given = FIELDS.flatMap((field) => {
    const text = (values[field] ?? "").trim();
    return text === "" && field !== "email" ? [] : [[field, text]];
  });
  return Object.fromEntries(given);
}

function mistakesOf(refusal: CustomerRefusal): readonly FormMistake[] {
  if (refusal.code === "invalid_customer") return mistakesAt(refusal.mistakes, FIELDS, "email");
  return [{ field: "email", message: "Another customer has this address. Open that one instead." }];
}

async function create(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const form = await readForm(c);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { customers, readCustomerInput } = ports(c);
  const read = readCustomerInput(inputOf(form.value));
  const saved = read.ok ? await customers.create(mintId("cus", epochMs(Date.now())), read.value) : read;
  if (saved.ok) return c.redirect(`/admin/customers/${saved.value.customerId}?done=saved`, 303);
  return show(c, { values: form.value, mistakes: mistakesOf(saved.refusal), status: 422 });
}

async function change(c: CustomerContext, ports: PortsOf): Promise<Response> {
  const form = await readForm(c);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const customer = await find(c, ports);
  if (!customer) return notHere(c);
  const { customers, readCustomerInput } = ports(c);
  const { customerId, email } = customer;
  const act = form.value["do"];
  if (act === "link" || act === "renew") {
    const key = await customers.linkKey(customerId, { isRenewed: act === "renew" });
    if (!key.ok) return notHere(c);
    const link = `${new URL(c.req.url).origin}/welcome/${customerId}?key=${key.value}`;
    return show(c, { email, values: formOf(customer), link });
  }
  const values = form.value;
  const read = readCustomerInput(inputOf(values));
  if (!read.ok) return show(c, { email, values, mistakes: mistakesOf(read.refusal), status: 422 });
  const saved = await customers.save(customerId, read.value, readVersion(values));
  if (saved.ok) return c.redirect(`/admin/customers/${customerId}?done=saved`, 303);
  if (saved.refusal.code !== "version_conflict")
    return show(c, { email, values, mistakes: mistakesOf(saved.refusal), status: 422 });
  const now = await find(c, ports);
  return now ? show(c, { email, ...overtaken(values, formOf(now)) }) : notHere(c);
}
