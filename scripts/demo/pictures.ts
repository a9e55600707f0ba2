import { createHash } from "node:crypto";
import { DYES, tint, type Dye, type DyeName } from "./draw/dyes.ts";
import { createCanvas } from "./draw/svg.ts";
import type { ClothGood } from "./goods/cloths.ts";
import type { PatternSpec } from "./goods/good.ts";
import type { NotebookGood } from "./goods/notebooks.ts";
import type { PrintGood } from "./goods/prints.ts";
import type { TileGood } from "./goods/tiles.ts";
import { CLOTH_ROOMS } from "./rooms/cloth-rooms.ts";
import { defineCloth } from "./rooms/cloth-scene.ts";
import { NOTEBOOK_ROOMS, type NotebookScene } from "./rooms/notebook-rooms.ts";
import { PRINT_ROOMS, type PrintRoomName } from "./rooms/print-rooms.ts";
import { TILE_ROOMS } from "./rooms/tile-rooms.ts";
import { SINGLE_PLANT_MM } from "./rules/figures.ts";
import { RULEBOOK } from "./rules/rulebook.ts";
import { flatBook, openBook, spines } from "./views/book-views.ts";
import {
  flatCloth,
  flatSheet,
  frameCorner,
  sheetBack,
  tileStack,
  trueSize,
  turnedCorner,
  type Ground,
} from "./views/close-ups.ts";
import { drawClothRoom } from "./views/cloth-views.ts";
import { measureNotebook, measurePiece, measurePrints, measureTile } from "./views/measured.ts";
import { defineCover, drawNotebookRoom } from "./views/notebook-views.ts";
import { defineSheet, drawPrintRoom, paintPattern, readRoom } from "./views/print-views.ts";
import { defineField, drawTileRoom } from "./views/tile-views.ts";

/** One finished file: its name in the shop's media, its bytes as text, and the words for those who do not see it. */
export type DrawnPicture = {
  readonly name: string;
  readonly svg: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
};

/**
 * Names a drawing and its words. The name ends with a digest of the bytes: the shop never gives a name other bytes, so a
 * drawing that changes gets a new one.
 */
export function namePicture(
  name: string,
  {
    svg,
    alt,
    size = [1000, 1250],
  }: { readonly svg: string; readonly alt: string; readonly size?: readonly [number, number] },
): DrawnPicture {
  const digest = createHash("sha256").update(svg).digest("hex").slice(0, 8);
  return { name: `${name}-${digest}.svg`, svg, alt, width: size[0], height: size[1] };
}

const picture = (name: string, svg: string, alt: string): DrawnPicture => namePicture(name, { svg, alt });

/** "ink blue, terracotta and sky blue" */
export function listWords(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length < 2 ? unique.join("") : `${unique.slice(0, -1).join(", ")} and ${unique.at(-1) ?? ""}`;
}

/** One plant reads as a tree, rows of small ones do not; every other rule is described the same at any size. */
const phraseOf = ({ rule, motif }: PatternSpec): string =>
  rule === "growth" && motif < SINGLE_PLANT_MM
    ? "upright stems in rows, each with leaves and a bud"
    : RULEBOOK[rule].phrase;

/** "quarter circles, each turned one of four ways, in ink blue and terracotta on bone" */
export function describePattern(pattern: PatternSpec): string {
  const names = pattern.inks.filter((ink) => ink !== pattern.ground).map((ink): string => DYES[ink].name);
  return `${phraseOf(pattern)}, in ${listWords(names)} on ${DYES[pattern.ground].name}`;
}

const wallOf = (wall: DyeName): string => {
  const { name } = DYES[wall];
  return `against ${/^[aeiou]/.test(name) ? "an" : "a"} ${name} wall`;
};

/** A new canvas on the ground that suits the good: its wall, made paler. */
const on = (wall: DyeName): Ground => ({
  canvas: createCanvas(),
  ground: DYES[wall].l < 0.7 ? tint(DYES[wall], 0.08) : DYES[wall],
});

