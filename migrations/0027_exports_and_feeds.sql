CREATE TABLE `catalog_exports` (
	`id` text PRIMARY KEY NOT NULL,
	`format` text NOT NULL,
	`prefix` text NOT NULL,
	`status` text NOT NULL,
	`product_count` integer NOT NULL,
	`bytes` integer NOT NULL,
	`is_expired` integer NOT NULL,
	`version` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`finished_at_ms` integer,
	CONSTRAINT "catalog_exports_format" CHECK(format IN ('jsonl', 'shopify-csv', 'google')),
	CONSTRAINT "catalog_exports_numbers" CHECK(product_count >= 0 AND bytes >= 0 AND is_expired IN (0, 1) AND version >= 1 AND created_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `catalog_exports_created` ON `catalog_exports` (`created_at_ms`,`id`);--> statement-breakpoint
CREATE TABLE `merchant_feeds` (
	`prefix` text PRIMARY KEY NOT NULL,
	`generation` integer NOT NULL,
	`previous_generation` integer NOT NULL,
	`digest` text NOT NULL,
	`product_count` integer NOT NULL,
	`chunk_count` integer NOT NULL,
	`bytes` integer NOT NULL,
	`sequence` integer NOT NULL,
	`price_version` integer NOT NULL,
	`built_at_ms` integer NOT NULL,
	`checked_at_ms` integer NOT NULL,
	CONSTRAINT "merchant_feeds_numbers" CHECK(generation >= 1 AND previous_generation >= 0 AND product_count >= 0 AND chunk_count >= 0 AND bytes >= 0),
	CONSTRAINT "merchant_feeds_times" CHECK(built_at_ms >= 0 AND checked_at_ms >= built_at_ms)
) STRICT;
