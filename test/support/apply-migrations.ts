import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";

// Runs before each test file, against the file's own fresh database.
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
