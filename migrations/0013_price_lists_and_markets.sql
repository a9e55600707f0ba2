CREATE TABLE `markets` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`currency` text NOT NULL,
	`countries` text NOT NULL,
	`default_locale` text NOT NULL,
	`locales` text NOT NULL,
	`prices_include_tax` integer NOT NULL,
	`rounding_step_minor` integer NOT NULL,
	`rounding_ending_minor` integer NOT NULL,
	`exchange_rate_ppm` integer NOT NULL,
	`path_prefix` text NOT NULL,
	`is_default` integer NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "markets_currency" CHECK(length(currency) = 3),
	CONSTRAINT "markets_json" CHECK(json_valid(countries) AND json_valid(locales)),
	CONSTRAINT "markets_flags" CHECK(prices_include_tax IN (0, 1) AND is_default IN (0, 1)),
	CONSTRAINT "markets_plain_path" CHECK((path_prefix = '') = (is_default = 1)),
	CONSTRAINT "markets_rounding" CHECK(rounding_step_minor >= 1 AND rounding_ending_minor BETWEEN 0 AND rounding_step_minor - 1),
	CONSTRAINT "markets_rate" CHECK(exchange_rate_ppm > 0 AND version >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `markets_default` ON `markets` (`is_default`) WHERE is_default = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `markets_prefix` ON `markets` (`path_prefix`);--> statement-breakpoint
CREATE TABLE `price_history` (
	`variant_id` text NOT NULL,
	`market_id` text NOT NULL,
	`customer_group` text NOT NULL,
	`from_ms` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	PRIMARY KEY(`variant_id`, `market_id`, `customer_group`, `from_ms`),
	CONSTRAINT "price_history_amount" CHECK(amount_minor >= 0 AND from_ms >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `price_list_entries` (
	`variant_id` text NOT NULL,
	`list_id` text NOT NULL,
	`min_quantity` integer NOT NULL,
	`amount_minor` integer,
	`compare_at_minor` integer,
	`percent_off_ppm` integer,
	PRIMARY KEY(`variant_id`, `list_id`, `min_quantity`),
	CONSTRAINT "price_list_entries_quantity" CHECK(min_quantity >= 1),
	CONSTRAINT "price_list_entries_one_price" CHECK((amount_minor IS NULL) <> (percent_off_ppm IS NULL)),
	CONSTRAINT "price_list_entries_amounts" CHECK(amount_minor >= 0 AND (compare_at_minor IS NULL OR compare_at_minor > amount_minor)),
	CONSTRAINT "price_list_entries_percent" CHECK(percent_off_ppm BETWEEN 0 AND 1000000)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `price_list_entries_list` ON `price_list_entries` (`list_id`,`variant_id`,`min_quantity`);--> statement-breakpoint
CREATE TABLE `price_lists` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`priority` integer NOT NULL,
	`market_id` text,
	`customer_group` text,
	`channel` text,
	`currency` text,
	`starts_at_ms` integer,
	`ends_at_ms` integer,
	`percent_off_ppm` integer,
	`is_applied` integer NOT NULL,
	`entry_count` integer NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "price_lists_words" CHECK(kind IN ('sale', 'price') AND status IN ('draft', 'active', 'archived')),
	CONSTRAINT "price_lists_priority" CHECK(priority BETWEEN -1000 AND 1000),
	CONSTRAINT "price_lists_period" CHECK(starts_at_ms IS NULL OR ends_at_ms IS NULL OR starts_at_ms < ends_at_ms),
	CONSTRAINT "price_lists_percent" CHECK(percent_off_ppm IS NULL OR percent_off_ppm BETWEEN 0 AND 1000000),
	CONSTRAINT "price_lists_numbers" CHECK(is_applied IN (0, 1) AND entry_count >= 0 AND version >= 1)
) STRICT;
--> statement-breakpoint
CREATE INDEX `price_lists_status` ON `price_lists` (`status`,`id`);--> statement-breakpoint
CREATE TABLE `price_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`checked_version` integer NOT NULL,
	`sweep_after` integer,
	CONSTRAINT "price_state_one" CHECK(id = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `price_work` (
	`product_number` integer PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `product_prices` (
	`product_number` integer NOT NULL,
	`market_id` text NOT NULL,
	`price_min_minor` integer NOT NULL,
	`price_max_minor` integer NOT NULL,
	`compare_at_minor` integer,
	PRIMARY KEY(`product_number`, `market_id`),
	CONSTRAINT "product_prices_range" CHECK(price_min_minor >= 0 AND price_max_minor >= price_min_minor)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `resolved_prices` (
	`variant_id` text NOT NULL,
	`market_id` text NOT NULL,
	`customer_group` text NOT NULL,
	`min_quantity` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`compare_at_minor` integer,
	`lowest_30_days_minor` integer,
	`reduced_since_ms` integer,
	`list_id` text,
	`base_minor` integer NOT NULL,
	`valid_until_ms` integer,
	`product_number` integer NOT NULL,
	PRIMARY KEY(`variant_id`, `market_id`, `customer_group`, `min_quantity`),
	CONSTRAINT "resolved_prices_amounts" CHECK(amount_minor >= 0 AND base_minor >= 0 AND min_quantity >= 1),
	CONSTRAINT "resolved_prices_compare" CHECK(compare_at_minor IS NULL OR compare_at_minor > amount_minor)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `resolved_prices_product` ON `resolved_prices` (`product_number`);
--> statement-breakpoint
-- The shop sells everywhere in its own currency until staff say otherwise.
INSERT INTO markets (id, name, currency, countries, default_locale, locales, prices_include_tax, rounding_step_minor,
	rounding_ending_minor, exchange_rate_ppm, path_prefix, is_default, version, updated_at_ms)
VALUES ('home', 'Europe', 'EUR', '[]', 'en-GB', '["en-GB"]', 1, 1, 0, 1000000, '', 1, 1, 0);
--> statement-breakpoint
INSERT INTO price_state (id, version, checked_version, sweep_after) VALUES (1, 1, 1, 0);
--> statement-breakpoint
-- Exactly one market is the default: the index allows no second one, and this keeps the first.
CREATE TRIGGER markets_default_stays BEFORE DELETE ON markets
WHEN old.is_default = 1
BEGIN
	SELECT RAISE(ABORT, 'default_market_stays');
END;
--> statement-breakpoint
CREATE TRIGGER markets_default_kept BEFORE UPDATE OF is_default ON markets
WHEN new.is_default <> old.is_default
BEGIN
	SELECT RAISE(ABORT, 'default_market_stays');
END;
--> statement-breakpoint
-- Whoever writes resolved prices first says which version of lists and markets they were worked out from.
CREATE TRIGGER price_state_guard BEFORE UPDATE OF checked_version ON price_state
WHEN new.checked_version <> old.version
BEGIN
	SELECT RAISE(ABORT, 'prices_moved');
END;
--> statement-breakpoint
-- Saving a product replaces its variants; the prices that follow from them are worked out again.
CREATE TRIGGER variants_price_work AFTER INSERT ON variants
BEGIN
	INSERT INTO price_work (product_number, sequence) VALUES (new.product_number, 1)
	ON CONFLICT (product_number) DO UPDATE SET sequence = sequence + 1;
END;
--> statement-breakpoint
CREATE TRIGGER variants_price_changed AFTER UPDATE OF price_minor, compare_at_minor ON variants
BEGIN
	INSERT INTO price_work (product_number, sequence) VALUES (new.product_number, 1)
	ON CONFLICT (product_number) DO UPDATE SET sequence = sequence + 1;
END;
