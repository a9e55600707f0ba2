/**
 * One planted bug: a change of the source that a person could have made, and that the tests have to notice. It is
 * applied while a file is loaded, so production code carries no switch.
 */
export type Bug = {
  /** Kebab-case; the value of TOOTH. */
  readonly name: string;
  /** From the root of the project. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What would happen to a shop with this bug. */
  readonly why: string;
  readonly caughtBy: Catcher;
};

/** The smallest tests that should notice a bug. */
export type Catcher =
  /** Test files of one project; `title` narrows them to tests whose names contain it. */
  | {
      readonly kind: "tests";
      readonly project: "unit" | "workerd";
      readonly files: readonly string[];
      readonly title?: string;
    }
  /** This many worlds of the simulation from this seed on. */
  | { readonly kind: "simulation"; readonly seed: number; readonly worlds: number };

export const simulation = (seed: number, worlds = 3): Catcher => ({ kind: "simulation", seed, worlds });

/** The staged faults of the simulation whose titles contain this. */
export const staged = (title: string): Catcher => ({
  kind: "tests",
  project: "unit",
  files: ["test/simulation/faults.test.ts", "test/simulation/after-sale.test.ts"],
  title,
});

export const tests = (project: "unit" | "workerd", ...files: readonly string[]): Catcher => ({
  kind: "tests",
  project,
  files,
});
