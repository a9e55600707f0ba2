CREATE TABLE `stock_rushes` (
	`sku` text PRIMARY KEY NOT NULL,
	`line_open_until_ms` integer NOT NULL,
	CONSTRAINT "stock_rushes_until" CHECK(line_open_until_ms >= 0)
) STRICT;
