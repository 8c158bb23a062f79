// A picture of the map as SVG text, from a plain description of where everything stands. It runs nothing and asks nothing.
import { escaped } from "./badges.js";
import { arrival, beforeEnd, curve, head, outline, own, round } from "./outlines.js";

export const GROUND = "#ffffff";
const DESCENT = 0.23; // of the font's size, below the baseline
const DASHES = { dashed: [4, 2], dotted: [1, 1] };
const WAYS = { "to-top": [0, 1, 0, 0], "to-bottom": [0, 0, 0, 1], "to-left": [1, 0, 0, 0], "to-right": [0, 0, 1, 0] };

/** What XML cannot write at all, and half of a character that lost its other half. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text for XML: no markup, nothing that is not a character. */
export const plainText = (text) => escaped(String(text).replace(UNWRITABLE, ""));

/** A tag of SVG; null and undefined attributes are left out. */
export function tag(name, attributes, content = "") {
  const told = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : plainText(value)}"`)
    .join("");
  return content === "" ? `<${name}${told}/>` : `<${name}${told}>${content}</${name}>`;
}

/** The share of what lies beneath that shows through, where it is not all or nothing. */
const share = (value) => (value === undefined || value >= 1 ? null : value);

/** Lines of text around a point: { lines, x, y, above, size, weight, colour, outline?, ground?, angle?, anchor? }. */
export function label(one) {
  const { lines, x, y, size, colour, weight = 400, anchor = "middle", angle = 0 } = one;
  const first = { centre: y - (lines.length * size) / 2, above: y - lines.length * size, below: y }[one.side ?? "centre"];
  const written = lines.map((line, index) =>
    tag("text", { x, y: first + (index + 1 - DESCENT) * size, "font-size": size, "font-weight": weight, fill: colour, "text-anchor": anchor, ...halo(one.outline) }, plainText(line)));
  const turned = angle ? { transform: `rotate(${round(angle)} ${round(x)} ${round(y)})` } : {};
  return tag("g", turned, ground(one, first) + written.join(""));
}

function halo(line) {
  if (!line) return {};
  return { stroke: line.colour, "stroke-width": 2 * line.width, "stroke-opacity": share(line.opacity), "stroke-linejoin": "round", "paint-order": "stroke" };
}

function ground({ ground: one, lines, x, size }, top) {
  if (!one) return "";
  const { padding, width, colour, opacity } = one;
  return tag("rect", {
    x: x - width / 2 - padding, y: top - padding, width: width + 2 * padding, height: lines.length * size + 2 * padding,
    rx: one.round ? 2 : null, fill: colour, "fill-opacity": share(opacity),
  });
}

/** An element: its outline, its fill as high as a simulation has it, its border, its badge, its name. */
export function node(one, number = 0) {
  const d = outline(one.shape, one);
  const fill = one.gauge ? `url(#gauge-${number})` : one.fill;
  const dash = own(DASHES, one.lineStyle);
  const line = one.lineWidth > 0 ? { stroke: one.line, "stroke-width": one.lineWidth, "stroke-dasharray": dash?.join(" ") } : {};
  const shape = tag("path", { d, fill, "fill-opacity": share(one.fillOpacity), ...line });
  const inner = one.lineStyle === "double" ? tag("path", { d, fill: "none", stroke: GROUND, "stroke-width": one.lineWidth / 3 }) : "";
  const words = (one.badge ? badge(one.badge) : "") + (one.label ? label(one.label) : "");
  return tag("g", { class: `ap-${one.type}`, opacity: share(one.opacity) }, (one.gauge ? gradient(one.gauge, number) : "") + shape + inner + words);
}

function gradient({ stops, way }, number) {
  const [x1, y1, x2, y2] = own(WAYS, way) ?? WAYS["to-bottom"];
  const told = stops.map(({ offset, colour }) => tag("stop", { offset, "stop-color": colour })).join("");
  return tag("defs", {}, tag("linearGradient", { id: `gauge-${number}`, x1, y1, x2, y2 }, told));
}

function badge({ text, ink, ground: disc, x, y }) {
  const round_ = disc ? tag("circle", { cx: x, cy: y, r: 11, fill: disc, stroke: ink, "stroke-width": 1.5 }) : "";
  const size = text.length > 2 ? 9 : 12;
  return round_ + tag("text", { x, y: y + 4.2, "font-size": size, "font-weight": 700, fill: ink, "text-anchor": "middle" }, plainText(text));
}

