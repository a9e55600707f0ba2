CREATE TABLE `bundle_components` (
	`bundle_sku` text NOT NULL,
	`component_sku` text NOT NULL,
	`quantity` integer NOT NULL,
	PRIMARY KEY(`bundle_sku`, `component_sku`),
	CONSTRAINT "bundle_components_other" CHECK(bundle_sku <> component_sku AND quantity >= 1)
) STRICT;
--> statement-breakpoint
CREATE INDEX `bundle_components_component` ON `bundle_components` (`component_sku`,`bundle_sku`);--> statement-breakpoint
CREATE TABLE `stock_location_levels` (
	`sku` text NOT NULL,
	`location` text NOT NULL,
	`on_hand` integer NOT NULL,
	`held` integer NOT NULL,
	`damaged` integer NOT NULL,
	`safety` integer NOT NULL,
	`incoming` integer NOT NULL,
	`in_transit` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`sku`, `location`),
	CONSTRAINT "stock_location_levels_counts" CHECK(held >= 0 AND damaged >= 0 AND safety >= 0 AND incoming >= 0 AND in_transit >= 0 AND version >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `stock_location_levels_location` ON `stock_location_levels` (`location`,`sku`);--> statement-breakpoint
CREATE TABLE `locations` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`address` text NOT NULL,
	`priority` integer NOT NULL,
	`is_active` integer NOT NULL,
	`ships_orders` integer NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "locations_code" CHECK(length(code) BETWEEN 1 AND 32),
	CONSTRAINT "locations_flags" CHECK(is_active IN (0, 1) AND ships_orders IN (0, 1)),
	CONSTRAINT "locations_numbers" CHECK(priority >= 0 AND version >= 1 AND updated_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `stock_transfer_lines` (
	`transfer_id` text NOT NULL,
	`sku` text NOT NULL,
	`quantity` integer NOT NULL,
	`dispatched` integer NOT NULL,
	`received` integer NOT NULL,
	`lost` integer NOT NULL,
	`returned` integer NOT NULL,
	`refusal` text,
	PRIMARY KEY(`transfer_id`, `sku`),
	CONSTRAINT "stock_transfer_lines_quantity" CHECK(quantity >= 1 AND dispatched IN (0, quantity)),
	CONSTRAINT "stock_transfer_lines_units" CHECK(received >= 0 AND lost >= 0 AND returned >= 0 AND received + lost + returned <= dispatched)
) STRICT;
--> statement-breakpoint
CREATE TABLE `stock_transfers` (
	`id` text PRIMARY KEY NOT NULL,
	`from_location` text NOT NULL,
	`to_location` text NOT NULL,
	`note` text NOT NULL,
	`request_hash` text NOT NULL,
	`is_cancelled` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "stock_transfers_ends" CHECK(from_location <> to_location AND is_cancelled IN (0, 1)),
	CONSTRAINT "stock_transfers_times" CHECK(created_at_ms >= 0 AND updated_at_ms >= created_at_ms)
) STRICT;
--> statement-breakpoint
CREATE INDEX `stock_transfers_created` ON `stock_transfers` (`created_at_ms`,`id`);--> statement-breakpoint
CREATE TABLE `__new_stock_levels` (
	`sku` text PRIMARY KEY NOT NULL,
	`on_hand` integer NOT NULL,
	`held` integer NOT NULL,
	`damaged` integer DEFAULT 0 NOT NULL,
	`safety` integer DEFAULT 0 NOT NULL,
	`incoming` integer DEFAULT 0 NOT NULL,
	`in_transit` integer DEFAULT 0 NOT NULL,
	`available` integer NOT NULL,
	`orderable` integer DEFAULT 0 NOT NULL,
	`arrangement` integer DEFAULT 0 NOT NULL,
	`policy` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`availability_rank` integer NOT NULL,
	`available_units` integer,
	`expected_at` text,
	CONSTRAINT "stock_levels_counts" CHECK(held >= 0 AND damaged >= 0 AND safety >= 0 AND incoming >= 0 AND in_transit >= 0),
	CONSTRAINT "stock_levels_available" CHECK(available = on_hand - held - safety),
	CONSTRAINT "stock_levels_policy" CHECK(json_valid(policy)),
	CONSTRAINT "stock_levels_version" CHECK(version >= 0 AND updated_at_ms >= 0),
	CONSTRAINT "stock_levels_rank" CHECK(availability_rank BETWEEN 0 AND 4),
	CONSTRAINT "stock_levels_units" CHECK(available_units IS NULL OR available_units >= 0)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_stock_levels` (sku, on_hand, held, available, orderable, policy, version, updated_at_ms, availability_rank, available_units, expected_at)
SELECT sku, on_hand, held, available, available, policy, version, updated_at_ms, availability_rank, available_units, expected_at FROM `stock_levels`;--> statement-breakpoint
DROP TABLE `stock_levels`;--> statement-breakpoint
ALTER TABLE `__new_stock_levels` RENAME TO `stock_levels`;--> statement-breakpoint
CREATE INDEX `stock_levels_availability` ON `stock_levels` (`availability_rank`,`sku`);--> statement-breakpoint
CREATE INDEX `stock_levels_arrangement` ON `stock_levels` (`arrangement`,`sku`);--> statement-breakpoint
INSERT INTO `locations` (code, name, address, priority, is_active, ships_orders, version, updated_at_ms)
VALUES ('main', 'Main', '', 0, 1, 1, 1, 0);
