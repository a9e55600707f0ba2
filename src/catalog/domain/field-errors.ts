import type { FieldError } from "#kernel";

/** Collects what is wrong with an input, one entry per field; each detail says how to mend it. */
export type FieldErrors = { readonly list: FieldError[]; add(pointer: string, detail: string): void };

/** More would not help a person and would let a body inflate its answer. */
const MAX_ERRORS = 50;

/** A collector that keeps the first fifty errors. */
export function collectErrors(): FieldErrors {
  const list: FieldError[] = [];
  return {
    list,
    add: (pointer, detail) => {
      if (list.length < MAX_ERRORS) list.push({ pointer, detail });
    },
  };
}

/** Text without spaces around it, in composed form, so that equal looking texts are equal. */
export const cleanText = (text: string): string => text.normalize("NFC").trim();

/** Cleans a text and checks its length; `minimum` 0 lets it be empty. */
export function readText(
  errors: FieldErrors,
  pointer: string,
  text: string,
  bounds: { readonly minimum: 0 | 1; readonly maximum: number },
): string {
  const clean = cleanText(text);
  if (clean.length < bounds.minimum || clean.length > bounds.maximum) {
    errors.add(
      pointer,
      bounds.minimum === 0
        ? `Use at most ${bounds.maximum} characters.`
        : `Use 1 to ${bounds.maximum} characters.`,
    );
  }
  return clean;
}

/** Checks a whole number. */
export function checkWhole(
  errors: FieldErrors,
  pointer: string,
  value: number,
  bounds: { readonly minimum: number; readonly maximum: number },
): void {
  if (!Number.isSafeInteger(value) || value < bounds.minimum || value > bounds.maximum) {
    errors.add(pointer, `Use a whole number from ${bounds.minimum} to ${bounds.maximum}.`);
  }
}

/** Checks that a list is not too long. */
export function checkCount(errors: FieldErrors, pointer: string, count: number, maximum: number): void {
  if (count > maximum) errors.add(pointer, `List at most ${maximum}.`);
}

const HANDLE = /^[\p{Ll}\p{Lo}\p{Lm}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]*$/u;

/** Cleans a handle and checks that it can stand in a URL as it is. */
export function readHandle(errors: FieldErrors, pointer: string, text: string, maximum: number): string {
  const handle = cleanText(text);
  if (handle.length > maximum || !HANDLE.test(handle)) {
    errors.add(pointer, `Use 1 to ${maximum} small letters, digits and hyphens, such as heron-print.`);
  }
  return handle;
}
