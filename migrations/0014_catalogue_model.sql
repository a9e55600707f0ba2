CREATE TABLE `product_types` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`attributes` text NOT NULL,
	`content_hash` text NOT NULL,
	`version` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "product_types_json" CHECK(json_valid(attributes)),
	CONSTRAINT "product_types_times" CHECK(created_at_ms >= 0 AND updated_at_ms >= created_at_ms AND version >= 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `collection_exclusions` (
	`collection_id` text NOT NULL,
	`product_number` integer NOT NULL,
	PRIMARY KEY(`collection_id`, `product_number`),
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `collection_exclusions_product` ON `collection_exclusions` (`product_number`);--> statement-breakpoint
CREATE TABLE `collection_slug_history` (
	`handle` text PRIMARY KEY NOT NULL,
	`collection_id` text NOT NULL,
	`moved_at_ms` integer NOT NULL,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "collection_slug_history_time" CHECK(moved_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `collection_slug_history_collection` ON `collection_slug_history` (`collection_id`);--> statement-breakpoint
CREATE TABLE `placement_due` (
	`product_number` integer PRIMARY KEY NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `product_channels` (
	`product_number` integer NOT NULL,
	`channel` text NOT NULL,
	PRIMARY KEY(`product_number`, `channel`),
	FOREIGN KEY (`product_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `product_channels_channel` ON `product_channels` (`channel`,`product_number`);--> statement-breakpoint
CREATE TABLE `product_relations` (
	`product_number` integer NOT NULL,
	`kind` text NOT NULL,
	`position` integer NOT NULL,
	`related_number` integer NOT NULL,
	PRIMARY KEY(`product_number`, `kind`, `position`),
	FOREIGN KEY (`product_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`related_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "product_relations_kind" CHECK(kind IN ('accessory', 'part_of_set', 'replacement', 'goes_with') AND position >= 0),
	CONSTRAINT "product_relations_others" CHECK(product_number <> related_number)
) STRICT;
--> statement-breakpoint
CREATE INDEX `product_relations_related` ON `product_relations` (`related_number`);--> statement-breakpoint
CREATE TABLE `translations` (
	`entity` text NOT NULL,
	`entity_key` text NOT NULL,
	`locale` text NOT NULL,
	`fields` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	PRIMARY KEY(`entity`, `entity_key`, `locale`),
	CONSTRAINT "translations_entity" CHECK(entity IN ('product', 'collection', 'product_type')),
	CONSTRAINT "translations_fields" CHECK(json_valid(fields) AND version >= 1 AND updated_at_ms >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `translations_locale` ON `translations` (`locale`,`entity`,`entity_key`);--> statement-breakpoint
-- Products: columns are added, so that no table that points at them has to be made anew.
ALTER TABLE `products` ADD `type_key` text REFERENCES product_types(key);--> statement-breakpoint
ALTER TABLE `products` ADD `typed_values` text DEFAULT '{}' NOT NULL CONSTRAINT "products_typed_values" CHECK(json_valid(typed_values));--> statement-breakpoint
ALTER TABLE `products` ADD `publish_at_ms` integer;--> statement-breakpoint
ALTER TABLE `products` ADD `unpublish_at_ms` integer;--> statement-breakpoint
ALTER TABLE `products` ADD `is_listed` integer DEFAULT 0 NOT NULL CONSTRAINT "products_listed" CHECK(is_listed IN (0, 1) AND (is_listed = 0 OR status = 'active'));--> statement-breakpoint
ALTER TABLE `products` ADD `listing_change_at_ms` integer;--> statement-breakpoint
UPDATE `products` SET `is_listed` = 1 WHERE `status` = 'active';--> statement-breakpoint
INSERT INTO `product_channels` (`product_number`, `channel`) SELECT `number`, 'web' FROM `products`;--> statement-breakpoint
DROP INDEX `products_featured`;--> statement-breakpoint
DROP INDEX `products_newest`;--> statement-breakpoint
DROP INDEX `products_price`;--> statement-breakpoint
DROP INDEX `products_title`;--> statement-breakpoint
CREATE INDEX `products_featured` ON `products` (`is_sold_out`,`featured_position`,`number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `products_newest` ON `products` (`published_at_ms`,`number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `products_price` ON `products` (`price_min_minor`,`number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `products_title` ON `products` (`title_key`,`number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `products_listing_change` ON `products` (`listing_change_at_ms`) WHERE listing_change_at_ms IS NOT NULL;--> statement-breakpoint
CREATE INDEX `products_type` ON `products` (`type_key`,`number`) WHERE type_key IS NOT NULL;--> statement-breakpoint
-- Collections are made anew, because their old rules stand in a CHECK; their members wait aside meanwhile.
DROP TRIGGER products_sort_keys;
--> statement-breakpoint
CREATE TABLE `__kept_members` AS SELECT m.*, c.rule_kind FROM `collection_products` m JOIN `collections` c ON c.id = m.collection_id;--> statement-breakpoint
DROP TABLE `collection_products`;--> statement-breakpoint
CREATE TABLE `__new_collections` (
	`id` text PRIMARY KEY NOT NULL,
	`handle` text NOT NULL,
	`title` text NOT NULL,
	`description_html` text NOT NULL,
	`picture` text,
	`position` integer NOT NULL,
	`seo_title` text,
	`seo_description` text,
	`rule` text,
	`rule_cursor` integer,
	`rule_aged_at_ms` integer,
	`product_count` integer DEFAULT 0 NOT NULL,
	`content_hash` text NOT NULL,
	`version` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "collections_rule_json" CHECK(rule IS NULL OR json_valid(rule)),
	CONSTRAINT "collections_rule_cursor_kept" CHECK(rule_cursor IS NULL OR (rule IS NOT NULL AND rule_cursor >= 0)),
	CONSTRAINT "collections_counts" CHECK(product_count >= 0 AND position >= 0 AND version >= 1),
	CONSTRAINT "collections_times" CHECK(created_at_ms >= 0 AND updated_at_ms >= created_at_ms)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_collections`(`id`, `handle`, `title`, `description_html`, `picture`, `position`, `rule`, `content_hash`, `version`, `created_at_ms`, `updated_at_ms`)
SELECT `id`, `handle`, `title`, `description_html`, `picture`, `position`,
	CASE `rule_kind`
		WHEN 'tag' THEN json_object('match', 'all', 'conditions', json_array(json_object('kind', 'tag', 'tag', `rule_tag`)))
		WHEN 'newest' THEN json_object('match', 'all', 'conditions', json_array(json_object('kind', 'new', 'days', `rule_days`)))
	END,
	`content_hash`, `version`, `created_at_ms`, `updated_at_ms` FROM `collections`;--> statement-breakpoint
DROP TABLE `collections`;--> statement-breakpoint
ALTER TABLE `__new_collections` RENAME TO `collections`;--> statement-breakpoint
CREATE UNIQUE INDEX `collections_handle` ON `collections` (`handle`);--> statement-breakpoint
CREATE INDEX `collections_position` ON `collections` (`position`,`id`);--> statement-breakpoint
CREATE INDEX `collections_rule` ON `collections` (`id`) WHERE rule IS NOT NULL;--> statement-breakpoint
CREATE INDEX `collections_rule_cursor` ON `collections` (`rule_cursor`) WHERE rule_cursor IS NOT NULL;--> statement-breakpoint
CREATE TABLE `collection_products` (
	`collection_id` text NOT NULL,
	`product_number` integer NOT NULL,
	`is_listed` integer NOT NULL,
	`is_sold_out` integer NOT NULL,
	`is_picked` integer DEFAULT 0 NOT NULL,
	`pick_position` integer,
	`featured_position` integer NOT NULL,
	`published_at_ms` integer NOT NULL,
	`price_min_minor` integer NOT NULL,
	`title_key` text NOT NULL,
	PRIMARY KEY(`collection_id`, `product_number`),
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_number`) REFERENCES `products`(`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "collection_products_flags" CHECK(is_listed IN (0, 1) AND is_sold_out IN (0, 1) AND is_picked IN (0, 1)),
	CONSTRAINT "collection_products_pick" CHECK(pick_position IS NULL OR (pick_position >= 0 AND is_picked = 1))
) STRICT;
--> statement-breakpoint
CREATE INDEX `collection_products_product` ON `collection_products` (`product_number`);--> statement-breakpoint
CREATE INDEX `collection_products_featured` ON `collection_products` (`collection_id`,`is_sold_out`,`featured_position`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `collection_products_newest` ON `collection_products` (`collection_id`,`published_at_ms`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `collection_products_price` ON `collection_products` (`collection_id`,`price_min_minor`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
CREATE INDEX `collection_products_title` ON `collection_products` (`collection_id`,`title_key`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
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
INSERT INTO `collection_products` (`collection_id`, `product_number`, `is_listed`, `is_sold_out`, `is_picked`, `featured_position`, `published_at_ms`, `price_min_minor`, `title_key`)
SELECT `collection_id`, `product_number`, `is_listed`, `is_sold_out`, `rule_kind` = 'manual', `featured_position`, `published_at_ms`, `price_min_minor`, `title_key` FROM `__kept_members`;--> statement-breakpoint
DROP TABLE `__kept_members`;--> statement-breakpoint
-- Collections sort by copies of the products' keys; the copies follow by themselves. A picked place stays.
CREATE TRIGGER products_sort_keys AFTER UPDATE OF is_listed, availability_rank, featured_position, published_at_ms, price_min_minor, title_key ON products
WHEN new.is_listed <> old.is_listed
	OR new.is_sold_out <> old.is_sold_out
	OR new.featured_position <> old.featured_position
	OR new.published_at_ms <> old.published_at_ms
	OR new.price_min_minor <> old.price_min_minor
	OR new.title_key <> old.title_key
BEGIN
	UPDATE collection_products SET
		is_listed = new.is_listed,
		is_sold_out = new.is_sold_out,
		featured_position = coalesce(pick_position - 1000000, new.featured_position),
		published_at_ms = new.published_at_ms,
		price_min_minor = new.price_min_minor,
		title_key = new.title_key
	WHERE product_number = new.number;
END;
--> statement-breakpoint
-- Whatever a rule can ask of a product: when it changes, by whichever path, the product is placed again.
CREATE TRIGGER products_placement AFTER UPDATE OF title_key, vendor, product_type, tags, type_key, typed_values, published_at_ms, price_min_minor, price_max_minor, compare_at_minor, availability_rank ON products
WHEN (new.title_key <> old.title_key
	OR new.vendor <> old.vendor
	OR new.product_type <> old.product_type
	OR new.tags <> old.tags
	OR new.type_key IS NOT old.type_key
	OR new.typed_values <> old.typed_values
	OR new.published_at_ms <> old.published_at_ms
	OR new.price_min_minor <> old.price_min_minor
	OR new.price_max_minor <> old.price_max_minor
	OR new.compare_at_minor IS NOT old.compare_at_minor
	OR new.is_sold_out <> old.is_sold_out)
	AND EXISTS (SELECT 1 FROM collections WHERE rule IS NOT NULL)
BEGIN
	INSERT OR IGNORE INTO placement_due (product_number) VALUES (new.number);
END;
--> statement-breakpoint
CREATE TRIGGER products_placement_new AFTER INSERT ON products
WHEN EXISTS (SELECT 1 FROM collections WHERE rule IS NOT NULL)
BEGIN
	INSERT OR IGNORE INTO placement_due (product_number) VALUES (new.number);
END;
--> statement-breakpoint
-- The change feed's triggers on the tables that were made anew.
CREATE TRIGGER catalog_changes_joined AFTER INSERT ON collection_products
BEGIN
	INSERT INTO catalog_changes (product_number, sequence)
	VALUES (new.product_number, (SELECT coalesce(max(sequence), 0) + 1 FROM catalog_changes))
	ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence;
END;
--> statement-breakpoint
CREATE TRIGGER catalog_changes_left AFTER DELETE ON collection_products
BEGIN
	INSERT INTO catalog_changes (product_number, sequence)
	VALUES (old.product_number, (SELECT coalesce(max(sequence), 0) + 1 FROM catalog_changes))
	ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence;
END;
--> statement-breakpoint
CREATE TRIGGER catalog_changes_picked AFTER UPDATE OF pick_position ON collection_products
WHEN new.pick_position IS NOT old.pick_position
BEGIN
	INSERT INTO catalog_changes (product_number, sequence)
	VALUES (new.product_number, (SELECT coalesce(max(sequence), 0) + 1 FROM catalog_changes))
	ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence;
END;
--> statement-breakpoint
-- An index knows collections by their handles: a new handle concerns every member.
CREATE TRIGGER catalog_changes_renamed AFTER UPDATE OF handle ON collections
WHEN new.handle <> old.handle
BEGIN
	INSERT INTO catalog_changes (product_number, sequence)
	SELECT product_number, (SELECT coalesce(max(sequence), 0) FROM catalog_changes) + row_number() OVER (ORDER BY product_number)
	FROM collection_products WHERE collection_id = new.id
	ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence;
END;
