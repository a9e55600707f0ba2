CREATE TABLE `collection_products` (
	`collection_id` text NOT NULL,
	`product_number` integer NOT NULL,
	`is_listed` integer NOT NULL,
	`is_sold_out` integer NOT NULL,
	`featured_position` integer NOT NULL,
	`published_at_ms` integer NOT NULL,
	`price_min_minor` integer NOT NULL,
	`title_key` text NOT NULL,
	PRIMARY KEY(`collection_id`, `product_number`),
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "collection_products_flags" CHECK(is_listed IN (0, 1) AND is_sold_out IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE INDEX `collection_products_product` ON `collection_products` (`product_number`);--> statement-breakpoint
CREATE INDEX `collection_products_featured` ON `collection_products` (`collection_id`,`is_sold_out`,`featured_position`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `collection_products_newest` ON `collection_products` (`collection_id`,`published_at_ms`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `collection_products_price` ON `collection_products` (`collection_id`,`price_min_minor`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `collection_products_title` ON `collection_products` (`collection_id`,`title_key`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE TABLE `collections` (
	`id` text PRIMARY KEY NOT NULL,
	`handle` text NOT NULL,
	`title` text NOT NULL,
	`description_html` text NOT NULL,
	`picture` text,
	`position` integer NOT NULL,
	`rule_kind` text NOT NULL,
	`rule_tag` text,
	`rule_days` integer,
	`product_count` integer DEFAULT 0 NOT NULL,
	`content_hash` text NOT NULL,
	`version` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "collections_rule" CHECK((rule_kind = 'manual' AND rule_tag IS NULL AND rule_days IS NULL) OR (rule_kind = 'tag' AND rule_tag IS NOT NULL AND rule_days IS NULL) OR (rule_kind = 'newest' AND rule_tag IS NULL AND rule_days > 0)),
	CONSTRAINT "collections_counts" CHECK(product_count >= 0 AND position >= 0 AND version >= 1),
	CONSTRAINT "collections_times" CHECK(created_at_ms >= 0 AND updated_at_ms >= created_at_ms)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `collections_handle` ON `collections` (`handle`);--> statement-breakpoint
CREATE INDEX `collections_position` ON `collections` (`position`,`id`);--> statement-breakpoint
CREATE INDEX `collections_tag` ON `collections` (`rule_tag`) WHERE rule_kind = 'tag';--> statement-breakpoint
CREATE INDEX `collections_newest` ON `collections` (`rule_kind`) WHERE rule_kind = 'newest';--> statement-breakpoint
CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`product_number` integer NOT NULL,
	`position` integer NOT NULL,
	`url` text NOT NULL,
	`alt` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	FOREIGN KEY (`product_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "media_sizes" CHECK(width > 0 AND height > 0 AND position >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `media_product` ON `media` (`product_number`,`position`);--> statement-breakpoint
CREATE TABLE `products` (
	`number` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`handle` text NOT NULL,
	`title` text NOT NULL,
	`title_key` text NOT NULL,
	`status` text NOT NULL,
	`vendor` text NOT NULL,
	`product_type` text NOT NULL,
	`description_html` text NOT NULL,
	`tags` text NOT NULL,
	`options` text NOT NULL,
	`attributes` text NOT NULL,
	`seo_title` text,
	`seo_description` text,
	`currency` text NOT NULL,
	`published_at_ms` integer NOT NULL,
	`featured_position` integer NOT NULL,
	`price_min_minor` integer NOT NULL,
	`price_max_minor` integer NOT NULL,
	`compare_at_minor` integer,
	`availability_rank` integer NOT NULL,
	`is_sold_out` integer GENERATED ALWAYS AS ((availability_rank = 4)) VIRTUAL,
	`expected_at` text,
	`picture` text,
	`second_picture` text,
	`variant_count` integer NOT NULL,
	`content_hash` text NOT NULL,
	`version` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "products_status_known" CHECK(status IN ('draft', 'active', 'archived')),
	CONSTRAINT "products_prices" CHECK(price_min_minor >= 0 AND price_max_minor >= price_min_minor),
	CONSTRAINT "products_compare_at" CHECK(compare_at_minor IS NULL OR compare_at_minor > 0),
	CONSTRAINT "products_rank" CHECK(availability_rank BETWEEN 0 AND 4),
	CONSTRAINT "products_counts" CHECK(variant_count >= 1 AND version >= 1 AND featured_position >= 1),
	CONSTRAINT "products_times" CHECK(published_at_ms >= 0 AND created_at_ms >= 0 AND updated_at_ms >= created_at_ms),
	CONSTRAINT "products_json" CHECK(json_valid(tags) AND json_valid(options) AND json_valid(attributes)),
	CONSTRAINT "products_currency" CHECK(length(currency) = 3)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `products_id` ON `products` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `products_handle` ON `products` (`handle`);--> statement-breakpoint
CREATE INDEX `products_featured` ON `products` (`is_sold_out`,`featured_position`,`number`) WHERE status = 'active';--> statement-breakpoint
CREATE INDEX `products_newest` ON `products` (`published_at_ms`,`number`) WHERE status = 'active';--> statement-breakpoint
CREATE INDEX `products_price` ON `products` (`price_min_minor`,`number`) WHERE status = 'active';--> statement-breakpoint
CREATE INDEX `products_title` ON `products` (`title_key`,`number`) WHERE status = 'active';--> statement-breakpoint
CREATE INDEX `products_updated` ON `products` (`updated_at_ms`,`number`);--> statement-breakpoint
CREATE INDEX `products_status_updated` ON `products` (`status`,`updated_at_ms`,`number`);--> statement-breakpoint
CREATE TABLE `slug_history` (
	`handle` text PRIMARY KEY NOT NULL,
	`product_number` integer NOT NULL,
	`moved_at_ms` integer NOT NULL,
	FOREIGN KEY (`product_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "slug_history_time" CHECK(moved_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `slug_history_product` ON `slug_history` (`product_number`);--> statement-breakpoint
CREATE TABLE `variants` (
	`id` text PRIMARY KEY NOT NULL,
	`product_number` integer NOT NULL,
	`position` integer NOT NULL,
	`sku` text NOT NULL,
	`barcode` text,
	`option_values` text NOT NULL,
	`title` text NOT NULL,
	`price_minor` integer NOT NULL,
	`compare_at_minor` integer,
	`lowest_30_days_minor` integer,
	`weight_grams` integer NOT NULL,
	`tax_class` text NOT NULL,
	`requires_shipping` integer NOT NULL,
	`media_id` text,
	FOREIGN KEY (`product_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "variants_prices" CHECK(price_minor >= 0 AND (compare_at_minor IS NULL OR compare_at_minor > price_minor)),
	CONSTRAINT "variants_lowest" CHECK(lowest_30_days_minor IS NULL OR lowest_30_days_minor >= 0),
	CONSTRAINT "variants_amounts" CHECK(weight_grams >= 0 AND position >= 0),
	CONSTRAINT "variants_tax_class" CHECK(tax_class IN ('standard', 'reduced', 'zero')),
	CONSTRAINT "variants_shipping" CHECK(requires_shipping IN (0, 1)),
	CONSTRAINT "variants_json" CHECK(json_valid(option_values)),
	CONSTRAINT "variants_sku_length" CHECK(length(sku) BETWEEN 1 AND 64)
) STRICT;
--> statement-breakpoint
CREATE INDEX `variants_product` ON `variants` (`product_number`,`position`);--> statement-breakpoint
CREATE INDEX `variants_sku` ON `variants` (`sku`);--> statement-breakpoint
CREATE INDEX `variants_sku_any_case` ON `variants` (sku COLLATE NOCASE);--> statement-breakpoint
CREATE INDEX `variants_barcode` ON `variants` (`barcode`) WHERE barcode IS NOT NULL;--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`file_hash` text NOT NULL,
	`policy` text NOT NULL,
	`status` text NOT NULL,
	`row_count` integer DEFAULT 0 NOT NULL,
	`product_count` integer DEFAULT 0 NOT NULL,
	`created_count` integer DEFAULT 0 NOT NULL,
	`changed_count` integer DEFAULT 0 NOT NULL,
	`same_count` integer DEFAULT 0 NOT NULL,
	`refused_count` integer DEFAULT 0 NOT NULL,
	`error_count` integer DEFAULT 0 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`finished_at_ms` integer,
	CONSTRAINT "imports_policy" CHECK(policy IN ('reject-all', 'reject-failed-rows')),
	CONSTRAINT "imports_counts" CHECK(row_count >= 0 AND product_count >= 0 AND created_count >= 0 AND changed_count >= 0 AND same_count >= 0 AND refused_count >= 0 AND error_count >= 0),
	CONSTRAINT "imports_times" CHECK(created_at_ms >= 0 AND (finished_at_ms IS NULL OR finished_at_ms >= created_at_ms))
) STRICT;
--> statement-breakpoint
CREATE INDEX `imports_created` ON `imports` (`created_at_ms`,`id`);--> statement-breakpoint
CREATE INDEX `imports_file` ON `imports` (`file_hash`);--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`queue` text NOT NULL,
	`body` text NOT NULL,
	`reason` text NOT NULL,
	`received_at_ms` integer NOT NULL,
	`replayed_at_ms` integer,
	CONSTRAINT "dead_letters_times" CHECK(received_at_ms >= 0 AND (replayed_at_ms IS NULL OR replayed_at_ms >= 0))
) STRICT;
--> statement-breakpoint
CREATE INDEX `dead_letters_received` ON `dead_letters` (`received_at_ms`,`id`);--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`received_at_ms`,`id`) WHERE replayed_at_ms IS NULL;--> statement-breakpoint
CREATE TABLE `parcels` (
	`parcel_id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`shipment_id` text NOT NULL,
	`carrier` text NOT NULL,
	`tracking_number` text NOT NULL,
	`status` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "parcels_status_known" CHECK(status IN ('label_created', 'in_transit', 'out_for_delivery', 'delivered', 'delayed')),
	CONSTRAINT "parcels_times" CHECK(created_at_ms >= 0 AND updated_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `parcels_order` ON `parcels` (`order_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `parcels_tracking_number` ON `parcels` (`tracking_number`);--> statement-breakpoint
CREATE INDEX `parcels_status` ON `parcels` (`status`,`updated_at_ms`);--> statement-breakpoint
CREATE TABLE `stock_levels` (
	`sku` text PRIMARY KEY NOT NULL,
	`on_hand` integer NOT NULL,
	`held` integer NOT NULL,
	`available` integer NOT NULL,
	`policy` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`availability_rank` integer NOT NULL,
	`available_units` integer,
	`expected_at` text,
	CONSTRAINT "stock_levels_held" CHECK(held >= 0),
	CONSTRAINT "stock_levels_available" CHECK(available = on_hand - held),
	CONSTRAINT "stock_levels_policy" CHECK(json_valid(policy)),
	CONSTRAINT "stock_levels_version" CHECK(version >= 0 AND updated_at_ms >= 0),
	CONSTRAINT "stock_levels_rank" CHECK(availability_rank BETWEEN 0 AND 4),
	CONSTRAINT "stock_levels_units" CHECK(available_units IS NULL OR available_units >= 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`template` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`html` text NOT NULL,
	`text` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	CONSTRAINT "mails_time" CHECK(created_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `mails_created` ON `mails` (`created_at_ms`,`id`);--> statement-breakpoint
CREATE INDEX `mails_order` ON `mails` (`order_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `order_events` (
	`order_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`type` text NOT NULL,
	`occurred_at_ms` integer NOT NULL,
	PRIMARY KEY(`order_id`, `sequence`),
	CONSTRAINT "order_events_sequence" CHECK(sequence >= 1 AND occurred_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `order_lines` (
	`order_id` text NOT NULL,
	`line_id` text NOT NULL,
	`sku` text NOT NULL,
	`title` text NOT NULL,
	`quantity` integer NOT NULL,
	`total_minor` integer NOT NULL,
	PRIMARY KEY(`order_id`, `line_id`),
	CONSTRAINT "order_lines_amounts" CHECK(quantity >= 1 AND total_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `order_lines_sku` ON `order_lines` (`sku`,`order_id`);--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`status` text NOT NULL,
	`email` text NOT NULL,
	`customer_name` text NOT NULL,
	`country` text NOT NULL,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`item_count` integer NOT NULL,
	`payment_status` text NOT NULL,
	`placed_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`version` integer NOT NULL,
	`view` text NOT NULL,
	CONSTRAINT "orders_money" CHECK(total_minor >= 0),
	CONSTRAINT "orders_counts" CHECK(item_count >= 0 AND version >= 1),
	CONSTRAINT "orders_times" CHECK(placed_at_ms >= 0 AND updated_at_ms >= 0),
	CONSTRAINT "orders_view" CHECK(json_valid(view))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_number` ON `orders` (`number`);--> statement-breakpoint
CREATE INDEX `orders_placed` ON `orders` (`placed_at_ms`,`id`);--> statement-breakpoint
CREATE INDEX `orders_status_placed` ON `orders` (`status`,`placed_at_ms`,`id`);--> statement-breakpoint
CREATE INDEX `orders_email` ON `orders` (`email`,`placed_at_ms`);--> statement-breakpoint
CREATE TABLE `tax_rates` (
	`country` text NOT NULL,
	`tax_class` text NOT NULL,
	`rate_ppm` integer NOT NULL,
	PRIMARY KEY(`country`, `tax_class`),
	CONSTRAINT "tax_rates_country" CHECK(length(country) = 2),
	CONSTRAINT "tax_rates_class" CHECK(tax_class IN ('standard', 'reduced', 'zero')),
	CONSTRAINT "tax_rates_rate" CHECK(rate_ppm BETWEEN 0 AND 1000000)
) STRICT;
--> statement-breakpoint
CREATE TABLE `delivery_methods` (
	`method_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`carrier` text NOT NULL,
	`countries` text NOT NULL,
	`currency` text NOT NULL,
	`price_minor` integer NOT NULL,
	`free_from_minor` integer,
	`min_days` integer NOT NULL,
	`max_days` integer NOT NULL,
	`cutoff_hour` integer NOT NULL,
	`position` integer NOT NULL,
	`is_active` integer NOT NULL,
	CONSTRAINT "delivery_methods_money" CHECK(price_minor >= 0 AND (free_from_minor IS NULL OR free_from_minor >= 0)),
	CONSTRAINT "delivery_methods_days" CHECK(min_days >= 0 AND max_days >= min_days),
	CONSTRAINT "delivery_methods_hour" CHECK(cutoff_hour BETWEEN 0 AND 23),
	CONSTRAINT "delivery_methods_position" CHECK(position >= 0),
	CONSTRAINT "delivery_methods_flag" CHECK(is_active IN (0, 1)),
	CONSTRAINT "delivery_methods_countries" CHECK(json_valid(countries)),
	CONSTRAINT "delivery_methods_currency" CHECK(length(currency) = 3)
) STRICT;
--> statement-breakpoint
CREATE INDEX `delivery_methods_active` ON `delivery_methods` (`is_active`,`position`,`method_id`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	CONSTRAINT "settings_value" CHECK(json_valid(value))
) STRICT;
--> statement-breakpoint
-- Two people saving one product: the second one's batch is undone as a whole.
CREATE TRIGGER products_version_guard BEFORE UPDATE OF version ON products
WHEN new.version <> old.version + 1
BEGIN
	SELECT RAISE(ABORT, 'version_conflict');
END;
--> statement-breakpoint
-- Collections sort by copies of the products' keys; the copies follow by themselves.
CREATE TRIGGER products_sort_keys AFTER UPDATE OF status, availability_rank, featured_position, published_at_ms, price_min_minor, title_key ON products
WHEN (new.status = 'active') <> (old.status = 'active')
	OR new.is_sold_out <> old.is_sold_out
	OR new.featured_position <> old.featured_position
	OR new.published_at_ms <> old.published_at_ms
	OR new.price_min_minor <> old.price_min_minor
	OR new.title_key <> old.title_key
BEGIN
	UPDATE collection_products SET
		is_listed = (new.status = 'active'),
		is_sold_out = new.is_sold_out,
		featured_position = new.featured_position,
		published_at_ms = new.published_at_ms,
		price_min_minor = new.price_min_minor,
		title_key = new.title_key
	WHERE product_number = new.number;
END;
--> statement-breakpoint
-- The number of products in a collection is kept here and never counted on reading.
CREATE TRIGGER collection_products_joined AFTER INSERT ON collection_products
WHEN new.is_listed = 1
BEGIN
	UPDATE collections SET product_count = product_count + 1 WHERE id = new.collection_id;
END;
--> statement-breakpoint
CREATE TRIGGER collection_products_left AFTER DELETE ON collection_products
WHEN old.is_listed = 1
BEGIN
	UPDATE collections SET product_count = product_count - 1 WHERE id = old.collection_id;
END;
--> statement-breakpoint
CREATE TRIGGER collection_products_relisted AFTER UPDATE OF is_listed ON collection_products
WHEN new.is_listed <> old.is_listed
BEGIN
	UPDATE collections SET product_count = product_count + new.is_listed - old.is_listed WHERE id = new.collection_id;
END;
--> statement-breakpoint
-- Words of active products; the row id is the product's number. Contentless: nothing is read back from it.
CREATE VIRTUAL TABLE product_search USING fts5(
	title, vendor, product_type, tags, options, sku, description,
	content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
--> statement-breakpoint
CREATE VIRTUAL TABLE product_terms USING fts5vocab('product_search', 'row');
