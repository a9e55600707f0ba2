CREATE TABLE `facets` (
	`key` text PRIMARY KEY NOT NULL,
	`label` text NOT NULL,
	`sources` text NOT NULL,
	`position` integer NOT NULL,
	`is_active` integer NOT NULL,
	`value_order` text NOT NULL,
	CONSTRAINT "facets_sources" CHECK(json_valid(sources)),
	CONSTRAINT "facets_flags" CHECK(is_active IN (0, 1) AND position >= 0),
	CONSTRAINT "facets_order" CHECK(value_order IN ('count', 'natural'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `facets_position` ON `facets` (`position`,`key`);