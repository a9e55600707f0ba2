CREATE TABLE `break_attempts` (
	`break_id` text NOT NULL,
	`attempt_id` text NOT NULL,
	`action` text NOT NULL,
	`actor` text NOT NULL,
	`outcome` text NOT NULL,
	`detail` text NOT NULL,
	`at_ms` integer NOT NULL,
	PRIMARY KEY(`break_id`, `attempt_id`),
	CONSTRAINT "break_attempts_outcome" CHECK(outcome IN ('done', 'refused', 'failed')),
	CONSTRAINT "break_attempts_at_ms" CHECK(at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `break_attempts_at` ON `break_attempts` (`break_id`,`at_ms`);--> statement-breakpoint
CREATE TABLE `breaks` (
	`id` text PRIMARY KEY NOT NULL,
	`class` text NOT NULL,
	`aggregate_kind` text NOT NULL,
	`aggregate_id` text NOT NULL,
	`subject` text NOT NULL,
	`expected` text NOT NULL,
	`found` text NOT NULL,
	`status` text NOT NULL,
	`first_seen_ms` integer NOT NULL,
	`opened_at_ms` integer NOT NULL,
	`last_seen_ms` integer NOT NULL,
	`times_seen` integer NOT NULL,
	`resolved_at_ms` integer,
	`accepted_reason` text,
	`accepted_by` text,
	`aid_attempts` integer DEFAULT 0 NOT NULL,
	`next_aid_at_ms` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "breaks_status" CHECK(status IN ('open', 'accepted', 'resolved')),
	CONSTRAINT "breaks_aggregate_kind" CHECK(aggregate_kind IN ('order', 'stock', 'voucher')),
	CONSTRAINT "breaks_times" CHECK(first_seen_ms >= 0 AND opened_at_ms >= first_seen_ms AND last_seen_ms >= opened_at_ms),
	CONSTRAINT "breaks_counts" CHECK(times_seen >= 1 AND aid_attempts >= 0),
	CONSTRAINT "breaks_resolved" CHECK((status = 'resolved') = (resolved_at_ms IS NOT NULL)),
	CONSTRAINT "breaks_accepted" CHECK(status <> 'accepted' OR (accepted_reason IS NOT NULL AND accepted_by IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `breaks_status_seen` ON `breaks` (`status`,`last_seen_ms`,`id`);--> statement-breakpoint
CREATE INDEX `breaks_class_seen` ON `breaks` (`class`,`status`,`last_seen_ms`,`id`);--> statement-breakpoint
CREATE INDEX `breaks_aggregate` ON `breaks` (`aggregate_kind`,`aggregate_id`);--> statement-breakpoint
CREATE TABLE `reconciliation_jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`cursor` text,
	`lap_started_at_ms` integer,
	`checked` integer DEFAULT 0 NOT NULL,
	`found` integer DEFAULT 0 NOT NULL,
	`last_lap_at_ms` integer,
	`last_lap_checked` integer DEFAULT 0 NOT NULL,
	`last_lap_found` integer DEFAULT 0 NOT NULL,
	`object_checksum` text DEFAULT '' NOT NULL,
	`copy_checksum` text DEFAULT '' NOT NULL,
	`lease_owner` text,
	`lease_until_ms` integer DEFAULT 0 NOT NULL,
	`updated_at_ms` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "reconciliation_jobs_counts" CHECK(checked >= 0 AND found >= 0 AND last_lap_checked >= 0 AND last_lap_found >= 0),
	CONSTRAINT "reconciliation_jobs_lease" CHECK(lease_until_ms >= 0 AND updated_at_ms >= 0)
) STRICT;
