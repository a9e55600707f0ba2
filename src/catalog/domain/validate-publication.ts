import type { Publication, RelationInput } from "../contract-model.ts";
import { RELATION_KINDS } from "../contract-model.ts";
import { checkCount, checkWhole, cleanText, type Field } from "./field-errors.ts";
import {
  MAX_CHANNEL_CHARACTERS,
  MAX_CHANNELS,
  MAX_HANDLE_CHARACTERS,
  MAX_INSTANT_MS,
  MAX_RELATIONS,
} from "./limits.ts";

const CHANNEL = /^[a-z][a-z0-9-]*$/;

/** Checks dates and channels; what comes back is clean when no error was added. */
export function readPublication(field: Field, publication: Publication): Publication {
  const { publishAtMs, unpublishAtMs, channels } = publication;
  const bounds = { minimum: 0, maximum: MAX_INSTANT_MS };
  if (publishAtMs !== undefined) checkWhole(field.at("/publishAt"), publishAtMs, bounds);
  if (unpublishAtMs !== undefined) checkWhole(field.at("/unpublishAt"), unpublishAtMs, bounds);
  if (publishAtMs !== undefined && unpublishAtMs !== undefined && unpublishAtMs <= publishAtMs) {
    field.at("/unpublishAt").refuse("Choose a time after the one it is published at.");
  }
  checkCount(field.at("/channels"), channels.length, MAX_CHANNELS);
  const clean = channels.slice(0, MAX_CHANNELS).map((channel, index) => {
    const key = channel.trim().toLowerCase();
    if (key.length > MAX_CHANNEL_CHARACTERS || !CHANNEL.test(key)) {
      field
        .at(`/channels/${index}`)
        .refuse(`Use 1 to ${MAX_CHANNEL_CHARACTERS} small letters, digits and hyphens, such as web or pos.`);
    }
    return key;
  });
  return {
    ...(publishAtMs === undefined ? {} : { publishAtMs }),
    ...(unpublishAtMs === undefined ? {} : { unpublishAtMs }),
    channels: [...new Set(clean)].sort(),
  };
}

/** Checks relations of a product; whether the products exist is not known here. Repeats of one kind are left out. */
export function readRelations(
  field: Field,
  relations: readonly RelationInput[],
  ownHandle: string,
): readonly RelationInput[] {
  checkCount(field, relations.length, MAX_RELATIONS);
  const kept = new Map<string, RelationInput>();
  relations.slice(0, MAX_RELATIONS).forEach(({ kind, handle }, index) => {
    const clean = cleanText(handle);
    if (!RELATION_KINDS.includes(kind)) {
      field.at(`/${index}/kind`).refuse(`Use one of ${RELATION_KINDS.join(", ")}.`);
    }
    if (clean === "" || clean.length > MAX_HANDLE_CHARACTERS) {
      field.at(`/${index}/handle`).refuse(`Use 1 to ${MAX_HANDLE_CHARACTERS} characters.`);
    }
    if (clean === ownHandle) field.at(`/${index}/handle`).refuse("Name another product than this one.");
    kept.set(`${kind} ${clean}`, { kind, handle: clean });
  });
  return [...kept.values()];
}
