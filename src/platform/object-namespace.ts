/** The part of a Durable Object namespace that clients use, typed by the object's contract instead of its class. */
export type ObjectNamespace<Rpc> = { getByName(name: string): Rpc };

/**
 * Sees a namespace through its contract. The cast is sound because the class `implements` the contract; the runtime
 * wraps every method so that it returns a promise.
 */
export const objectNamespace = <Rpc>(namespace: { getByName(name: string): unknown }): ObjectNamespace<Rpc> =>
  namespace as ObjectNamespace<Rpc>;

/** What travels with every object call. */
export type CallContext = {
  readonly traceparent: string;
  /** Who asked, for the journal: `customer`, `staff:{name}`, `system:{part}`. */
  readonly actor: string;
};
