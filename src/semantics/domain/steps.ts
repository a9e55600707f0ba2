/** Long work in steps: each yields how much it was, in multiplications, so that whoever runs it can rest in between. */
export type Steps<T> = Generator<number, T, void>;

/** Does all steps at once. */
export function runToEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does steps until they were about `work` together; the result once it is there. */
export function runSome<T>(steps: Steps<T>, work: number): { readonly result: T } | undefined {
  for (let done = 0; done < work;) {
    const step = steps.next();
    if (step.done === true) return { result: step.value };
    done += step.value;
  }
  return undefined;
}
