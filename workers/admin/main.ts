import { createAdmin } from "./app.ts";

export { ExportObject } from "./export-object.ts";
export { ImportObject } from "./import-object.ts";

const app = createAdmin();

/** The back office Worker; only the storefront's service binding reaches it. */
export default { fetch: app.fetch } satisfies ExportedHandler<AdminEnv>;
