ALTER TABLE `collection_products` ADD `popularity` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `collection_products_popular` ON `collection_products` (`collection_id`,`popularity`,`product_number`) WHERE is_listed = 1;--> statement-breakpoint
ALTER TABLE `products` ADD `popularity` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `products_popular` ON `products` (`popularity`,`number`) WHERE is_listed = 1;--> statement-breakpoint
ALTER TABLE `product_popularity` ADD `is_due` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `product_popularity_due` ON `product_popularity` (`product_number`) WHERE is_due = 1;
--> statement-breakpoint
-- Collections sort by copies of the products' keys; the copies follow by themselves. A picked place stays.
DROP TRIGGER products_sort_keys;
--> statement-breakpoint
CREATE TRIGGER products_sort_keys AFTER UPDATE OF is_listed, availability_rank, featured_position, popularity, published_at_ms, price_min_minor, title_key ON products
WHEN new.is_listed <> old.is_listed
	OR new.is_sold_out <> old.is_sold_out
	OR new.featured_position <> old.featured_position
	OR new.popularity <> old.popularity
	OR new.published_at_ms <> old.published_at_ms
	OR new.price_min_minor <> old.price_min_minor
	OR new.title_key <> old.title_key
BEGIN
	UPDATE collection_products SET
		is_listed = new.is_listed,
		is_sold_out = new.is_sold_out,
		featured_position = coalesce(pick_position - 1000000, new.featured_position),
		popularity = new.popularity,
		published_at_ms = new.published_at_ms,
		price_min_minor = new.price_min_minor,
		title_key = new.title_key
	WHERE product_number = new.number;
END;
