CREATE TABLE `staff_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`cart_id` text NOT NULL,
	`checkout_id` text NOT NULL,
	`order_id` text,
	`created_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "staff_drafts_status_word" CHECK(status IN ('open', 'placing', 'placed', 'cancelled')),
	CONSTRAINT "staff_drafts_version" CHECK(version >= 1)
) STRICT;
--> statement-breakpoint
CREATE INDEX `staff_drafts_updated` ON `staff_drafts` (`updated_at_ms`,`id`);--> statement-breakpoint
CREATE INDEX `staff_drafts_status` ON `staff_drafts` (`status`,`updated_at_ms`,`id`);