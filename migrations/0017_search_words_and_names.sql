CREATE TABLE `product_popularity` (
	`product_number` integer PRIMARY KEY NOT NULL,
	`score` real NOT NULL,
	`is_popular` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "product_popularity_values" CHECK(score >= 0 AND is_popular IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE INDEX `product_popularity_score` ON `product_popularity` (`score`,`product_number`);--> statement-breakpoint
CREATE INDEX `product_popularity_popular` ON `product_popularity` (`product_number`) WHERE is_popular = 1;--> statement-breakpoint
CREATE TABLE `search_synonyms` (
	`term` text PRIMARY KEY NOT NULL,
	`alternatives` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `search_words` (
	`id` integer PRIMARY KEY NOT NULL,
	`word` text NOT NULL,
	`products` integer DEFAULT 1 NOT NULL,
	CONSTRAINT "search_words_count" CHECK(products >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `search_words_word` ON `search_words` (`word`);--> statement-breakpoint
CREATE TABLE `synonym_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`terms` text NOT NULL,
	`first_term` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	CONSTRAINT "synonym_groups_kind" CHECK(kind IN ('same', 'one_way')),
	CONSTRAINT "synonym_groups_terms" CHECK(json_valid(terms))
) STRICT;
--> statement-breakpoint
CREATE INDEX `synonym_groups_first` ON `synonym_groups` (`first_term`,`id`);--> statement-breakpoint
CREATE INDEX `products_ranking` ON `products` (`number`,`is_sold_out`,`title_key`,`published_at_ms`,`price_min_minor`) WHERE is_listed = 1;--> statement-breakpoint
-- What a product is called: title, type, vendor, tags, choices. Found before what its description mentions.
CREATE VIRTUAL TABLE product_names USING fts5(
	title, vendor, product_type, tags, options,
	content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
--> statement-breakpoint
-- The same of the few products that most people look at, so that a word that is everywhere finds them, too.
CREATE VIRTUAL TABLE popular_names USING fts5(
	title, vendor, product_type, tags, options,
	content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
--> statement-breakpoint
-- Groups of three letters of each known word: what a mistyped word is compared by.
CREATE VIRTUAL TABLE search_word_parts USING fts5(
	word, content='', contentless_delete=1, tokenize='trigram', detail='none'
);
--> statement-breakpoint
CREATE TRIGGER search_words_learned AFTER INSERT ON search_words
BEGIN
	INSERT INTO search_word_parts (rowid, word) VALUES (new.id, new.word);
END;
--> statement-breakpoint
CREATE TRIGGER search_words_forgotten AFTER DELETE ON search_words
BEGIN
	DELETE FROM search_word_parts WHERE rowid = old.id;
END;
