CREATE TABLE `semantic_cells` (
	`version` integer PRIMARY KEY NOT NULL,
	`directions` blob NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `semantic_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`stage` text NOT NULL,
	`cell` integer NOT NULL,
	`number` integer NOT NULL,
	`sequence` integer NOT NULL,
	`changed` integer NOT NULL,
	`trained` integer NOT NULL,
	`trained_at_ms` integer NOT NULL,
	`claimed_until_ms` integer NOT NULL,
	CONSTRAINT "semantic_state_one" CHECK(id = 1),
	CONSTRAINT "semantic_state_stage" CHECK(stage IN ('placing', 'pairing', 'following'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `semantic_terms` (
	`version` integer NOT NULL,
	`term` text NOT NULL,
	`direction` blob NOT NULL,
	`force` real NOT NULL,
	`products` integer NOT NULL,
	PRIMARY KEY(`version`, `term`),
	CONSTRAINT "semantic_terms_values" CHECK(length(direction) = 64 AND force > 0 AND products > 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `semantic_vectors` (
	`number` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`cell` integer NOT NULL,
	`direction` blob NOT NULL,
	CONSTRAINT "semantic_vectors_values" CHECK(length(direction) = 64 AND cell >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `semantic_vectors_cell` ON `semantic_vectors` (`version`,`cell`,`number`);