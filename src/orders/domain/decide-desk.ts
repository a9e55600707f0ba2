import { compareText, refuse } from "#kernel";
import type { CommandOf } from "./commands.ts";
import { happened, nothing, staleRefusal, unfit, type Decision } from "./decision.ts";
import { MAX_NOTE_CHARACTERS, MAX_NOTES, MAX_TAG_CHARACTERS, MAX_TAGS } from "./limits.ts";
import type { OrderState } from "./state.ts";

/** What staff note beside the order; possible in every state. Texts are cut to their bounds, empty ones come to nothing. */
export function decideNote(state: OrderState, command: CommandOf<"add-note">): Decision {
  const { noteId, author } = command;
  if (state.notes.some((note) => note.noteId === noteId)) return nothing;
  if (state.notes.length >= MAX_NOTES)
    return refuse({ code: "limit_reached", limit: MAX_NOTES, of: "notes" });
  const text = cut(command.text, MAX_NOTE_CHARACTERS);
  if (text === "") return unfit(state, "add-note");
  return happened({ type: "order.note_added", note: { noteId, text, author } });
}

/** A note that is gone already is one that is not there. */
export const decideRemoveNote = (state: OrderState, noteId: string): Decision =>
  state.notes.some((note) => note.noteId === noteId)
    ? happened({ type: "order.note_removed", noteId })
    : refuse({ code: "note_unknown", noteId });

/** Lower case, single spaces, at most 40 characters: one tag is written one way only. */
export const normaliseTag = (text: string): string =>
  cut(text.normalize("NFC").toLowerCase().replace(/\s+/gu, " "), MAX_TAG_CHARACTERS);

export function decideTags(state: OrderState, command: CommandOf<"set-tags">): Decision {
  const tags = [...new Set(command.tags.map(normaliseTag))].filter((tag) => tag !== "").sort(compareText);
  const isSame = tags.length === state.tags.length && tags.every((tag, index) => tag === state.tags[index]);
  if (isSame) return nothing;
  const stale = staleRefusal(state, command);
  if (stale) return stale;
  if (tags.length > MAX_TAGS) return refuse({ code: "limit_reached", limit: MAX_TAGS, of: "tags" });
  return happened({ type: "order.tags_set", tags });
}

export function decideClearAttention(state: OrderState, command: CommandOf<"clear-attention">): Decision {
  const { code, reference } = command;
  const isRaised = state.flags.some((flag) => flag.code === code && flag.reference === reference);
  return isRaised ? happened({ type: "order.attention_cleared", code, reference }) : nothing;
}

const cut = (text: string, characters: number): string =>
  Array.from(text.trim()).slice(0, characters).join("").trim();
