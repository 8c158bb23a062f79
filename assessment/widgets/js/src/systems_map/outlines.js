// The outlines of elements and the heads of ties as SVG paths, where Cytoscape draws them. Pure geometry.

const POLYGONS = {
  diamond: [0, -1, 1, 0, 0, 1, -1, 0],
  vee: [-1, -1, 0, -1 / 3, 1, -1, 0, 1],
  rhomboid: [-1, -1, 1 / 3, -1, 1, 1, -1 / 3, 1],
  "right-rhomboid": [-1 / 3, -1, 1, -1, 1 / 3, 1, -1, 1],
  tag: [-1, -1, 0.25, -1, 1, 0, 0.25, 1, -1, 1],
  "concave-hexagon": [-1, -0.95, -0.75, 0, -1, 0.95, 1, 0.95, 0.75, 0, 1, -0.95],
  rectangle: [-1, -1, 1, -1, 1, 1, -1, 1],
};
const SIDES = { triangle: 3, pentagon: 5, hexagon: 6, heptagon: 7, octagon: 8 };
const CUT = 8;

/** What a table of ours holds under a name that may be anything, "constructor" too. */
export const own = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);

/** A number of the drawing, to a hundredth of a pixel. */
export const round = (value) => String(Math.round(value * 100) / 100);
const pair = ({ x, y }) => `${round(x)} ${round(y)}`;

/** The corners of a regular polygon that fills the square from −1 to 1, a corner or a side up as Cytoscape has it. */
function regular(sides) {
  const first = Math.PI / 2 + (sides % 2 === 0 ? Math.PI / sides : 0);
  const points = Array.from({ length: sides }, (_, index) => {
    const angle = first + (index * 2 * Math.PI) / sides;
    return { x: Math.cos(angle), y: -Math.sin(angle) };
  });
  return stretched(points);
}

function stretched(points) {
  const spread = (values) => [Math.min(...values), Math.max(...values)];
  const [left, right] = spread(points.map(({ x }) => x));
  const [top, bottom] = spread(points.map(({ y }) => y));
  return points.map(({ x, y }) => ({ x: (2 * (x - left)) / (right - left) - 1, y: (2 * (y - top)) / (bottom - top) - 1 }));
}

function star() {
  const points = Array.from({ length: 10 }, (_, index) => {
    const [angle, radius] = [Math.PI / 2 + (index * Math.PI) / 5, index % 2 === 0 ? 1 : 0.382];
    return { x: radius * Math.cos(angle), y: -radius * Math.sin(angle) };
  });
  return stretched(points);
}

function unitPoints(shape) {
  if (shape === "star") return star();
  if (own(SIDES, shape)) return regular(SIDES[shape]);
  const flat = own(POLYGONS, shape) ?? POLYGONS.rectangle;
  return Array.from({ length: flat.length / 2 }, (_, index) => ({ x: flat[2 * index], y: flat[2 * index + 1] }));
}

const closed = (points) => `M ${points.map(pair).join(" L ")} Z`;

/** A polygon whose corners are rounded by as much, at most half of each side. */
function rounded(points, radius) {
  const toward = (from, to) => {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const share = Math.min(radius, length / 2) / length;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  };
  const corners = points.map((point, index) => {
    const before = points.at(index - 1);
    const after = points[(index + 1) % points.length];
    return `${pair(toward(point, before))} Q ${pair(point)} ${pair(toward(point, after))}`;
  });
  return `M ${corners.join(" L ")} Z`;
}

function barrel(x, y, width, height) {
  const [w, h] = [width / 2, height / 2];
  const [high, wide] = [Math.min(15, 0.05 * height), Math.min(100, 0.25 * width)];
  const [left, right, top, bottom] = [x - w, x + w, y - h, y + h];
  const bulge = 0.05 * width;
  const at = (px, py) => `${round(px)} ${round(py)}`;
  return [
    `M ${at(left, top + high)}`, `L ${at(left, bottom - high)}`, `Q ${at(left + bulge, bottom)} ${at(left + wide, bottom)}`,
    `L ${at(right - wide, bottom)}`, `Q ${at(right - bulge, bottom)} ${at(right, bottom - high)}`,
    `L ${at(right, top + high)}`, `Q ${at(right - bulge, top)} ${at(right - wide, top)}`,
    `L ${at(left + wide, top)}`, `Q ${at(left + bulge, top)} ${at(left, top + high)}`, "Z",
  ].join(" ");
}

function cutRectangle(x, y, width, height) {
  const [left, right, top, bottom] = [x - width / 2, x + width / 2, y - height / 2, y + height / 2];
  const corners = [
    [left, top + CUT], [left + CUT, top], [right - CUT, top], [right, top + CUT],
    [right, bottom - CUT], [right - CUT, bottom], [left + CUT, bottom], [left, bottom - CUT],
  ];
  return closed(corners.map(([px, py]) => ({ x: px, y: py })));
}

function ellipse(x, y, width, height) {
  const [w, h] = [round(width / 2), round(height / 2)];
  return `M ${round(x - width / 2)} ${round(y)} a ${w} ${h} 0 1 0 ${round(width)} 0 a ${w} ${h} 0 1 0 ${round(-width)} 0 Z`;
}

