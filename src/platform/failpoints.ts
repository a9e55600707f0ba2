/**
 * Named places where a test may stop, break or crash the code. In every build but the tests' `__FAILPOINTS__` is not
 * defined and each call is an immediate return.
 */
declare const __FAILPOINTS__: boolean | undefined;

export type FailpointAction = () => void | Promise<void>;

const isEnabled = typeof __FAILPOINTS__ !== "undefined" && __FAILPOINTS__;
// Mutable on purpose: only a test build ever writes to it.
const armed = new Map<string, FailpointAction>();

/** Runs what a test has armed under this name; does nothing otherwise. */
export async function failpoint(name: string): Promise<void> {
  if (!isEnabled) return;
  await armed.get(name)?.();
}

/** Arms a failpoint until {@link clearFailpoints}; test builds only. */
export function armFailpoint(name: string, action: FailpointAction): void {
  if (isEnabled) armed.set(name, action);
}

export const clearFailpoints = (): void => armed.clear();
