// The type of `env` (from "cloudflare:workers") in tests; its values are named in wrangler.workerd.toml.
type TestClasses = typeof import("./workerd-main.ts");

/** A namespace typed by the class that workerd-main.ts exports under this name; untyped until it does. */
type NamespaceOf<Name extends string> = Name extends keyof TestClasses
  ? NamespaceOfClass<TestClasses[Name]>
  : DurableObjectNamespace;

type NamespaceOfClass<Class> = Class extends new (ctx: DurableObjectState, env: never) => infer Instance
  ? Instance extends Rpc.DurableObjectBranded
    ? DurableObjectNamespace<Instance>
    : DurableObjectNamespace
  : DurableObjectNamespace;

declare namespace Cloudflare {
  interface Env {
    ENVIRONMENT: string;
    SHOP_ORIGIN: string;
    SHOP_TIME_ZONE: string;
    PAYMENT_PROVIDERS: string;
    BANK_TRANSFER_DETAILS: string;
    CASH_ON_DELIVERY_COUNTRIES: string;
    CASH_ON_DELIVERY_LIMIT_MINOR: string;
    PAYMENT_SANDBOX_URL: string;
    WEBHOOK_URL: string;
    CARRIER_STEP_SECONDS: string;
    PACK_AFTER_SECONDS: string;
    MERCHANT_NAME: string;
    LATE_SECONDS: string;
    SESSION_SECRET: string;
    PAYMENT_SANDBOX_KEY: string;
    PAYMENT_WEBHOOK_SECRET: string;
    ADMIN_DEV_PASSWORD: string;
    ADMIN_API_TOKEN: string;
    DB: D1Database;
    MEDIA: R2Bucket;
    FILES: R2Bucket;
    STOCK: NamespaceOf<"StockObject">;
    STOCK_SHARDS: NamespaceOf<"StockShardObject">;
    ORDERS: NamespaceOf<"OrderObject">;
    CARTS: NamespaceOf<"CartObject">;
    GATES: NamespaceOf<"GateObject">;
    CATALOG_INDEX: NamespaceOf<"CatalogIndexObject">;
    IMPORTS: NamespaceOf<"ImportObject">;
    EXPORTS: NamespaceOf<"ExportObject">;
    IMAGES: ImagesBinding;
    RECENTLY_VIEWED: DurableObjectNamespace;
    VOUCHERS: NamespaceOf<"VoucherObject">;
    WEBHOOK_INBOX: NamespaceOf<"WebhookInboxObject">;
    PURGES: NamespaceOf<"PurgeObject">;
    PURGE_QUEUE: Queue;
    PARCELS: NamespaceOf<"ParcelObject">;
    TRAININGS: NamespaceOf<"TrainingObject">;
    PAYMENTS: NamespaceOf<"SandboxPaymentObject">;
    LEDGER: NamespaceOf<"SandboxLedgerObject">;
    PROBE: NamespaceOf<"ProbeObject">;
    PROJECTION_QUEUE: Queue;
    SHIPPING_QUEUE: Queue;
    NOTIFICATION_QUEUE: Queue;
    CARRIER_QUEUE: Queue;
    SHOPPER_EVENT_QUEUE: Queue;
    LIMIT_WRITES: RateLimit;
    LIMIT_PLACE: RateLimit;
    LIMIT_CODES: RateLimit;
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
}
