ALTER TABLE `products` ADD `colour_count` integer DEFAULT 0 NOT NULL CHECK (`colour_count` >= 0);
