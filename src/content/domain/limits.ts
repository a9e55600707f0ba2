/** Blocks of the home page: more than a person scrolls past. */
export const MAX_HOME_BLOCKS = 12;
/** Pages of text: they stand in one list. */
export const MAX_TEXT_PAGES = 100;
/** Languages of one document. */
export const MAX_LANGUAGES = 100;
export const MAX_TITLE_CHARACTERS = 120;
export const MAX_DESCRIPTION_CHARACTERS = 300;
export const MAX_BLOCK_TEXT_CHARACTERS = 1_000;
export const MAX_HREF_CHARACTERS = 500;
export const MAX_HANDLE_CHARACTERS = 80;
/** Text before cleaning; a form holds 32 KB. */
export const MAX_BODY_CHARACTERS = 24_000;
/** From so many sections on, a page begins with a list of them. */
export const SECTIONS_LISTED_FROM = 4;
