/** What the test runner makes of `import.meta.glob`: the matching files' text, by path. */
interface ImportMeta {
  glob(
    patterns: readonly string[],
    options: { readonly query: "?raw"; readonly import: "default"; readonly eager: true },
  ): Readonly<Record<string, string>>;
}
