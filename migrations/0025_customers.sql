CREATE TABLE `customers` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`customer_group` text,
	`tax_status` text NOT NULL,
	`tax_id` text,
	`note` text NOT NULL,
	`link_version` integer NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "customers_tax" CHECK(tax_status IN ('taxed', 'business', 'exempt')),
	CONSTRAINT "customers_tax_id" CHECK(tax_status = 'taxed' OR tax_id IS NOT NULL),
	CONSTRAINT "customers_version" CHECK(version >= 1 AND link_version >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_email` ON `customers` (`email`);--> statement-breakpoint
CREATE INDEX `customers_group` ON `customers` (`customer_group`,`email`);