import type { FieldError } from "#kernel";

/** One place of an input: what is wrong there is reported to it, and each detail says how to mend it. */
export type Field = {
  /** The place below this one; `part` is a piece of a JSON pointer, such as `/title` or `/variants/0`. */
  at(part: string): Field;
  refuse(detail: string): void;
};

/** More would not help a person and would let a body inflate its answer. */
const MAX_ERRORS = 50;

/** Starts at the root of an input; `list` fills with the first fifty errors. */
export function collectErrors(): { readonly root: Field; readonly list: readonly FieldError[] } {
  const list: FieldError[] = [];
  const fieldAt = (pointer: string): Field => ({
    at: (part) => fieldAt(pointer + part),
    refuse: (detail) => {
      if (list.length < MAX_ERRORS) list.push({ pointer, detail });
    },
  });
  return { root: fieldAt(""), list };
}

/** Text without spaces around it, in composed form, so that equal looking texts are equal. */
export const cleanText = (text: string): string => text.normalize("NFC").trim();

/** Cleans a text and checks its length; `minimum` 0 lets it be empty. */
export function readText(
  field: Field,
  text: string,
  bounds: { readonly minimum: 0 | 1; readonly maximum: number },
): string {
  const clean = cleanText(text);
  if (clean.length < bounds.minimum || clean.length > bounds.maximum) {
    field.refuse(
      bounds.minimum === 0
        ? `Use at most ${bounds.maximum} characters.`
        : `Use 1 to ${bounds.maximum} characters.`,
    );
  }
  return clean;
}

/** Checks a whole number. */
export function checkWhole(
  field: Field,
  value: number,
  bounds: { readonly minimum: number; readonly maximum: number },
): void {
  if (!Number.isSafeInteger(value) || value < bounds.minimum || value > bounds.maximum) {
    field.refuse(`Use a whole number from ${bounds.minimum} to ${bounds.maximum}.`);
  }
}

/** Checks that a list is not too long. */
export function checkCount(field: Field, count: number, maximum: number): void {
  if (count > maximum) field.refuse(`List at most ${maximum}.`);
}

const HANDLE = /^[\p{Ll}\p{Lo}\p{Lm}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]*$/u;

/** Cleans a handle and checks that it can stand in a URL as it is. */
export function readHandle(field: Field, text: string, maximum: number): string {
  const handle = cleanText(text);
  if (handle.length > maximum || !HANDLE.test(handle)) {
    field.refuse(`Use 1 to ${maximum} small letters, digits and hyphens, such as heron-print.`);
  }
  return handle;
}
