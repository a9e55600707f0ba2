ALTER TABLE `dead_letters` ADD `times` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
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