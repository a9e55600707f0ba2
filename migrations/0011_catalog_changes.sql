CREATE TABLE `catalog_changes` (
	`product_number` integer PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL,
	CONSTRAINT "catalog_changes_positive" CHECK(sequence > 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `catalog_changes_sequence` ON `catalog_changes` (`sequence`);
--> statement-breakpoint
-- Whoever starts to follow the feed at 0 gets every product that was there before it.
INSERT INTO catalog_changes (product_number, sequence) SELECT number, row_number() OVER (ORDER BY number) FROM products;
--> statement-breakpoint
-- The feed's writers. One row per product: a product that changes a thousand times is read once by who comes late.
CREATE TRIGGER catalog_changes_created AFTER INSERT ON products
BEGIN
	INSERT INTO catalog_changes (product_number, sequence)
	VALUES (new.number, (SELECT coalesce(max(sequence), 0) + 1 FROM catalog_changes))
	ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence;
END;
--> statement-breakpoint
CREATE TRIGGER catalog_changes_updated AFTER UPDATE ON products
BEGIN
	INSERT INTO catalog_changes (product_number, sequence)
	VALUES (new.number, (SELECT coalesce(max(sequence), 0) + 1 FROM catalog_changes))
	ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence;
END;
--> statement-breakpoint
CREATE TRIGGER catalog_changes_deleted AFTER DELETE ON products
BEGIN
	INSERT INTO catalog_changes (product_number, sequence)
	VALUES (old.number, (SELECT coalesce(max(sequence), 0) + 1 FROM catalog_changes))
	ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence;
END;
--> statement-breakpoint
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
-- An index knows collections by their handles: a new handle concerns every member.
CREATE TRIGGER catalog_changes_renamed AFTER UPDATE OF handle ON collections
WHEN new.handle <> old.handle
BEGIN
	INSERT INTO catalog_changes (product_number, sequence)
	SELECT product_number, (SELECT coalesce(max(sequence), 0) FROM catalog_changes) + row_number() OVER (ORDER BY product_number)
	FROM collection_products WHERE collection_id = new.id
	ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence;
END;
