import { Hono, type Context } from "hono";
import {
  announceStock,
  DEFAULT_LOCATION,
  isDay,
  readLevel,
  type DeskRefusal,
  type OpenStock,
  type StockRefusal,
} from "#inventory";
import { epochMs, mintId } from "#kernel";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import { AnnouncePage, type AnnounceForm, type AnnouncePageModel } from "../pages/announce-page.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { MAX_UNITS, readUnits } from "./selling-form.ts";
import { callOf, queryText, type PortsOf } from "./support.ts";

const MAX_SKU_CHARACTERS = 64;
const MAX_ID_CHARACTERS = 200;

type Here = Context<WebEnv, "/stock/:sku/announced">;
type Announced = OpenStock["incoming"][number];
type Sent = { readonly form: AnnounceForm; readonly isKnown: boolean; readonly isWithdrawn: boolean };

const newForm = (): AnnounceForm => ({
  announcementId: mintId("adj", epochMs(Date.now())),
  location: DEFAULT_LOCATION,
  quantity: "",
  expectedAt: "",
  reference: "",
});

const formFrom = (announced: Announced): AnnounceForm => ({
  ...announced,
  quantity: String(announced.quantity),
  reference: announced.reference ?? "",
});

const sentOf = (fields: FormFields): Sent => ({
  form: {
    announcementId: (fields["announcementId"] ?? "").slice(0, MAX_ID_CHARACTERS) || newForm().announcementId,
    location: fields["location"] ?? DEFAULT_LOCATION,
    quantity: (fields["quantity"] ?? "").trim(),
    expectedAt: (fields["expectedAt"] ?? "").trim(),
    reference: (fields["reference"] ?? "").trim().slice(0, MAX_ID_CHARACTERS),
  },
  isKnown: fields["isKnown"] === "yes",
  isWithdrawn: fields["do"] === "withdraw",
});

/** Announced units for staff: a new announcement, and one that is changed or withdrawn. Both forms may be sent twice. */
export function createAnnouncePages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/stock/:sku/announced", async (c) => {
    const id = queryText(c, "id");
    if (id === undefined) return show(c, ports, { form: newForm(), isNew: true });
    const announced = await find(c, ports, id);
    return announced
      ? show(c, ports, { form: formFrom(announced), isNew: false })
      : notHere(c, "announcement");
  });
  app.post("/stock/:sku/announced", async (c) => {
    const fields = await readForm(c);
    return fields.ok ? save(c, ports, sentOf(fields.value)) : answerProblem(c, fields.refusal.problem);
  });
  return app;
}

const skuOf = (c: Here): string => c.req.param("sku").trim();
const notHere = (c: Here, what: string): Response | Promise<Response> =>
  htmlPage(c, <NotHerePage what={what} backHref="/admin/stock" />, 404);

async function find(c: Here, ports: PortsOf, id: string): Promise<Announced | undefined> {
  const { incoming } = await ports(c).stock.getByName(skuOf(c)).open();
  return incoming.find(({ announcementId }) => announcementId === id);
}

type Shown = Pick<AnnouncePageModel, "form" | "isNew"> & Partial<Pick<AnnouncePageModel, "errors">>;

async function show(c: Here, ports: PortsOf, { form, isNew, errors = [] }: Shown): Promise<Response> {
  const sku = skuOf(c);
  if (sku === "" || sku.length > MAX_SKU_CHARACTERS) return notHere(c, "SKU");
  const { stockDesk } = ports(c);
  const [level, { locations }] = await Promise.all([readLevel(stockDesk, sku), stockDesk.locations.list()]);
  if (!level.ok) return notHere(c, "SKU");
  const view = <AnnouncePage sku={sku} locations={locations} form={form} isNew={isNew} errors={errors} />;
  return htmlPage(c, view, errors.length > 0 ? 422 : 200);
}

async function save(c: Here, ports: PortsOf, { form, isKnown, isWithdrawn }: Sent): Promise<Response> {
  const sku = skuOf(c);
  const { stockDesk } = ports(c);
  if (!(await readLevel(stockDesk, sku)).ok) return notHere(c, "SKU");
  const units = isWithdrawn ? 0 : readUnits(form.quantity);
  const errors = isWithdrawn ? [] : faultsOf(form, isKnown);
  if (errors.length > 0 || units === undefined) return show(c, ports, { form, isNew: !isKnown, errors });
  const done = (): Response => c.redirect(`/admin/stock/${encodeURIComponent(sku)}?announced=yes`, 303);
  const standing = isKnown ? await find(c, ports, form.announcementId) : undefined;
  if (isKnown && !standing) {
    // Withdrawn before: the form was sent twice, or everything has come.
    if (isWithdrawn) return done();
    const message = "Nothing of this announcement is to come any more. Announce the units anew.";
    return show(c, ports, { form, isNew: false, errors: [{ field: "quantity", message }] });
  }
  const { announcementId, location, expectedAt, reference } = isWithdrawn && standing ? standing : form;
  const announced = {
    ...{ sku, announcementId, location, expectedAt, quantity: units + (standing?.received ?? 0) },
    ...(reference ? { reference } : {}),
  };
  const answer = await announceStock(stockDesk, announced, callOf(c));
  return answer.ok ? done() : show(c, ports, { form, isNew: !isKnown, errors: [errorOf(answer.refusal)] });
}

function faultsOf({ quantity, expectedAt }: AnnounceForm, isKnown: boolean): AnnouncePageModel["errors"] {
  const units = readUnits(quantity);
  const isTooFew = units === undefined || (units === 0 && !isKnown);
  return [
    ...(isTooFew ? [{ field: "quantity", message: `Enter a whole number from 1 to ${MAX_UNITS}.` }] : []),
    ...(isDay(expectedAt) ? [] : [{ field: "expectedAt", message: "Enter the day, such as 2026-12-14." }]),
  ];
}

const errorOf = (refusal: DeskRefusal | StockRefusal): AnnouncePageModel["errors"][number] =>
  refusal.code === "location_unknown" || refusal.code === "invalid_location"
    ? { field: "location", message: "Select a location." }
    : {
        field: "quantity",
        message: "detail" in refusal ? refusal.detail : "The units cannot be announced like this.",
      };