const FRAME_WORDS = {
  none: "Unframed print",
  oak: "Print in an oak frame",
  black: "Print in a black frame",
} as const;

function printRoomPicture(good: PrintGood, place: PrintRoomName, suffix: string): DrawnPicture {
  const { room } = good;
  const stance = place === "ledge" || place === "floor" || place === "sideboard" ? "stands" : "hangs";
  const alt = `${FRAME_WORDS[room.frame]}, ${good.name}: ${describePattern(good.pattern)}. It ${stance} ${PRINT_ROOMS[place].setting}, ${wallOf(room.wall)}.`;
  return picture(`${good.handle}-${suffix}`, drawPrintRoom({ ...good, room: { ...room, place } }), alt);
}

/** Five views of a print. */
export function printPictures(good: PrintGood): DrawnPicture[] {
  const [flat, near, edge] = [on(good.room.wall), on(good.room.wall), on(good.room.wall)];
  const frame = good.room.frame;
  const edgeView =
    frame === "none"
      ? sheetBack(edge, defineSheet(edge.canvas, good.pattern))
      : frameCorner(edge, defineSheet(edge.canvas, good.pattern), frame);
  const edgeAlt =
    frame === "none"
      ? `The back of ${good.name}, one corner turned over to show the printed side.`
      : `Lower right corner of ${good.name} in its ${frame === "oak" ? "oak" : "black"} frame: the mitre, the grain and the white paper border.`;
  return [
    printRoomPicture(good, good.room.place, "room"),
    picture(
      `${good.handle}-sheet`,
      flatSheet(flat, defineSheet(flat.canvas, good.pattern)),
      `The whole sheet of ${good.name}: ${describePattern(good.pattern)}, with a white paper border.`,
    ),
    picture(
      `${good.handle}-detail`,
      trueSize(near, defineSheet(near.canvas, good.pattern), { shift: [-110, -200] }),
      `Part of ${good.name} at true size in the 50 × 70 cm format, a steel ruler below.`,
    ),
    picture(`${good.handle}-edge`, edgeView, edgeAlt),
    picture(
      `${good.handle}-measures`,
      measurePrints(),
      `Measured drawing of ${good.name}: 21 × 29.7, 29.7 × 42, 50 × 70 and 70 × 100 cm drawn to one scale.`,
    ),
  ];
}

/** The same print in other rooms, for the product that shows nine pictures. */
export const moreRooms = (good: PrintGood, places: readonly PrintRoomName[]): DrawnPicture[] =>
  places.map((place) => printRoomPicture(good, place, `room-${place}`));

/** Five views of a cloth. */
export function clothPictures(good: ClothGood): DrawnPicture[] {
  const grounds = [on(good.room.wall), on(good.room.wall), on(good.room.wall)] as const;
  const [flat, near, corner] = grounds.map(({ canvas }) =>
    defineCloth(canvas, paintPattern(canvas, good.pattern, good.size), good.size),
  );
  const name = `${good.name}, ${good.kind}`;
  const [wide, tall] = good.size;
  return [
    picture(
      `${good.handle}-room`,
      drawClothRoom(good),
      `${name}: ${describePattern(good.pattern)}. It lies ${CLOTH_ROOMS[good.room.place].setting}.`
        .replace("It lies over", "It hangs over")
        .replace("It lies on a peg", "It hangs on a peg")
        .replace("It lies knotted", "It is knotted"),
    ),
    picture(
      `${good.handle}-flat`,
      flatCloth(grounds[0], flat ?? "", good.size),
      `${good.name} spread flat: ${describePattern(good.pattern)}, hem stitched in bone.`,
    ),
    picture(
      `${good.handle}-detail`,
      trueSize(grounds[1], near ?? "", { shift: [-40, -40], weave: DYES.bone }),
      `Part of ${good.name} at true size, the threads showing, a steel ruler below.`,
    ),
    picture(
      `${good.handle}-reverse`,
      turnedCorner(grounds[2], corner ?? ""),
      `A corner of ${good.name} turned over: the reverse is paler than the face.`,
    ),
    picture(
      `${good.handle}-measures`,
      measurePiece([wide, tall], 10),
      `Measured drawing of ${good.name}: ${String(wide / 10)} × ${String(tall / 10)} cm.`,
    ),
  ];
}

