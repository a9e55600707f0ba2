/**
 * Operations that the matrix of bad input does not drive: none. One that is named here lacks a sample, or answers a stray
 * id or cursor in its own way. Whoever writes a sample for one takes it out.
 */
export const OUTSIDE_THE_MATRIX: readonly string[] = [];
