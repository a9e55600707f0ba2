ALTER TABLE `stock_rushes` ADD `shards` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `stock_rushes` ADD `shards_version` integer DEFAULT 0 NOT NULL;