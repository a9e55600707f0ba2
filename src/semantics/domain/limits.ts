/** Every bound of meaning. What is trained, kept and compared is bounded, so that a larger catalogue costs time and not memory. */

/** Numbers of one vector, a byte each: 100,000 products are 6.4 MB. */
export const DIMENSIONS = 64;

/** Products that a model is trained on, spread over the catalogue: more of them hardly move its words, and a Worker has 128 MB. */
export const MAX_TRAINED_PRODUCTS = 10_000;
/** Different terms counted while training; rarer ones that come later are left out. */
export const MAX_COUNTED_TERMS = 40_000;
/** Terms of a model, the most frequent ones: 64 bytes each. */
export const MAX_MODEL_TERMS = 8_192;
/** A term of one product alone has no company to be known by. */
export const MIN_TERM_PRODUCTS = 2;
/** Rounds of training: the directions hardly turn after these. */
export const TRAINING_ROUNDS = 6;
/** Training begins with numbers drawn from this seed, so that one catalogue always gives one model. */
export const TRAINING_SEED = 20_261_130;

/** Terms of one product that count, and of one query. */
export const MAX_TERMS_PER_PRODUCT = 64;
export const MAX_QUERY_TERMS = 8;
/** Letters of a word that has a meaning. */
export const MIN_WORD_LETTERS = 3;
export const MAX_TERM_LETTERS = 40;
/** Characters of a description that are read: how it begins says what it is. */
export const MAX_READ_DESCRIPTION_CHARACTERS = 400;

/** How much a word says, by where it stands. A whole type or tag counts beside its words. */
export const FIELD_WEIGHTS = {
  title: 1,
  productType: 1,
  tag: 0.7,
  attribute: 0.5,
  vendor: 0.4,
  option: 0.3,
  description: 0.25,
} as const;

/** Products of one cell, on average: products of one cell are much alike, and only neighbouring cells are compared. */
export const PRODUCTS_PER_CELL = 512;
export const MAX_CELLS = 256;
/** Vectors that the cells are laid out by, and rounds of laying them out. */
export const MAX_CELL_SAMPLE = 4_096;
export const CELL_ROUNDS = 5;
/** Cells nearest to a product that are looked through for its neighbours, and products looked at in all of them. */
export const PROBED_CELLS = 8;
export const MAX_COMPARED = 8_192;
/** Products compared with their surroundings in one go; then others have the thread. */
export const COMPARED_AT_ONCE = 16;
/** The same for a query, while somebody waits. */
export const PROBED_CELLS_OF_QUERY = 2;
export const MAX_COMPARED_WITH_QUERY = 1_024;

/** Products alike that a product keeps, and how alike they are at least. */
export const MAX_ALIKE = 8;
export const MIN_ALIKE = 0.5;
/** The same by a model of the platform, whose texts are all somewhat alike. */
export const MIN_ALIKE_OF_SERVICE = 0.6;

/** Products of one question. */
export const MAX_ASKED = 100;

/** Texts compared with one text, such as spellings with the rest of a query. */
export const MAX_COMPARED_TEXTS = 60;

/** Products that one step of keeping reads, writes or compares. */
export const PRODUCTS_PER_STEP = 256;
/** Changes that one step follows: each may have other surroundings, which are one read each. */
export const FOLLOWED_PER_STEP = 100;
/** Steps of one run, and the milliseconds after which no further one begins: a cron run may take 30 s of processor time. */
export const MAX_STEPS_PER_RUN = 30;
export const MAX_RUN_MS = 8_000;
/** Products read at once for training: their words are counted in one go. */
export const TRAINING_PAGE = 100;
/**
 * Multiplications of one slice of training. Twice as many took 26 to 37 ms of processor time, and 93 to 161 the longest, on a busy
 * machine; half of that is an estimate. Whoever shares the thread waits no longer.
 */
export const WORK_PER_SLICE = 4_000_000;
/** Milliseconds between two slices: others have the thread for longer than training does. */
export const TRAINING_PAUSE_MS = 50;
/** Slices that whoever begins a training waits for: a shop of some hundred products is through with them. */
export const FIRST_SLICES = 16;
/** Milliseconds after which a training whose first slice was lost goes on. */
export const TRAINING_PATIENCE_MS = 30_000;

/** A model is trained anew when this share of its products has other words, but not for fewer products than that. */
export const RETRAIN_SHARE = 0.2;
export const RETRAIN_PRODUCTS = 10;
/** Milliseconds between two trainings, and when more has changed than there was. */
export const MIN_TRAINING_PAUSE_MS = 60 * 60_000;
export const MIN_PAUSE_OF_NEW_SHOP_MS = 2 * 60_000;
