/** A link of the header or footer. */
export type NavLink = { readonly href: string; readonly label: string };

/** What stands around every shop page. */
export type ShopChrome = {
  readonly name: string;
  readonly navigation: readonly NavLink[];
  /** Pages of text that staff have written, in the footer. */
  readonly texts?: readonly NavLink[];
  /** One line of at most 44 characters above the header; a fact, not an advertisement. By default the shop's own. */
  readonly announcement?: string;
};

/** The demo shop's own frame; a Worker that knows the merchant's collections passes others. */
export const DEFAULT_CHROME: ShopChrome = {
  name: "Kerbside Editions",
  navigation: [
    { href: "/collections/new", label: "New" },
    { href: "/collections/prints", label: "Prints" },
    { href: "/collections/cloth", label: "Cloth" },
    { href: "/collections/tiles", label: "Tiles" },
    { href: "/collections/notebooks", label: "Notebooks" },
  ],
};
