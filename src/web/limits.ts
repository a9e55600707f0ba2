/** Largest body of a JSON request, in bytes: a cart or checkout is under 4 KB; the rest is room. */
export const MAX_JSON_BODY_BYTES = 64 * 1024;
/** Largest body of a form, in bytes: our longest form is an address and a note. */
export const MAX_FORM_BODY_BYTES = 32 * 1024;
/** An idempotency key has 1 to 255 visible characters, as large payment providers accept. */
export const MAX_IDEMPOTENCY_KEY_CHARACTERS = 255;
/** Field errors told at once: more would not help a person and would let a body inflate its answer. */
export const MAX_FIELD_ERRORS = 50;
/** Characters of a value that is said back to whoever sent it. */
export const MAX_ECHO_CHARACTERS = 200;
