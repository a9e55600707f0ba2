CREATE TABLE `content_documents` (
	`key` text PRIMARY KEY NOT NULL,
	`document` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "content_documents_json" CHECK(json_valid(document)),
	CONSTRAINT "content_documents_version" CHECK(version >= 1 AND updated_at_ms >= 0)
) STRICT;
