import { ADDRESS as ADDRESS_AR } from "./ar/address.ts";
import { CHECKOUT as CHECKOUT_AR } from "./ar/checkout.ts";
import { GOODS as GOODS_AR } from "./ar/goods.ts";
import { LISTS as LISTS_AR } from "./ar/lists.ts";
import { MAILS as MAILS_AR } from "./ar/mails.ts";
import { ORDERS as ORDERS_AR } from "./ar/orders.ts";
import { SHELL as SHELL_AR } from "./ar/shell.ts";
import { TEXTS as TEXTS_AR } from "./ar/texts.ts";
import { ADDRESS as ADDRESS_DE } from "./de/address.ts";
import { CHECKOUT as CHECKOUT_DE } from "./de/checkout.ts";
import { GOODS as GOODS_DE } from "./de/goods.ts";
import { LISTS as LISTS_DE } from "./de/lists.ts";
import { MAILS as MAILS_DE } from "./de/mails.ts";
import { ORDERS as ORDERS_DE } from "./de/orders.ts";
import { SHELL as SHELL_DE } from "./de/shell.ts";
import { TEXTS as TEXTS_DE } from "./de/texts.ts";
import { ADDRESS } from "./en/address.ts";
import { CHECKOUT } from "./en/checkout.ts";
import { GOODS } from "./en/goods.ts";
import { LISTS } from "./en/lists.ts";
import { MAILS } from "./en/mails.ts";
import { ORDERS } from "./en/orders.ts";
import { SHELL } from "./en/shell.ts";
import { TEXTS } from "./en/texts.ts";
import { ADDRESS as ADDRESS_FR } from "./fr/address.ts";
import { CHECKOUT as CHECKOUT_FR } from "./fr/checkout.ts";
import { GOODS as GOODS_FR } from "./fr/goods.ts";
import { LISTS as LISTS_FR } from "./fr/lists.ts";
import { MAILS as MAILS_FR } from "./fr/mails.ts";
import { ORDERS as ORDERS_FR } from "./fr/orders.ts";
import { SHELL as SHELL_FR } from "./fr/shell.ts";
import { TEXTS as TEXTS_FR } from "./fr/texts.ts";
import type { Area, NamesOf } from "./message.ts";

/** The shop's own words in English: what there is to say, and which values each sentence names. */
const ENGLISH = {
  ...ADDRESS,
  ...CHECKOUT,
  ...GOODS,
  ...LISTS,
  ...MAILS,
  ...ORDERS,
  ...SHELL,
  ...TEXTS,
} as const;

export type Key = keyof typeof ENGLISH;
export type Dictionary = Area<typeof ENGLISH>;
/** The names of the values in a sentence. */
export type Names<K extends Key> = NamesOf<(typeof ENGLISH)[K]>;

/** Every language that the shop speaks; a missing key does not compile. */
export const DICTIONARIES = {
  en: ENGLISH,
  de: {
    ...ADDRESS_DE,
    ...CHECKOUT_DE,
    ...GOODS_DE,
    ...LISTS_DE,
    ...MAILS_DE,
    ...ORDERS_DE,
    ...SHELL_DE,
    ...TEXTS_DE,
  },
  fr: {
    ...ADDRESS_FR,
    ...CHECKOUT_FR,
    ...GOODS_FR,
    ...LISTS_FR,
    ...MAILS_FR,
    ...ORDERS_FR,
    ...SHELL_FR,
    ...TEXTS_FR,
  },
  ar: {
    ...ADDRESS_AR,
    ...CHECKOUT_AR,
    ...GOODS_AR,
    ...LISTS_AR,
    ...MAILS_AR,
    ...ORDERS_AR,
    ...SHELL_AR,
    ...TEXTS_AR,
  },
} as const satisfies Readonly<Record<string, Dictionary>>;

export type Language = keyof typeof DICTIONARIES;
