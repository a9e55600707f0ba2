CREATE TABLE `product_pairs` (
	`product_number` integer NOT NULL,
	`kind` text NOT NULL,
	`other_number` integer NOT NULL,
	`score` real NOT NULL,
	PRIMARY KEY(`product_number`, `kind`, `other_number`),
	CONSTRAINT "product_pairs_kind" CHECK(kind IN ('bought', 'viewed', 'alike')),
	CONSTRAINT "product_pairs_values" CHECK(score >= 0 AND product_number <> other_number)
) STRICT;
--> statement-breakpoint
CREATE INDEX `product_pairs_best` ON `product_pairs` (`product_number`,`kind`,`score`,`other_number`);--> statement-breakpoint
CREATE TABLE `search_phrases` (
	`phrase` text PRIMARY KEY NOT NULL,
	`score` real NOT NULL,
	`searches` integer NOT NULL,
	CONSTRAINT "search_phrases_values" CHECK(score >= 0 AND searches >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `search_phrases_score` ON `search_phrases` (`score`);--> statement-breakpoint
CREATE TABLE `search_queries` (
	`day` integer NOT NULL,
	`query` text NOT NULL,
	`searches` integer DEFAULT 0 NOT NULL,
	`misses` integer DEFAULT 0 NOT NULL,
	`clicks` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`day`, `query`),
	CONSTRAINT "search_queries_counts" CHECK(searches >= 0 AND misses >= 0 AND clicks >= 0 AND day > 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `shopper_events_seen` (
	`event_id` text PRIMARY KEY NOT NULL,
	`run` text NOT NULL,
	`seen_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `shopper_events_seen_at` ON `shopper_events_seen` (`seen_at_ms`);