CREATE TABLE `search_locales` (
	`id` integer PRIMARY KEY NOT NULL,
	`locale` text NOT NULL,
	CONSTRAINT "search_locales_number" CHECK(id BETWEEN 1 AND 127)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `search_locales_locale` ON `search_locales` (`locale`);--> statement-breakpoint
CREATE TABLE `translated_titles` (
	`id` integer PRIMARY KEY NOT NULL,
	`title_key` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `translated_words` (
	`id` integer PRIMARY KEY NOT NULL,
	`language` text NOT NULL,
	`word` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `translated_words_word` ON `translated_words` (`language`,`word`);--> statement-breakpoint
-- What a product is called in a locale. The text is folded before it is written, because the tokenizer
-- folds Latin letters only; the row id is the product's number times 128 plus the locale's.
CREATE VIRTUAL TABLE translated_names USING fts5(
	title, options, spellings,
	content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
--> statement-breakpoint
-- The same with the description.
CREATE VIRTUAL TABLE translated_search USING fts5(
	title, options, spellings, description,
	content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
--> statement-breakpoint
-- Groups of three letters of each word of a translation.
CREATE VIRTUAL TABLE translated_word_parts USING fts5(
	word, content='', contentless_delete=1, tokenize='trigram', detail='none'
);
--> statement-breakpoint
CREATE TRIGGER translated_words_learned AFTER INSERT ON translated_words
BEGIN
	INSERT INTO translated_word_parts (rowid, word) VALUES (new.id, new.word);
END;
--> statement-breakpoint
CREATE TRIGGER translated_words_forgotten AFTER DELETE ON translated_words
BEGIN
	DELETE FROM translated_word_parts WHERE rowid = old.id;
END;
