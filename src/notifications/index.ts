export type * from "./contract.ts";
export { MAIL_TEMPLATES } from "./contract.ts";
