import { Hono, type Context } from "hono";
import {
  cancelTransfer,
  createTransfer,
  dispatchTransfer,
  readTransfer,
  receiveTransfer,
  type DeskRefusal,
  type StockRefusal,
  type TransferDocument,
} from "#inventory";
import { epochMs, mintId } from "#kernel";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import {
  NewTransferPage,
  TransferListPage,
  TransferPage,
  type NewTransferForm,
} from "../pages/transfer-pages.tsx";
import { callOf, cursored, paged, queryText, type PortsOf } from "./support.ts";
import { readUnitLines } from "./unit-lines.ts";

const MAX_LINES = 100;
const MAX_ID_CHARACTERS = 200;

type Errors = readonly { readonly field: string; readonly message: string }[];

const mintTransferId = (): string => mintId("trf", epochMs(Date.now()));
const notHere = (c: Context): Response | Promise<Response> =>
  htmlPage(c, <NotHerePage what="transfer" backHref="/admin/transfers" />, 404);

/** Transfers between locations for staff: list, new, one with its receipts. Every form may be sent twice. */
export function createTransferPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/transfers", async (c) => {
    const { stockDesk, timeZone } = ports(c);
    const [answer, { locations }] = await Promise.all([
      stockDesk.transfers.list(cursored(c)),
      stockDesk.locations.list(),
    ]);
    return htmlPage(c, <TransferListPage {...paged(c, answer)} places={locations} timeZone={timeZone} />);
  });
  app.get("/transfers/new", async (c) => {
    const sku = queryText(c, "sku");
    const lines = sku === undefined ? "" : `${sku} `;
    return showNew(c, ports, { form: { transferId: mintTransferId(), from: "", to: "", note: "", lines } });
  });
  app.post("/transfers/new", async (c) => {
    const form = await readForm(c);
    return form.ok ? create(c, ports, formOf(form.value)) : answerProblem(c, form.refusal.problem);
  });
  app.get("/transfers/:id", (c) => showTransfer(c, ports, []));
  app.post("/transfers/:id/dispatch", async (c) => {
    const answer = await dispatchTransfer(ports(c).stockDesk, c.req.param("id"), callOf(c));
    return answer.ok ? c.redirect(hrefOf(c.req.param("id")), 303) : notHere(c);
  });
  app.post("/transfers/:id/cancel", async (c) => {
    const answer = await cancelTransfer(ports(c).stockDesk, c.req.param("id"), callOf(c));
    return answer.ok ? c.redirect(hrefOf(c.req.param("id")), 303) : notHere(c);
  });
  app.post("/transfers/:id/receipts", async (c) => {
    const form = await readForm(c);
    return form.ok ? receive(c, ports, form.value) : answerProblem(c, form.refusal.problem);
  });
  return app;
}

const hrefOf = (id: string): string => `/admin/transfers/${encodeURIComponent(id)}`;

const formOf = (fields: FormFields): NewTransferForm => ({
  transferId: (fields["transferId"] ?? "").slice(0, MAX_ID_CHARACTERS) || mintTransferId(),
  from: fields["from"] ?? "",
  to: fields["to"] ?? "",
  note: (fields["note"] ?? "").trim().slice(0, MAX_ID_CHARACTERS),
  lines: fields["lines"] ?? "",
});

async function showNew(
  c: Context<WebEnv>,
  ports: PortsOf,
  { form, errors = [] }: { readonly form: NewTransferForm; readonly errors?: Errors },
): Promise<Response> {
  const { locations } = await ports(c).stockDesk.locations.list();
  const from = form.from === "" ? (locations[0]?.code ?? "") : form.from;
  const to = form.to === "" ? (locations.find(({ code }) => code !== from)?.code ?? "") : form.to;
  const view = <NewTransferPage form={{ ...form, from, to }} places={locations} errors={errors} />;
  return htmlPage(c, view, errors.length > 0 ? 422 : 200);
}

async function create(c: Context<WebEnv>, ports: PortsOf, form: NewTransferForm): Promise<Response> {
  const read = readUnitLines(form.lines, { minimum: 1, maximum: MAX_LINES });
  if ("message" in read)
    return showNew(c, ports, { form, errors: [{ field: "lines", message: read.message }] });
  const answer = await createTransfer(ports(c).stockDesk, { ...form, lines: read.lines }, callOf(c));
  if (answer.ok) return c.redirect(hrefOf(form.transferId), 303);
  return showNew(c, ports, { form, errors: [errorOf(answer.refusal)] });
}

function errorOf(refusal: DeskRefusal): Errors[number] {
  switch (refusal.code) {
    case "transfer_invalid":
      return { field: refusal.pointer.slice(1), message: refusal.detail };
    case "location_unknown":
      return { field: "from", message: "Select two locations." };
    default:
      return { field: "lines", message: "This form was sent before with other lines. Open a new one." };
  }
}

async function showTransfer(
  c: Context<WebEnv, "/transfers/:id">,
  ports: PortsOf,
  errors: Errors,
): Promise<Response> {
  const { stockDesk, timeZone } = ports(c);
  const [answer, { locations }] = await Promise.all([
    readTransfer(stockDesk, c.req.param("id")),
    stockDesk.locations.list(),
  ]);
  if (!answer.ok) return notHere(c);
  const notice = c.req.query("recorded") === undefined ? undefined : "Recorded.";
  const receiptId = mintId("adj", epochMs(Date.now()));
  const view = (
    <TransferPage
      transfer={answer.value}
      places={locations}
      receiptId={receiptId}
      errors={errors}
      notice={notice}
      timeZone={timeZone}
    />
  );
  return htmlPage(c, view, errors.length > 0 ? 422 : 200);
}

const wholeUnits = (text: string | undefined): number =>
  /^\d{1,7}$/.test((text ?? "").trim()) ? Number(text) : (text ?? "").trim() === "" ? 0 : Number.NaN;

async function receive(
  c: Context<WebEnv, "/transfers/:id/receipts">,
  ports: PortsOf,
  fields: FormFields,
): Promise<Response> {
  const { stockDesk } = ports(c);
  const found = await readTransfer(stockDesk, c.req.param("id"));
  if (!found.ok) return notHere(c);
  const lines = found.value.lines.map(({ sku }, index) => ({
    sku,
    received: wholeUnits(fields[`received-${index}`]),
    lost: wholeUnits(fields[`lost-${index}`]),
  }));
  const wrong = lines.findIndex((line) => Number.isNaN(line.received + line.lost));
  if (wrong >= 0)
    return showTransfer(c, ports, [{ field: `received-${wrong}`, message: "Enter whole numbers of units." }]);
  const receiptId =
    (fields["receiptId"] ?? "").slice(0, MAX_ID_CHARACTERS) || mintId("adj", epochMs(Date.now()));
  const command = { transferId: found.value.transferId, receipt: { receiptId, lines } };
  const answer = await receiveTransfer(stockDesk, command, callOf(c));
  if (answer.ok) return c.redirect(`${hrefOf(found.value.transferId)}?recorded=yes`, 303);
  return showTransfer(c, ports, [receiptError(found.value, answer.refusal)]);
}

function receiptError(transfer: TransferDocument, refusal: DeskRefusal | StockRefusal): Errors[number] {
  const index = "sku" in refusal ? transfer.lines.findIndex(({ sku }) => sku === refusal.sku) : 0;
  const message = "detail" in refusal ? refusal.detail : "Nothing of it is on the way any more.";
  return { field: `received-${Math.max(0, index)}`, message };
}
