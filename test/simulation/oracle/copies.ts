import { isDeepStrictEqual } from "node:util";
import { DAY_MS } from "#kernel";
import type { OrderView } from "#orders";
import type { World } from "../world/world.ts";
import { isSold, stockRpc, voucherRpc, wasConfirmed, type Rest } from "./ask.ts";
import type { Finding } from "./at-rest.ts";
import { isStored, outboxSize, replayedView } from "./tables.ts";

/** Copies equal their originals, originals equal the replay of their events, and nothing waits to be told. */
export async function checkCopies(rest: Rest): Promise<readonly Finding[]> {
  return [
    ...orderCopies(rest),
    ...(await stockCopies(rest.world)),
    ...(await voucherCopies(rest.world)),
    ...leftovers(rest.world),
    ...effects(rest.world),
  ];
}

function orderCopies({ world, views }: Rest): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [orderId, view] of views) {
    const add = (what: string): void => void findings.push({ what: `${orderId} ${what}`, about: [orderId] });
    if (!isDeepStrictEqual(plain(view), plain(replayedView(world.host("order", orderId)))))
      add("is not what its events say");
    const [row] = world.d1.rows("SELECT view, status, version FROM orders WHERE id = ?", orderId);
    if (!row) add("is missing in D1");
    else if (!isDeepStrictEqual(JSON.parse(String(row["view"])), plain(view)))
      add(
        `is ${String(row["status"])} (version ${String(row["version"])}) in D1 and ${view.status} (version ${view.version}) in its object`,
      );
    const mails = world.d1.rows(
      "SELECT id FROM mails WHERE order_id = ? AND template = 'order_confirmed'",
      orderId,
    );
    if (mails.length !== (wasConfirmed(view) ? 1 : 0))
      add(`is ${view.status} and ${mails.length} mails confirmed it`);
    if (isSold(view)) for (const what of wronglyPacked(view)) add(what);
    if (!isSold(view) && view.parcels.length > 0) add(`is ${view.status} and was sent`);
  }
  const [count] = world.d1.rows("SELECT count(*) AS n FROM orders");
  const known = world.book.orders.size;
  if (Number(count?.["n"]) > known)
    findings.push({ what: `D1 has ${String(count?.["n"])} orders, people placed ${known}`, about: [] });
  return findings;
}

/** Lines of a sold order whose parcels do not add up to them. */
const wronglyPacked = ({ draft, parcels }: OrderView): readonly string[] =>
  draft.lines.flatMap(({ lineId, quantity, requiresShipping }) => {
    const packed = parcels
      .flatMap((parcel) => parcel.lines)
      .reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0);
    const wanted = requiresShipping ? quantity : 0;
    return packed === wanted ? [] : [`is sold and ${packed} of ${wanted} units of ${lineId} went out`];
  });

/** Through JSON and back, as the copy went. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

async function stockCopies(world: World): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const sku of world.skus) {
    const level = await stockRpc(world, sku).level();
    const [row] = world.d1.rows("SELECT on_hand, held, version FROM stock_levels WHERE sku = ?", sku);
    const isSame =
      row?.["on_hand"] === level.onHand && row["held"] === level.held && row["version"] === level.version;
    if (!isSame && level.version > 0)
      findings.push({
        what: `${sku} is ${JSON.stringify(row)} in D1 and ${JSON.stringify(level)} in its object`,
        about: [sku],
      });
  }
  return findings;
}

async function voucherCopies(world: World): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const voucherId of [...world.book.coupons.keys(), ...world.book.cards.keys()]) {
    const view = await voucherRpc(world, voucherId).view();
    const [row] = world.d1.rows(
      "SELECT used_count, held, balance_minor, version FROM vouchers WHERE voucher_id = ?",
      voucherId,
    );
    const isSame =
      row?.["used_count"] === view?.usedCount &&
      row?.["held"] === view?.held &&
      row?.["balance_minor"] === view?.balanceMinor &&
      row?.["version"] === view?.version;
    if (!isSame)
      findings.push({
        what: `${voucherId} is ${JSON.stringify(row)} in D1 and ${JSON.stringify(view)} in its object`,
        about: [voucherId],
      });
  }
  return findings;
}

function leftovers(world: World): readonly Finding[] {
  return [...world.hosts.values()].flatMap((host) => {
    if (!isStored(host)) return [];
    const waiting = outboxSize(host);
    return [
      ...(waiting > 0 ? [{ what: `${host.key} has ${waiting} events to tell`, about: [host.key] }] : []),
      ...((host.storage.alarmAt ?? Infinity) > world.now() + DAY_MS
        ? []
        : [{ what: `${host.key} still waits for an alarm`, about: [host.key] }]),
    ];
  });
}

/** Each effect outside once. */
function effects(world: World): readonly Finding[] {
  const twice = world.d1.rows(
    "SELECT order_id, template, count(*) AS n FROM mails WHERE template = 'order_confirmed' GROUP BY 1, 2 HAVING n > 1",
  );
  return [
    ...twice.map((row) => ({
      what: `${String(row["order_id"])} was confirmed ${String(row["n"])} times by mail`,
      about: [String(row["order_id"])],
    })),
  ];
}
