CREATE TABLE `order_tags` (
	`order_id` text NOT NULL,
	`tag` text NOT NULL,
	`placed_at_ms` integer NOT NULL,
	PRIMARY KEY(`order_id`, `tag`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `order_tags_tag` ON `order_tags` (`tag`,`placed_at_ms`,`order_id`);--> statement-breakpoint
ALTER TABLE `orders` ADD `refunded_minor` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `open_returns` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `has_open_edit` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_open_returns` ON `orders` (`placed_at_ms`,`id`) WHERE open_returns > 0;
--> statement-breakpoint
CREATE TRIGGER orders_tags_insert AFTER INSERT ON orders WHEN json_array_length(NEW.view, '$.tags') > 0 BEGIN
  INSERT OR IGNORE INTO order_tags (order_id, tag, placed_at_ms)
  SELECT NEW.id, value, NEW.placed_at_ms FROM json_each(NEW.view, '$.tags');
END;
--> statement-breakpoint
CREATE TRIGGER orders_tags_update AFTER UPDATE OF view ON orders
WHEN (NEW.view ->> '$.tags') IS NOT (OLD.view ->> '$.tags') BEGIN
  DELETE FROM order_tags WHERE order_id = NEW.id;
  INSERT OR IGNORE INTO order_tags (order_id, tag, placed_at_ms)
  SELECT NEW.id, value, NEW.placed_at_ms FROM json_each(NEW.view, '$.tags');
END;
--> statement-breakpoint
CREATE TRIGGER orders_tags_delete AFTER DELETE ON orders BEGIN
  DELETE FROM order_tags WHERE order_id = OLD.id;
END;
