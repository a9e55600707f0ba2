ALTER TABLE `price_lists` ADD `collection_id` text;--> statement-breakpoint
CREATE INDEX `price_lists_collection` ON `price_lists` (`collection_id`) WHERE collection_id IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER collection_products_price_work AFTER INSERT ON collection_products
WHEN EXISTS (SELECT 1 FROM price_lists WHERE collection_id = new.collection_id AND status = 'active')
BEGIN
	INSERT INTO price_work (product_number, sequence) VALUES (new.product_number, 1)
	ON CONFLICT (product_number) DO UPDATE SET sequence = sequence + 1;
END;
--> statement-breakpoint
CREATE TRIGGER collection_products_price_work_left AFTER DELETE ON collection_products
WHEN EXISTS (SELECT 1 FROM price_lists WHERE collection_id = old.collection_id AND status = 'active')
BEGIN
	INSERT INTO price_work (product_number, sequence) VALUES (old.product_number, 1)
	ON CONFLICT (product_number) DO UPDATE SET sequence = sequence + 1;
END;
