import { css, type Dye } from "./dyes.ts";

/** Text of SVG elements. Everything that goes in is made by these scripts, so nothing needs escaping but attribute text. */
export type Markup = string;
export type Point = readonly [x: number, y: number];
export type Box = readonly [x: number, y: number, width: number, height: number];
export type Paint = Dye | string;
export type Attributes = Readonly<Record<string, Paint | number | undefined>>;

/** One decimal is finer than any eye needs at these sizes, and keeps files small. */
export const quantise = (value: number): string => {
  const text = (Math.round(value * 10) / 10).toString();
  return text === "-0" ? "0" : text.replace(/^(-?)0\./, "$1.");
};

function attribute([name, value]: readonly [string, Paint | number | undefined]): string {
  if (value === undefined) return "";
  const text =
    typeof value === "number"
      ? name.endsWith("opacity")
        ? String(Math.round(value * 1000) / 1000).replace(/^0\./, ".")
        : quantise(value)
      : typeof value === "string"
        ? value
        : css(value);
  return ` ${name}="${text}"`;
}

/** One element; without children it closes itself. */
export function el(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const head = `<${name}${Object.entries(attributes).map(attribute).join("")}`;
  return children.length === 0 ? `${head}/>` : `${head}>${children.join("")}</${name}>`;
}

export const g = (attributes: Attributes, ...children: readonly Markup[]): Markup =>
  el("g", attributes, ...children);
export const rect = ([x, y, width, height]: Box, fill: Paint, more: Attributes = {}): Markup =>
  el("rect", { x: x === 0 ? undefined : x, y: y === 0 ? undefined : y, width, height, fill, ...more });
export const circle = ([cx, cy]: Point, r: number, more: Attributes): Markup =>
  el("circle", { cx, cy, r, ...more });
export const ellipse = ([cx, cy]: Point, [rx, ry]: Point, more: Attributes): Markup =>
  el("ellipse", { cx, cy, rx, ry, ...more });
export const path = (d: string, fill: Paint, more: Attributes = {}): Markup =>
  el("path", { d, fill, ...more });

/** A stroke without a fill: its width, or its width with more attributes. */
export function line(
  d: string,
  stroke: Paint,
  pen: number | (Attributes & { readonly width: number }),
): Markup {
  const { width, ...more } = typeof pen === "number" ? { width: pen } : pen;
  return el("path", { d, fill: "none", stroke, "stroke-width": width, ...more });
}

/** `transform` text for a move, a turn in degrees and a scale, each optional. */
export function place(move: Point, turn = 0, scale = 1): string {
  const turned = turn === 0 ? "" : `rotate(${quantise(turn)})`;
  const scaled = scale === 1 ? "" : `scale(${Math.round(scale * 1000) / 1000})`;
  return `translate(${quantise(move[0])} ${quantise(move[1])})${turned}${scaled}`;
}

export const use = (id: string, transform: string, more: Attributes = {}): Markup =>
  el("use", { href: `#${id}`, transform, ...more });

/** Path data through points, written relative and quantised so that it compresses; `grid` is the step in units. */
export function polyline(points: readonly Point[], isClosed = true, grid = 0.5): string {
  const pen = createPen(grid);
  const [first, ...rest] = points;
  if (first === undefined) return "";
  return pen.move(first) + rest.map((point) => pen.draw("l", point)).join("") + (isClosed ? "z" : "");
}

/** A smooth closed curve: quadratics through the middles of the polygon's sides. */
export function smoothLoop(points: readonly Point[], grid = 0.5): string {
  const pen = createPen(grid);
  const middles = points.map((point, index) => middle(point, points[(index + 1) % points.length] ?? point));
  const start = middles.at(-1);
  if (start === undefined) return "";
  return (
    pen.move(start) +
    points.map((point, index) => pen.draw("q", point, middles[index] ?? point)).join("") +
    "z"
  );
}

/** A smooth open curve from the first to the last point. */
export function smoothLine(points: readonly Point[], grid = 0.5): string {
  const pen = createPen(grid);
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const start = pen.move(first);
  if (rest.length === 1) return start + rest.map((point) => pen.draw("l", point)).join("");
  const controls = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point;
    return pen.draw("q", point, index === rest.length - 2 ? next : middle(point, next));
  });
  return start + controls.join("");
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

function createPen(grid: number): {
  move: (to: Point) => string;
  draw: (command: string, ...points: Point[]) => string;
} {
  let x = 0;
  let y = 0;
  const snap = (value: number): number => Math.round(value / grid);
  const text = (steps: number): string => quantise(steps * grid);
  const join = (dx: number, dy: number): string => {
    const second = text(dy - y);
    return `${text(dx - x)}${second.startsWith("-") ? "" : " "}${second}`;
  };
  return {
    move: (to) => {
      x = snap(to[0]);
      y = snap(to[1]);
      return `M${text(x)} ${text(y)}`;
    },
    draw: (command, ...points) => {
      const body = points.map((point) => join(snap(point[0]), snap(point[1])));
      const last = points.at(-1);
      if (last !== undefined) {
        x = snap(last[0]);
        y = snap(last[1]);
      }
      return command + body.join(" ");
    },
  };
}

/** Collects what one picture defines once and uses often. */
export type Canvas = {
  /** Adds an element whose markup holds `id="@"`; returns the id that replaces the mark. */
  readonly define: (markup: Markup) => string;
  /** Wraps children so that only the part inside the path shows. */
  readonly clip: (d: string, ...children: readonly Markup[]) => Markup;
  readonly defs: () => Markup;
};

/** Starts a picture's set of definitions. */
export function createCanvas(): Canvas {
  const known = new Map<string, string>();
  const define = (markup: Markup): string => {
    const existing = known.get(markup);
    if (existing !== undefined) return existing;
    const id = `d${String(known.size)}`;
    known.set(markup, id);
    return id;
  };
  return {
    define,
    clip: (d, ...children) => {
      const id = define(`<clipPath id="@"><path d="${d}"/></clipPath>`);
      return g({ "clip-path": `url(#${id})` }, ...children);
    },
    defs: () => {
      const all = [...known].map(([markup, id]) => markup.replace('id="@"', `id="${id}"`));
      return all.length === 0 ? "" : `<defs>${all.join("")}</defs>`;
    },
  };
}

/** Path data of a rectangle. */
export const boxPath = ([x, y, width, height]: Box): string =>
  `M${quantise(x)} ${quantise(y)}h${quantise(width)}v${quantise(height)}h${quantise(-width)}z`;

/** How a finished picture is framed: what part of the drawing it shows and how large it is by nature, in CSS pixels. */
export type Frame = {
  readonly view: readonly [width: number, height: number];
  readonly size: readonly [width: number, height: number];
};

/** The whole SVG file. */
export function svgFile(frame: Frame, canvas: Canvas, body: readonly Markup[]): string {
  const [viewWidth, viewHeight] = frame.view;
  const [width, height] = frame.size;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${quantise(viewWidth)} ${quantise(viewHeight)}" width="${String(width)}" height="${String(height)}">${canvas.defs()}${body.join("")}</svg>\n`;
}
