/**
 * Stands in the Workers for the packages that turn schemas into OpenAPI: the documents are made at build time, and the
 * real ones would add 60 KB to every cold start.
 */
const absent = (): never => {
  throw new Error("OpenAPI documents are made by the build, not in a Worker.");
};

export const loadVendor = (): void => undefined;
export const toJsonSchema = absent;
export const toOpenAPISchema = absent;
