import type { Result } from "#kernel";
import type { OrderRefusal } from "../contract.ts";
import type { OrderEvent } from "./events.ts";

/** What a command leads to; no events means that it was a repeat or came too late. */
export type Decision = Result<readonly OrderEvent[], OrderRefusal>;
