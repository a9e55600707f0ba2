import { chanceOf } from "./chance.ts";

/** Till abbreviations, written out. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ACCESS: "Accessories", BG: "Bag", BKD: "Baked", BKFST: "Breakfast", BN: "Beans", BRD: "Bread", BRKFST: "Breakfast",
  BTL: "Bottle", BTR: "Butter", CAN: "Canned", CARB: "Carbonated", CATFD: "Cat Food", CHOC: "Chocolate",
  CHOCOCLATE: "Chocolate", CKYS: "Cookies", CLEANG: "Cleaning", CNDY: "Candy", CNTRL: "Control", CNVNT: "Convenient",
  CRKR: "Crackers", CRYSTL: "Crystal", DNRS: "Dinners", DRNK: "Drink", DRNKS: "Drinks", DRSNG: "Dressing",
  DSH: "Dish", FD: "Food", FEM: "Feminine", FLVRD: "Flavoured", FRE: "Free", FRSH: "Fresh", FRZ: "Frozen",
  FRZN: "Frozen", GDS: "Goods", GM: "General", HBC: "Health & Beauty", INCL: "Including", LQD: "Liquid", LT: "Light",
  MSC: "Assorted", MISC: "Assorted", MISCELLANEOUS: "Assorted", MX: "Mix", MXS: "Mixes", PCKGD: "Packaged",
  PKGD: "Packaged", PKLD: "Pickled", PNCH: "Punch", PNT: "Peanut", PREM: "Premium", PRDCT: "Product", PROD: "Products",
  PWDR: "Powder", REFRGRATD: "Chilled", REFRIGERATED: "Chilled", RTS: "Ready", SALD: "Salad", SFT: "Soft",
  SHERBTS: "Sherbets", SNDWCH: "Sandwich", SNKS: "Snacks", SPLY: "Supplies", SPRD: "Spread", STK: "Stick",
  SUP: "Super", SUPPPLIES: "Supplies", SYRP: "Syrup", TRSH: "Rubbish", VEG: "Vegetables", WHLSM: "Wholesome",
  WTR: "Water", YOG: "Yogurt",
}; // prettier-ignore
const SMALL = new Set(["AND", "FOR", "OF", "OR", "THE", "WITH", "IN"]);

/** Words in capitals as a person would write them: abbreviations out, brackets and codes gone. */
export function readable(text: string): string {
  const bare = text
    .replace(/\([^)]*\)?/g, " ")
    .replace(/[:/]/g, " / ")
    .replace(/\s-\s/g, " / ");
  const words = bare.split(/\s+/).filter((word) => word !== "");
  const written = words.map((word, index) =>
    SMALL.has(word) && index > 0
      ? word.toLowerCase()
      : word
          .split(/([-&])/)
          .map(writeOut)
          .join(""),
  );
  const parts = written
    .join(" ")
    .split(/\s*\/\s*/)
    .filter((part) => /\p{L}/u.test(part));
  return parts.slice(0, 2).join(", ").replace(/\s+/g, " ").trim();
}

/** One word: an abbreviation in full, any other with a capital. */
function writeOut(word: string): string {
  const plain = word.replace(/\.$/, "");
  return WRITTEN_OUT[plain] ?? plain.charAt(0) + plain.slice(1).toLowerCase();
}

const SIZE_UNITS: Readonly<Record<string, string>> = {
  OZ: "oz", LB: "lb", ML: "ml", L: "l", CT: "pieces", PK: "pack", GAL: "gal", GA: "gal", QT: "qt", PT: "pt", IN: "in", FT: "ft",
}; // prettier-ignore
const GRAMS: Readonly<Record<string, number>> = {
  OZ: 28.35, LB: 453.59, ML: 1, L: 1000, GAL: 3785, GA: 3785, QT: 946, PT: 473,
}; // prettier-ignore

const MAX_AMOUNT = 1_000;

/** A package size: in words, and what it weighs, where it can be told. */
export function readSize(size: string): { readonly words: string; readonly grams: number } {
  const [, amount = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([A-Z]+)/.exec(size) ?? [];
  const words = SIZE_UNITS[unit];
  // An amount in the thousands is a code that got into the wrong column.
  if (words === undefined || Number(amount) >= MAX_AMOUNT) return { words: "", grams: 250 };
  return {
    words: `${amount} ${words}`,
    grams: Math.max(1, Math.round(Number(amount) * (GRAMS[unit] ?? 120))),
  };
}

const STARTS = ["Al", "Bir", "Cam", "Dor", "El", "Fen", "Gar", "Hol", "Ing", "Jas", "Kes", "Lin", "Mar", "Nor", "Or", "Pem", "Quil", "Ros", "Sel", "Tam", "Ul", "Ver", "Wil", "Yar"]; // prettier-ignore
const MIDDLES = [
  "a",
  "be",
  "der",
  "e",
  "fi",
  "gan",
  "he",
  "i",
  "la",
  "ling",
  "mo",
  "ner",
  "o",
  "ri",
  "ta",
  "the",
  "va",
  "wen",
];
const ENDS = ["bury", "by", "dale", "field", "ford", "gate", "ham", "house", "ley", "mere", "mill", "more", "ridge", "shaw", "stead", "ton", "well", "wick", "wood", "worth"]; // prettier-ignore
const KINDS = ["", "", "", " & Co", " & Daughters", " Brothers", " Foods", " Works"];

/** The name of a maker who is only a number: the same number is the same name, for every seed. */
export function makerName(manufacturerId: string, isHouseBrand: boolean): string {
  if (isHouseBrand) return "Kerb Basics";
  const chance = chanceOf(0, "maker", manufacturerId);
  return (
    chance.pick(STARTS, "Al") + chance.pick(MIDDLES, "a") + chance.pick(ENDS, "ton") + chance.pick(KINDS, "")
  );
}
