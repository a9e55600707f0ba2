CREATE TABLE `shared_words` (
	`locale` text NOT NULL,
	`own` text NOT NULL COLLATE NOCASE,
	`text` text NOT NULL,
	PRIMARY KEY(`locale`, `own`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `word_work` (
	`locale` text PRIMARY KEY NOT NULL,
	`done_locale` text NOT NULL,
	`done_key` text NOT NULL
) STRICT;
