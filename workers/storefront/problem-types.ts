import { STAFF_PROBLEM_TYPES } from "#staff";
import { WEB_PROBLEM_TYPES } from "#web";
import { CONTENT_PROBLEM_TYPES } from "../../src/content/http/problems.ts";
import { CUSTOMER_PROBLEM_TYPES } from "../../src/customers/http/problems.ts";
import { BROWSE_PROBLEM_TYPES } from "../../src/browse/http/problems.ts";
import { CATALOG_IMPORT_PROBLEM_TYPES } from "../../src/catalog-import/http/problems.ts";
import { CATALOG_PROBLEM_TYPES } from "../../src/catalog/http/problems.ts";
import { CHANNELS_PROBLEM_TYPES } from "../../src/channels/http/problems.ts";
import { CHECKOUT_PROBLEM_TYPES } from "../../src/checkout/http/problem-types.ts";
import { STAFF_DRAFT_PROBLEM_TYPES } from "../../src/checkout/http/staff-draft-problems.ts";
import { VOUCHER_PROBLEM_TYPES } from "../../src/vouchers/http/problems.ts";
import { INVENTORY_PROBLEM_TYPES } from "../../src/inventory/http/problems.ts";
import { ORDER_PROBLEM_TYPES } from "../../src/orders/http/order-problems.ts";
import { PAYMENT_PROBLEM_TYPES } from "../../src/payments/http/problems.ts";
import { PRICING_PROBLEM_TYPES } from "../../src/pricing/http/problems.ts";
import { SEARCH_PROBLEM_TYPES } from "../../src/search/http/problems.ts";
import { RECONCILIATION_PROBLEM_TYPES } from "../../src/reconciliation/http/problems.ts";

/** Every problem type that an answer of the shop can name; each has a page. */
export const PROBLEM_TYPES = [
  ...WEB_PROBLEM_TYPES,
  ...CATALOG_PROBLEM_TYPES,
  ...CONTENT_PROBLEM_TYPES,
  ...BROWSE_PROBLEM_TYPES,
  ...CUSTOMER_PROBLEM_TYPES,
  ...CHANNELS_PROBLEM_TYPES,
  ...CHECKOUT_PROBLEM_TYPES,
  ...STAFF_DRAFT_PROBLEM_TYPES,
  ...INVENTORY_PROBLEM_TYPES,
  ...VOUCHER_PROBLEM_TYPES,
  ...PAYMENT_PROBLEM_TYPES,
  ...PRICING_PROBLEM_TYPES,
  ...ORDER_PROBLEM_TYPES,
  ...CATALOG_IMPORT_PROBLEM_TYPES,
  ...RECONCILIATION_PROBLEM_TYPES,
  ...SEARCH_PROBLEM_TYPES,
  ...STAFF_PROBLEM_TYPES,
];
