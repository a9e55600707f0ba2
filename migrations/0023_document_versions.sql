CREATE TABLE `document_versions` (
	`name` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`read_version` integer NOT NULL,
	CONSTRAINT "document_versions_read" CHECK(version = read_version + 1)
) STRICT;
