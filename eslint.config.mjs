import tseslint from "typescript-eslint";

// The house style that a machine can check. Import rules stand in .dependency-cruiser.mjs, formatting in Prettier, and
// what needs only a look at the text in scripts/lib/tidy.ts.

const MAX_FILE_LINES = 300;
const MAX_TEST_FILE_LINES = 500;
const MAX_FUNCTION_LINES = 60;
const MAX_DEPTH = 3;

/** Tables of data are as long as their data. */
const DATA_FILES = [
  "**/*.data.ts",
  "**/data/*.ts",
  "**/generated/*.ts",
  "scripts/demo/goods/**",
  "**/*-data.ts",
];

const RESTRICTED_SYNTAX = [
  {
    selector: "ExportDefaultDeclaration",
    message: "Named exports only; a default export is for a Worker's main.ts and for tool configs.",
  },
  {
    selector: "ImportDeclaration[source.value='zod'] > :matches(ImportSpecifier, ImportDefaultSpecifier)",
    message: 'Write `import * as z from "zod"`: the named import keeps every locale in the bundle (68 KB).',
  },
  {
    selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind='let']",
    message: "No mutable module state: an isolate is shared by requests of different people.",
  },
  {
    selector:
      ":matches(FunctionDeclaration, ArrowFunctionExpression, :not(MethodDefinition[kind='constructor']) > FunctionExpression)[params.length>3]",
    message: "At most three positional parameters; then take one object.",
  },
  {
    selector: "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>4]",
    message: "A constructor takes at most four parameters.",
  },
  {
    selector: "JSXAttribute[name.name='style']",
    message: "No inline style: the content security policy forbids it. Use a class.",
  },
  {
    selector: "JSXAttribute[name.name=/^on[a-z]/]",
    message: "No inline event handlers: the content security policy forbids them. Use an island.",
  },
];

/** All but those whose selector contains one of the texts. */
const restrictedSyntaxWithout = (...texts) =>
  RESTRICTED_SYNTAX.filter((each) => !texts.some((text) => each.selector.includes(text)));

const RULES = {
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": "error",
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/no-non-null-assertion": "error",
  "@typescript-eslint/only-throw-error": "error",
  "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
  "@typescript-eslint/ban-ts-comment": "error",
  "@typescript-eslint/no-import-type-side-effects": "error",
  "no-restricted-syntax": ["error", ...RESTRICTED_SYNTAX],
  "max-lines": ["error", MAX_FILE_LINES],
  "max-lines-per-function": ["error", MAX_FUNCTION_LINES],
  "max-depth": ["error", MAX_DEPTH],
  "prefer-const": "error",
  "no-var": "error",
  eqeqeq: ["error", "always"],
  "no-console": "off",
};

export default tseslint.config(
  { ignores: ["node_modules/", "dist/", "public/", ".state/", ".wrangler/", "coverage/", "**/*.d.ts"] },
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        project: ["tsconfig.json", "tsconfig.test.json", "tsconfig.node.json", "tsconfig.islands.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: RULES,
  },
  {
    // What a Worker writes goes through the logger, so that every line is JSON with its trace.
    files: ["src/**/*.{ts,tsx}", "durable-objects/**/*.ts", "workers/**/*.ts"],
    ignores: ["**/*.test.{ts,tsx}", "src/platform/log.ts"],
    rules: { "no-console": "error" },
  },
  {
    // Mail programs read no style sheets.
    files: ["**/*-mail.tsx"],
    rules: { "no-restricted-syntax": ["error", ...restrictedSyntaxWithout("style")] },
  },
  {
    // A page's script has one page to itself.
    files: ["**/islands/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...restrictedSyntaxWithout("kind='let'")] },
  },
  {
    files: ["**/*.test.{ts,tsx}"],
    rules: {
      // Rows of a table of cases read best as positional arguments, and a test file runs alone.
      "no-restricted-syntax": ["error", ...restrictedSyntaxWithout("params.length", "kind='let'")],
      "max-lines": ["error", MAX_TEST_FILE_LINES],
      // A describe block is a chapter, not a function.
      "max-lines-per-function": "off",
    },
  },
  { files: DATA_FILES, rules: { "max-lines": "off", "max-lines-per-function": "off" } },
  {
    files: [
      "**/main.ts",
      "*.config.ts",
      "test/support/workerd-main.ts",
      "test/support/summary-reporter.ts",
      "bench/workers/*.ts",
    ],
    rules: {
      "no-restricted-syntax": ["error", ...restrictedSyntaxWithout("ExportDefault")],
    },
  },
);