/** The outline of a shape as Cytoscape names it, around its middle; a name that is not known is drawn as a rectangle. */
export function outline(shape, { x, y, width, height }) {
  if (shape === "ellipse") return ellipse(x, y, width, height);
  if (shape === "barrel") return barrel(x, y, width, height);
  if (shape === "cut-rectangle") return cutRectangle(x, y, width, height);
  const points = unitPoints(shape.replace(/^round-/, "")).map((one) => ({ x: x + (one.x * width) / 2, y: y + (one.y * height) / 2 }));
  if (!shape.startsWith("round-")) return closed(points);
  return rounded(points, shape === "round-rectangle" ? Math.min(width / 4, height / 4, 8) : Math.min(width / 10, height / 10, 8));
}

const HEADS = {
  triangle: [[-0.15, -0.3, 0, 0, 0.15, -0.3]],
  "triangle-tee": [[0, 0, 0.15, -0.3, -0.15, -0.3], [-0.15, -0.4, -0.15, -0.5, 0.15, -0.5, 0.15, -0.4]],
  vee: [[-0.15, -0.3, 0, 0, 0.15, -0.3, 0, -0.15]],
  tee: [[-0.15, 0, -0.15, -0.1, 0.15, -0.1, 0.15, 0]],
  square: [[-0.15, 0, 0.15, 0, 0.15, -0.3, -0.15, -0.3]],
  diamond: [[-0.15, -0.15, 0, -0.3, 0.15, -0.15, 0, 0]],
  chevron: [[0, 0, -0.15, -0.15, -0.1, -0.2, 0, -0.1, 0.1, -0.2, 0.15, -0.15]],
};
/** How far a line stops short of its head's tip, in widths of the line times the head's scale. */
const GAPS = { none: 0, triangle: 2, "triangle-tee": 2, "triangle-backcurve": 1.6, vee: 1.05, circle: 2, square: 2, diamond: 1, chevron: 0.95 };

/** The side of the square in which Cytoscape draws a head. */
export const headSize = (width, scale) => Math.max((width * 13.37) ** 0.9, 29) * scale;
export const headGap = (shape, width, scale) => (shape === "tee" ? 1 : (own(GAPS, shape) ?? 2) * width * scale);

/** The head of a tie as a path: its tip, the unit vector it points along, its size. */
export function head(shape, tip, way, size) {
  const at = (x, y) => ({ x: tip.x + size * (y * way.x + x * way.y), y: tip.y + size * (y * way.y - x * way.x) });
  if (shape === "circle") return ellipse(tip.x, tip.y, 0.3 * size, 0.3 * size);
  if (shape === "triangle-backcurve") return `M ${pair(at(-0.15, -0.3))} L ${pair(tip)} L ${pair(at(0.15, -0.3))} Q ${pair(at(0, -0.15))} ${pair(at(-0.15, -0.3))} Z`;
  const parts = own(HEADS, shape) ?? HEADS.triangle;
  return parts.map((flat) => closed(Array.from({ length: flat.length / 2 }, (_, index) => at(flat[2 * index], flat[2 * index + 1])))).join(" ");
}

/** The curve of a tie: quadratic pieces from its start by its control points to its end; ends of pieces lie midway. */
export function pieces({ start, controls, end }) {
  if (controls.length === 0) return [[start, middle(start, end), end]];
  return controls.map((control, index) => {
    const from = index === 0 ? start : middle(controls[index - 1], control);
    const to = index === controls.length - 1 ? end : middle(control, controls[index + 1]);
    return [from, control, to];
  });
}

const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

export function curve(tie) {
  const parts = pieces(tie);
  if (tie.controls.length === 0) return `M ${pair(tie.start)} L ${pair(tie.end)}`;
  return `M ${pair(tie.start)} ${parts.map(([, control, to]) => `Q ${pair(control)} ${pair(to)}`).join(" ")}`;
}

const SAMPLES = 24;

/** The point of a tie at a distance from its end, measured along it. */
export function beforeEnd(tie, distance) {
  let left = distance;
  let last = tie.end;
  for (const [from, control, to] of pieces(tie).reverse()) {
    for (let step = SAMPLES - 1; step >= 0; step -= 1) {
      const point = onCurve(from, control, to, step / SAMPLES);
      const length = Math.hypot(point.x - last.x, point.y - last.y);
      if (length >= left && length > 0) return { x: last.x + ((point.x - last.x) * left) / length, y: last.y + ((point.y - last.y) * left) / length };
      left -= length;
      last = point;
    }
  }
  return last;
}

export function onCurve(from, control, to, t) {
  const mix = (a, b, c) => (1 - t) ** 2 * a + 2 * (1 - t) * t * b + t ** 2 * c;
  return { x: mix(from.x, control.x, to.x), y: mix(from.y, control.y, to.y) };
}

/** The unit vector from one point to another; downwards where they are one. */
export function direction(from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return length > 0 ? { x: (to.x - from.x) / length, y: (to.y - from.y) / length } : { x: 0, y: 1 };
}

/** The direction in which a tie arrives at its head. */
export function arrival({ start, controls, end, tip }) {
  const [from, control] = pieces({ start, controls, end }).at(-1);
  return direction(onCurve(from, control, end, 0.9), tip ?? end);
}

/** The angle of a tie in its middle, in degrees, never upside down. */
export function middleAngle(tie) {
  const [from, , to] = pieces(tie)[Math.floor(tie.controls.length / 2)] ?? pieces(tie).at(-1);
  const [a, b] = tie.controls.length <= 1 ? [tie.start, tie.end] : [tie.controls[0], tie.controls.at(-1)];
  const way = tie.controls.length <= 1 ? direction(from, to) : direction(a, b);
  const angle = (Math.atan2(way.y, way.x) * 180) / Math.PI;
  return angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
}
