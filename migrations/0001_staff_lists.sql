PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`queue` text NOT NULL,
	`body` text NOT NULL,
	`reason` text NOT NULL,
	`received_at_ms` integer NOT NULL,
	`times` integer DEFAULT 1 NOT NULL,
	`replayed_at_ms` integer,
	CONSTRAINT "dead_letters_times" CHECK(received_at_ms >= 0 AND times >= 1 AND (replayed_at_ms IS NULL OR replayed_at_ms >= 0))
);
--> statement-breakpoint
INSERT INTO `__new_dead_letters`("id", "queue", "body", "reason", "received_at_ms", "times", "replayed_at_ms") SELECT "id", "queue", "body", "reason", "received_at_ms", "times", "replayed_at_ms" FROM `dead_letters`;--> statement-breakpoint
DROP TABLE `dead_letters`;--> statement-breakpoint
ALTER TABLE `__new_dead_letters` RENAME TO `dead_letters`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `dead_letters_received` ON `dead_letters` (`received_at_ms`,`id`);--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`received_at_ms`,`id`) WHERE replayed_at_ms IS NULL;--> statement-breakpoint
DROP INDEX `parcels_status`;--> statement-breakpoint
CREATE INDEX `parcels_created` ON `parcels` (`created_at_ms`,`parcel_id`);--> statement-breakpoint
CREATE INDEX `parcels_status_created` ON `parcels` (`status`,`created_at_ms`,`parcel_id`);--> statement-breakpoint
DROP INDEX `orders_number`;--> statement-breakpoint
ALTER TABLE `orders` ADD `search_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `checked_at_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_number_placed` ON `orders` (`number`,`placed_at_ms`);--> statement-breakpoint
CREATE INDEX `orders_payment_placed` ON `orders` (`payment_status`,`placed_at_ms`,`id`);--> statement-breakpoint
CREATE INDEX `orders_search_name` ON `orders` (`search_name`,`placed_at_ms`);--> statement-breakpoint
CREATE INDEX `orders_open_checked` ON `orders` (`checked_at_ms`) WHERE status NOT IN ('delivered', 'closed', 'cancelled');--> statement-breakpoint
ALTER TABLE `order_events` ADD `note` text;--> statement-breakpoint
CREATE INDEX `stock_levels_availability` ON `stock_levels` (`availability_rank`,`sku`);