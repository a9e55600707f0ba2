/** What staff write for the shop: the blocks of its home page, and pages of text. */

/** A page of text at /pages/{handle}. */
export type TextPage = {
  readonly handle: string;
  readonly title: string;
  /** One line for search engines. */
  readonly description: string;
  /** Sanitised when written; each h2 has the id that `sections` names. */
  readonly bodyHtml: string;
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly updatedAtMs: number;
  readonly version: number;
};

/** A page as a link names it. */
export type TextPageLink = Pick<TextPage, "handle" | "title">;

export const BLOCK_KINDS = ["hero", "kinds", "new", "collection", "text", "seed"] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** One block of the home page. Members that its kind does not use are empty. */
export type HomeBlock = {
  readonly kind: BlockKind;
  readonly title: string;
  readonly text: string;
  /** A path of this shop or an https address, and the words of its link. */
  readonly href: string;
  readonly label: string;
  /** Handle of a collection: its goods in a strip, or the picture of a hero. */
  readonly collection: string;
  /** A picture of this shop, such as /media/heron-room.svg; of a hero and of text. */
  readonly pictureUrl: string;
  readonly pictureAlt: string;
};

export type HomeContent = { readonly blocks: readonly HomeBlock[]; readonly version: number };

export type TextPageInput = Pick<TextPage, "handle" | "title" | "description" | "bodyHtml">;

export type ContentError = { readonly field: string; readonly message: string };
export type ContentRefusal =
  | { readonly code: "invalid_content"; readonly errors: readonly ContentError[] }
  | { readonly code: "version_conflict" };
