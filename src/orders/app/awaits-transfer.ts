import type { OrderView } from "../contract.ts";

/** Whether the order waits for a transfer whose buyer was told where to. */
export const awaitsTransfer = ({ payment }: OrderView): boolean =>
  payment.status === "pending" && payment.instructions !== undefined;
