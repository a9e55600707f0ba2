CREATE TABLE `media_files` (
	`name` text PRIMARY KEY NOT NULL,
	`content_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`alt` text NOT NULL,
	`focal_x` integer NOT NULL,
	`focal_y` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	CONSTRAINT "media_files_sizes" CHECK(width > 0 AND height > 0 AND bytes > 0),
	CONSTRAINT "media_files_focal" CHECK(focal_x BETWEEN 0 AND 100 AND focal_y BETWEEN 0 AND 100),
	CONSTRAINT "media_files_time" CHECK(created_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `media_files_newest` ON `media_files` (`created_at_ms`,`name`);--> statement-breakpoint
ALTER TABLE `media` ADD `focal_x` integer;--> statement-breakpoint
ALTER TABLE `media` ADD `focal_y` integer;--> statement-breakpoint
CREATE INDEX `media_url` ON `media` (`url`);