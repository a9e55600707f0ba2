/** Something that our own code promised does not hold. Only the outermost edge catches it. */
export class Defect extends Error {
  override readonly name = "Defect";
}

/**
 * States what must hold here; throws a {@link Defect} when it does not.
 * For our own mistakes only: bad input is a refusal, never a defect.
 */
export function invariant(condition: unknown, mustHold: string): asserts condition {
  if (!condition) throw new Defect(mustHold);
}

/** Marks a branch that the types say cannot be reached. */
export function unreachable(value: never, where: string): never {
  throw new Defect(`${where}: unexpected value ${JSON.stringify(value)}`);
}
