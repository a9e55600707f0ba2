export type * from "./contract.ts";
export type { IndexFollow, IndexSource, ListingPorts } from "./app/ports.ts";
export { listProducts, type ListingRequest } from "./app/list-products.ts";
