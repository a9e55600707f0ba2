/**
 * One running program of the simulated world: an instance of an object, an invocation of a Worker, or a person at a
 * browser. When it dies, nothing that it awaits ever comes back, so none of its code runs again.
 */
export type Process = {
  readonly name: string;
  isAlive: boolean;
  /** What it wants to tell the outside; leaves when the turn's writes are durable (the output gate). */
  outgoing: (() => void)[];
  /** Called when a turn of this process begins. */
  readonly beginTurn?: () => void;
};

export const createProcess = (name: string, beginTurn?: () => void): Process => ({
  name,
  isAlive: true,
  outgoing: [],
  ...(beginTurn ? { beginTurn } : {}),
});
