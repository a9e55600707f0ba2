import { ok, refuse, type Result } from "#kernel";
import { sha256Hex, type CallContext } from "#platform";
import type {
  DeskRefusal,
  NewTransfer,
  StockRefusal,
  TransferCommand,
  TransferDocument,
  TransferReceipt,
} from "../contract.ts";
import type { StockDeskPorts } from "./ports.ts";
import { knownLocation } from "./stock-desk.ts";

type Outcome = Promise<Result<TransferDocument, DeskRefusal>>;

/** Stock objects that are asked at once. */
const WAVE = 6;

/**
 * Writes a transfer down and sends its units on their way. Repeating with the same id goes on where it was stopped and
 * moves nothing twice; lines that a stock object refuses say why and can be tried again.
 */
export async function createTransfer(
  ports: StockDeskPorts,
  transfer: NewTransfer,
  call: CallContext,
): Outcome {
  const fault = transferFault(transfer);
  if (fault) return refuse({ code: "transfer_invalid", ...fault });
  const known = await knownLocation(ports, [transfer.from, transfer.to]);
  if (!known.ok) return known;
  const requestHash = await sha256Hex(JSON.stringify([transfer.from, transfer.to, transfer.lines]));
  const record = { ...transfer, requestHash, createdBy: call.actor, createdAt: ports.now() };
  const { transferId } = transfer;
  if ((await ports.transfers.create(record)) !== requestHash)
    return refuse({ code: "transfer_reused", transferId });
  return dispatchTransfer(ports, transferId, call);
}

function transferFault({ from, to, lines }: NewTransfer): { pointer: string; detail: string } | undefined {
  if (from === to) return { pointer: "/to", detail: "Name another location than the one it leaves." };
  if (new Set(lines.map(({ sku }) => sku)).size < lines.length)
    return { pointer: "/lines", detail: "Name each SKU once." };
  return undefined;
}

/** Sends what has not been sent yet; a cancelled one sends nothing. Repeating is safe. */
export async function dispatchTransfer(
  ports: StockDeskPorts,
  transferId: string,
  call: CallContext,
): Outcome {
  const document = await ports.transfers.find(transferId);
  if (!document) return refuse({ code: "transfer_not_found", transferId });
  if (document.isCancelled) return cancelTransfer(ports, transferId, call);
  const waiting = document.lines.filter(({ dispatched }) => dispatched === 0);
  await inWaves(waiting, ({ sku, quantity }) => {
    const { from, to, note } = document;
    const reason = note === "" ? "transfer" : note;
    return step(ports, { sku, command: { kind: "dispatch", transferId, from, to, quantity, reason } }, call);
  });
  return readTransfer(ports, transferId);
}

/** Calls back what is still on the way, and sends nothing more. Repeating finishes what was stopped. */
export async function cancelTransfer(ports: StockDeskPorts, transferId: string, call: CallContext): Outcome {
  const document = await ports.transfers.find(transferId);
  if (!document) return refuse({ code: "transfer_not_found", transferId });
  await ports.transfers.markCancelled(transferId, ports.now());
  await inWaves(document.lines, ({ sku }) =>
    step(ports, { sku, command: { kind: "cancel", transferId, reason: "transfer cancelled" } }, call),
  );
  return readTransfer(ports, transferId);
}

/** Records what arrived and what is lost, line by line, once by the receipt's id. Repeating finishes what was stopped. */
export async function receiveTransfer(
  ports: StockDeskPorts,
  { transferId, receipt }: { readonly transferId: string; readonly receipt: TransferReceipt },
  call: CallContext,
): Promise<Result<TransferDocument, DeskRefusal | StockRefusal>> {
  const document = await ports.transfers.find(transferId);
  if (!document) return refuse({ code: "transfer_not_found", transferId });
  const unknown = receipt.lines.find(({ sku }) => !document.lines.some((line) => line.sku === sku));
  if (unknown) return refuse({ code: "transfer_unknown", sku: unknown.sku, transferId });
  for (const { sku, received, lost } of receipt.lines) {
    const parts = [
      { kind: "receive", quantity: received, reason: "transfer received" },
      { kind: "lose", quantity: lost, reason: "lost on the way" },
    ] as const;
    for (const { kind, quantity, reason } of parts.filter((part) => part.quantity > 0)) {
      const stepId = `${receipt.receiptId}/${kind}`;
      const refusal = await step(
        ports,
        { sku, command: { kind, transferId, stepId, quantity, reason } },
        call,
      );
      if (refusal) return refuse(refusal);
    }
  }
  return readTransfer(ports, transferId);
}

/** A transfer as it stands. */
export async function readTransfer(ports: StockDeskPorts, transferId: string): Outcome {
  const document = await ports.transfers.find(transferId);
  return document ? ok(document) : refuse({ code: "transfer_not_found", transferId });
}

/** One command to one stock object, and its answer into the line. */
async function step(
  ports: StockDeskPorts,
  { sku, command }: { readonly sku: string; readonly command: TransferCommand },
  call: CallContext,
): Promise<StockRefusal | undefined> {
  const answer = await ports.stock.getByName(sku).transfer(command, call);
  const line = { transferId: command.transferId, sku };
  if (answer.ok) await ports.transfers.saveLine({ ...line, transfer: answer.value }, ports.now());
  else if (command.kind === "dispatch")
    await ports.transfers.saveLine({ ...line, refusal: refusalWords(answer.refusal) }, ports.now());
  return answer.ok ? undefined : answer.refusal;
}

const refusalWords = (refusal: StockRefusal): string =>
  refusal.code === "insufficient_stock"
    ? `Only ${refusal.available} of ${refusal.requested} are free at the location.`
    : "detail" in refusal
      ? refusal.detail
      : refusal.code;

async function inWaves<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += WAVE)
    await Promise.all(items.slice(start, start + WAVE).map(work));
}
