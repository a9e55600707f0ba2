/** Entry points of the Workers that a test can break and mend while they serve. */
export const BREAKABLE_MAINS = {
  storefront: "test/faults/storefront-main.ts",
  fulfilment: "test/faults/fulfilment-main.ts",
} as const;