/** Millimetres from face to back, as the material says. */
export const tileThickness = ({ material }: TileGood): number => Number(/(\d+) mm/.exec(material)?.[1] ?? 9);

/** Four views of a tile. */
export function tilePictures(good: TileGood): DrawnPicture[] {
  const [near, stack] = [on(good.room.wall), on(good.room.wall)];
  const name = good.title === undefined ? good.name : `${good.name} (courtyard star)`;
  const body: Dye = good.material.startsWith("earthen")
    ? DYES.terracotta
    : good.material.startsWith("stone")
      ? DYES.sand
      : tint(DYES.steel, -0.1);
  return [
    picture(
      `${good.handle}-room`,
      drawTileRoom(good),
      `Tiles, ${name}: ${describePattern(good.pattern)}, laid ${TILE_ROOMS[good.room.place].setting}.`,
    ),
    picture(
      `${good.handle}-detail`,
      trueSize(near, defineField(near.canvas, good, [450, 450]), { shift: [-60, -70] }),
      `${name} at true size: one whole tile of 15 cm and parts of its neighbours, a steel ruler below.`,
    ),
    picture(
      `${good.handle}-edge`,
      tileStack(stack, defineField(stack.canvas, good, [150, 150]), {
        thick: tileThickness(good),
        body,
        grout: DYES[good.pattern.ground],
      }),
      `A stack of nine ${name} tiles seen from the edge, one tile leaning in front.`,
    ),
    picture(
      `${good.handle}-measures`,
      measureTile(tileThickness(good)),
      `Measured drawing of ${name}: 15 × 15 cm, ${String(tileThickness(good))} mm thick.`,
    ),
  ];
}

/** Millimetres from cover to cover: 0.1 for each leaf, and the two boards. */
export const bookThickness = ({ pages }: NotebookGood): number => Math.round(pages / 20 + 4);

/** Four or five views of a notebook. */
export function notebookPictures(good: NotebookGood): DrawnPicture[] {
  const [flat, open, spine] = [on(good.room.wall), on(good.room.wall), on(good.room.wall)];
  const scene = ({ canvas }: Ground): NotebookScene => ({
    canvas,
    room: readRoom(good.room),
    cover: defineCover(canvas, good),
    size: [good.size[0], good.size[1]],
    cloth: DYES[good.spine],
  });
  const measures = `${String(good.size[0] / 10)} × ${String(good.size[1] / 10)} cm`;
  return [
    picture(
      `${good.handle}-room`,
      drawNotebookRoom(good),
      `Notebook, ${good.name}: ${describePattern(good.pattern)}, spine of ${DYES[good.spine].name} cloth. It lies ${NOTEBOOK_ROOMS[good.room.place].setting}.`.replace(
        "It lies on a shelf",
        "It stands on a shelf",
      ),
    ),
    picture(
      `${good.handle}-cover`,
      flatBook(flat, scene(flat)),
      `The cover of ${good.name} straight on: ${describePattern(good.pattern)}.`,
    ),
    picture(
      `${good.handle}-open`,
      openBook(open, scene(open)),
      `${good.name} open: a lined page on the left, a dotted page on the right, a pencil between them.`,
    ),
    picture(
      `${good.handle}-spine`,
      spines(spine, scene(spine), bookThickness(good)),
      `Three ${good.name} notebooks lying on each other, their ${DYES[good.spine].name} spines in front.`,
    ),
    picture(
      `${good.handle}-measures`,
      measureNotebook([good.size[0], good.size[1]], bookThickness(good)),
      `Measured drawing of ${good.name}: ${measures}, ${String(bookThickness(good))} mm thick.`,
    ),
  ];
}