/** A tie: its line up to its head, the head, its mark and its delay bars. */
export function tie(one) {
  const line = tag("path", { d: curve(one), fill: "none", stroke: one.colour, "stroke-width": one.width, "stroke-dasharray": one.dash?.join(" ") });
  const { shape, size, hollow } = one.head;
  const tip = shape === "none" ? "" : tag("path", {
    d: head(shape, one.tip, arrival(one), size), fill: hollow ? (one.head.ground ?? GROUND) : one.colour, stroke: hollow ? one.colour : null, "stroke-width": hollow ? 1 : null,
  });
  return tag("g", { class: "ap-tie", opacity: share(one.opacity) }, line + tip + one.labels.map(label).join(""));
}

const part = (one, number) => (one.type === "tie" ? tie(one) : node(one, number));

/** What stands where on a tie: its mark before its end, its bars in its middle. */
export const markPlace = (one, offset) => beforeEnd(one, offset);

/**
 * The whole picture. `parts` in the order in which they are painted; `box` of the map in its own pixels; `keys` are
 * { label, parts, box } each; `heading` is { title, reading, line }; `measure(text, size)` gives a text's width.
 */
export function drawing({ parts, box, keys = [], heading = null, language, font, ink, quiet, measure }) {
  const scale = Math.min(3, Math.max(1, box.width / 1200));
  const shown = { x: box.x, y: box.y, width: Math.max(box.width, 320 * scale), height: box.height };
  const below = heading ? titled(heading, { ...shown, scale, ink, quiet, measure, foot: shown.y + shown.height }) : { text: "", foot: shown.y + shown.height };
  const key = keyed(keys, { ...shown, scale, ink, measure, foot: below.foot });
  const height = key.foot - shown.y + (below.text || key.text ? 16 * scale : 0);
  const view = [shown.x, shown.y, shown.width, height].map(round).join(" ");
  const inside = [
    tag("title", {}, plainText(heading?.title || " ")),
    tag("rect", { x: shown.x, y: shown.y, width: shown.width, height, fill: GROUND }),
    tag("g", { class: "ap-parts" }, parts.map(part).join("\n")),
    below.text, key.text,
  ];
  const root = {
    xmlns: "http://www.w3.org/2000/svg", version: "1.1", viewBox: view, width: shown.width, height, role: "img",
    "xml:lang": language, "font-family": font, "data-map": [box.x, box.y, box.width, box.height].map(round).join(" "),
  };
  return `${tag("svg", root, `\n${inside.filter(Boolean).join("\n")}\n`)}\n`;
}

/** Title and line below the map, cut to the picture's width. */
function titled({ title, reading, line }, { x, width, foot, scale, ink, quiet, measure }) {
  const rows = [[title, 20 * scale, 600, ink], [reading, 14 * scale, 600, ink, "ap-reading"], [line, 13 * scale, 400, quiet]].filter(([text]) => text);
  let y = foot + 8 * scale;
  const texts = rows.map(([text, size, weight, colour, name]) => {
    y += size * 1.35;
    return tag("text", { class: name, x: x + 24 * scale, y: y - size * 0.3, "font-size": size, "font-weight": weight, fill: colour }, plainText(cut(text, width - 48 * scale, size, measure)));
  });
  return { text: tag("g", { class: "ap-heading" }, texts.join("")), foot: y };
}

/** A text that fits in a width, with an ellipsis where it does not. */
export function cut(text, width, size, measure) {
  if (measure(text, size) <= width) return text;
  const letters = [...text].slice(0, 400);
  while (letters.length > 1 && measure(`${letters.join("")}…`, size) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** The key, entry after entry, line after line; each sign is drawn in its own box, which `data-map` names. */
function keyed(keys, { x, width, foot, scale, ink, measure }) {
  if (keys.length === 0) return { text: "", foot };
  const size = 12 * scale;
  let [left, top] = [x + 24 * scale, foot + 14 * scale];
  const entries = keys.map((one) => {
    const text = cut(one.label, width - 48 * scale - 60 * scale, size, measure);
    const sign = one.box.width * scale;
    const whole = sign + 6 * scale + measure(text, size) + 20 * scale;
    if (left + whole > x + width - 12 * scale && left > x + 24 * scale) [left, top] = [x + 24 * scale, top + 26 * scale];
    const made = entry(one, text, { left, top, scale, size, ink });
    left += whole;
    return made;
  });
  return { text: tag("g", { class: "ap-key" }, entries.join("\n")), foot: top + 24 * scale };
}

function entry({ parts, box }, text, { left, top, scale, size, ink }) {
  const signs = tag("g", { transform: `translate(${round(left)} ${round(top)}) scale(${round(scale)})` }, parts.map(part).join(""));
  const words = tag("text", { class: "ap-key-label", x: left + (box.width + 6) * scale, y: top + (box.height / 2) * scale + size * 0.35, "font-size": size, fill: ink }, plainText(text));
  const place = [left, top, box.width * scale, box.height * scale].map(round).join(" ");
  return tag("g", { class: "ap-key-entry", "data-map": place }, signs + words);
}
