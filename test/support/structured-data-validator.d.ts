/** The package has no types of its own. */
declare module "@adobe/structured-data-validator" {
  export default class Validator {
    validate(found: object): Promise<
      readonly {
        readonly severity: "ERROR" | "WARNING";
        readonly issueMessage: string;
        readonly path: readonly { readonly type: string }[];
      }[]
    >;
  }
}
