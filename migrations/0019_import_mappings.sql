CREATE TABLE `import_mappings` (
	`name` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "import_mappings_version" CHECK(version >= 1),
	CONSTRAINT "import_mappings_body" CHECK(json_valid(body)),
	CONSTRAINT "import_mappings_time" CHECK(updated_at_ms >= 0)
) STRICT;
