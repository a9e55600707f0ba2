import type { WebVariables } from "#web";

/** The Hono environment of the storefront: bindings, and what the kit's middleware puts on each request. */
export type StorefrontHono = { Bindings: StorefrontEnv; Variables: WebVariables };
