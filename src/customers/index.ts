export type * from "./contract.ts";
export { TAX_STATUSES } from "./contract.ts";
export { customerCookieOf, forgetCustomer, rememberCustomer } from "./http/customer-cookie.ts";
export { CUSTOMER_COOKIE_SECONDS, MAX_NOTE_CHARACTERS } from "./limits.ts";
