/**
 * W3C Trace Context (https://www.w3.org/TR/trace-context/): one `traceparent` travels from the router through object
 * calls and queue messages to the consumer, because the platform's own spans do not cross a queue.
 */
export type Traceparent = `00-${string}-${string}-${"00" | "01"}`;

const PATTERN = /^00-([0-9a-f]{32})-([0-9a-f]{16})-(00|01)$/;

const randomHex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => b.toString(16).padStart(2, "0")).join("");

/** Starts a new trace. */
export const newTraceparent = (): Traceparent => `00-${randomHex(16)}-${randomHex(8)}-01`;

/** Adopts a valid inbound header and gives this hop its own span id; anything else starts a new trace. */
export function continueTrace(header: string | null | undefined): Traceparent {
  const match = header ? PATTERN.exec(header) : null;
  const traceId = match?.[1];
  if (!traceId || /^0+$/.test(traceId)) return newTraceparent();
  return `00-${traceId}-${randomHex(8)}-01`;
}

/** The 32 hex characters that all records of one trace share. */
export const traceIdOf = (traceparent: string): string => PATTERN.exec(traceparent)?.[1] ?? "unknown";
