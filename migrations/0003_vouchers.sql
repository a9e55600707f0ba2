CREATE TABLE `vouchers` (
	`voucher_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`code_hash` text,
	`search_key` text NOT NULL,
	`terms` text NOT NULL,
	`used_count` integer NOT NULL,
	`held` integer NOT NULL,
	`balance_minor` integer NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "vouchers_kind" CHECK(kind IN ('coupon', 'gift_card', 'store_credit')),
	CONSTRAINT "vouchers_terms" CHECK(json_valid(terms)),
	CONSTRAINT "vouchers_numbers" CHECK(used_count >= 0 AND held >= 0 AND balance_minor >= 0),
	CONSTRAINT "vouchers_version" CHECK(version >= 1 AND updated_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `vouchers_code_hash` ON `vouchers` (`code_hash`) WHERE code_hash IS NOT NULL;--> statement-breakpoint
CREATE INDEX `vouchers_newest` ON `vouchers` (`kind`,`updated_at_ms`,`voucher_id`);--> statement-breakpoint
CREATE INDEX `vouchers_search` ON `vouchers` (`kind`,`search_key`,`voucher_id`);