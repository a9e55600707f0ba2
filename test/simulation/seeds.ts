/** Seeds of worlds in which the shop once broke a promise; each is lived again in every run. */
export const KNOWN_SEEDS: readonly { readonly seed: number; readonly why: string }[] = [];
