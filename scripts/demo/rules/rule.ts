import type { Dye } from "../draw/dyes.ts";
import type { Random } from "../draw/random.ts";
import type { Canvas, Markup } from "../draw/svg.ts";

/** Colours of one pattern: what it stands on, then its inks in order of weight. */
export type Palette = { readonly ground: Dye; readonly inks: readonly Dye[] };

/** One piece to cover: from 0, 0 to width, height, in millimetres. What reaches over the edge is cut by the caller. */
export type PaintJob = {
  readonly canvas: Canvas;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly random: Random;
  /** Size of the motif in millimetres: a cell, a leaf, a stripe repeat. */
  readonly motif: number;
};

/** A way to draw a pattern from a seed. The number is the one that the shop prints beside each product. */
export type Rule = {
  readonly number: number;
  readonly name: string;
  /** Continues "a pattern of …" in alternative texts. */
  readonly phrase: string;
  readonly paint: (job: PaintJob) => Markup;
};

/** Neighbouring shapes reach this far into each other, so that no hairline of ground shows between them. */
export const OVERLAP = 0.5;
