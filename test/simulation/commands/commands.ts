import type { Random } from "../../support/random.ts";
import type { Command } from "./command.ts";
import { writeDraft } from "./draft.ts";
import { edit } from "./edit.ts";
import { queueUp } from "./line.ts";
import { placeByHand } from "./manual.ts";
import { note } from "./note.ts";
import { cross, place } from "./place.ts";
import { refund } from "./refund.ts";
import { rush } from "./rush.ts";
import { cancel, otherBody, repeat } from "./repeat.ts";
import { sendBack } from "./return.ts";
import { adjust, arrange, transfer } from "./stock.ts";
import { topUp } from "./voucher.ts";

/** Everything that people do in the simulated shop. */
export const COMMANDS: readonly Command[] = [
  place,
  cross,
  rush,
  queueUp,
  placeByHand,
  writeDraft,
  repeat,
  otherBody,
  cancel,
  refund,
  edit,
  sendBack,
  note,
  topUp,
  adjust,
  arrange,
  transfer,
];

const TOTAL_WEIGHT = COMMANDS.reduce((sum, command) => sum + command.weight, 0);

/** Chooses by weight. */
export function chooseCommand(random: Random): Command {
  let left = random.next() * TOTAL_WEIGHT;
  for (const command of COMMANDS) {
    left -= command.weight;
    if (left < 0) return command;
  }
  return place;
}
