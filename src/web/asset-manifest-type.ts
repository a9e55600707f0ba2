/** Names of the client scripts: one module file per kind of page. */
export type ScriptName =
  "base" | "home" | "product" | "collection" | "search" | "cart" | "checkout" | "order" | "admin";

/** Paths of the built client files, each with a hash of its content in the name; written by `scripts/build-assets.ts`. */
export type AssetManifest = {
  readonly shopCss: string;
  /** The back office's second file; absent while it has none. */
  readonly adminCss?: string;
  readonly scripts: Readonly<Partial<Record<ScriptName, string>>>;
  /** The two faces that every shop page needs first. */
  readonly sansFont: string;
  readonly serifFont: string;
};
