import { defineConfig } from "drizzle-kit";

/** Every D1 table of the shop, module by module; `drizzle-kit generate` compares them with the last migration. */
export default defineConfig({
  dialect: "sqlite",
  out: "./migrations",
  schema: [
    "./src/browse/adapters/tables.ts",
    "./src/catalog/adapters/tables.ts",
    "./src/catalog/adapters/model-tables.ts",
    "./src/catalog-import/adapters/tables.ts",
    "./src/channels/adapters/tables.ts",
    "./src/checkout/adapters/tables.ts",
    "./src/content/adapters/tables.ts",
    "./src/customers/adapters/tables.ts",
    "./src/fulfilment/adapters/tables.ts",
    "./src/inventory/adapters/tables.ts",
    "./src/notifications/adapters/tables.ts",
    "./src/orders/adapters/tables.ts",
    "./src/pricing/adapters/tables.ts",
    "./src/reconciliation/adapters/tables.ts",
    "./src/search/adapters/tables.ts",
    "./src/semantics/adapters/tables.ts",
    "./src/shipping/adapters/tables.ts",
    "./src/staff/adapters/tables.ts",
    "./src/vouchers/adapters/tables.ts",
  ],
});
