DROP INDEX `parcels_order`;--> statement-breakpoint
CREATE INDEX `parcels_order` ON `parcels` (`order_id`);