import { traceIdOf } from "./trace.ts";

/** Facts of one record; never a secret, an address or a card. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type Logger = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

/** One JSON object a line: `event` is past tense and dotted, `traceId` joins the records of one request. */
export function createLogger(component: string, traceparent?: string): Logger {
  const base = { component, ...(traceparent ? { traceId: traceIdOf(traceparent) } : {}) };
  const write =
    (level: "info" | "warn" | "error") =>
    (event: string, fields: LogFields = {}): void => {
      console[level](JSON.stringify({ level, event, ...base, ...fields }));
    };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

/** The message of whatever was thrown, for a log line; never for an answer. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
