// The key of a picture: only what is on the map, each sign drawn as on the map, then what a reading means.
import { ARROWS, actorLook, isFormal, oneLine, tieLook } from "./appearance.js";
import { headGap, headSize, own } from "./outlines.js";
import { contrast } from "./paint.js";

const MOST = 16;
const SIGN = { x: 0, y: 0, width: 24, height: 24 };
const LINE = { x: 0, y: 0, width: 52, height: 24 };

/** Entries { label, parts, box } of a map; `say` words them, `colours` are the theme's. */
export function keyEntries(document, { offers, say, colours, reading = null }) {
  // Where a reading takes the colours, roles are told by their shapes alone.
  const repainted = Object.values(reading?.paint?.nodes ?? {}).some(({ colour }) => colour);
  const roles = roleEntries(document, offers, say, colours, repainted);
  return [...roles, ...variableEntry(document, say, colours), ...tieEntries(document, offers, say, colours), ...readingEntries(reading, colours)];
}

const sign = (look, more) => ({ type: "actor", x: 12, y: 12, width: 18, height: 18, lineWidth: 0, ...look, ...more });

function roleEntries(document, offers, say, colours, repainted) {
  const roles = offers.roles ?? [];
  const shapes = new Map(roles.map(({ value, shape }) => [value, shape]));
  const found = [...new Set((document.actors ?? []).map(({ role }) => role ?? ""))];
  const known = found.filter((role) => shapes.has(role) || !role);
  const others = found.filter((role) => role && !shapes.has(role));
  return [...known, ...others].slice(0, MOST).map((role) => {
    const { shape, colour } = actorLook({ label: "", role: role || undefined }, { shapes, measure: () => 0 });
    const label = roles.find(({ value }) => value === role)?.label ?? (oneLine(role, 40) || say("map_no_role"));
    return { label, box: SIGN, parts: [sign({ shape, fill: colours[repainted ? "muted" : colour] })] };
  });
}

function variableEntry(document, say, colours) {
  if (!document.variables?.length) return [];
  const pill = { type: "variable", shape: "round-rectangle", x: 12, y: 12, width: 22, height: 14, fill: colours.surface, line: colours["line-strong"], lineWidth: 1.25 };
  return [{ label: say("map_legend_variable"), box: SIGN, parts: [pill] }];
}

/** A tie from left to right, as it looks on the map. */
function tieSign(look, colours, more = {}) {
  const [width, stroke] = [2, colours[look.colour] ?? colours["ink-2"]];
  const gap = headGap(look.arrow, width, 1);
  const text = look.mark || look.bars;
  const label = text ? [{ lines: [text], x: 20, y: 12, size: 14, weight: 700, colour: stroke, ground: { colour: colours.surface, opacity: 1, padding: 1, width: text.length * 8 } }] : [];
  return {
    type: "tie", start: { x: 2, y: 12 }, controls: [], end: { x: 48 - gap, y: 12 }, tip: { x: 48, y: 12 }, colour: stroke, width,
    dash: look.dash ? [6, 4] : null, head: { shape: look.arrow, size: headSize(width, 1), hollow: look.hollow, ground: colours.surface }, labels: label, ...more,
  };
}

function tieEntries(document, offers, say, colours) {
  const ties = document.ties ?? [];
  const seen = new Map(ties.map((tie) => [tie.kind === "causes" ? `causes ${tie.polarity ?? "?"}` : `${tie.kind} ${isFormal(tie)}`, tie]));
  const order = (tie) => 2 * ((offers.kinds ?? []).findIndex(({ value }) => value === tie.kind) + 1 || MOST * 9) + (isFormal(tie) ? 0 : 1);
  const entries = [...seen.values()].sort((a, b) => order(a) - order(b)).slice(0, MOST).map((tie) => {
    const look = { ...tieLook({ ...tie, delay: 0 }), arrow: own(ARROWS, tie.kind) ?? "vee" };
    return { label: tieWords(tie, offers.kinds ?? [], say), box: LINE, parts: [tieSign(look, colours)] };
  });
  if (!ties.some(({ delay }) => delay > 0)) return entries;
  const late = tieSign({ arrow: "triangle", bars: "‖", mark: "", colour: "ink-2" }, colours);
  return [...entries, { label: say("map_legend_delay"), box: LINE, parts: [late] }];
}

function tieWords(tie, kinds, say) {
  if (tie.kind === "causes") return say({ "+": "map_legend_more", "-": "map_legend_less" }[tie.polarity] ?? "map_legend_unsigned");
  const kind = kinds.find(({ value }) => value === tie.kind)?.label ?? oneLine(tie.kind, 40);
  return say(isFormal(tie) ? "map_legend_formal" : "map_legend_informal", { kind });
}

/** How a reading tells its patterns: those of ties as a line, those of elements as a border, a size, a paleness. */
const LINES = { line: {}, dash: { dash: [6, 4] }, wide: { width: 5 }, thin: { width: 1 } };

function readingEntries(reading, colours) {
  return (reading?.legend ?? []).slice(0, MOST).map(({ label, ...look }) => {
    const fill = colours[look.colour] ?? colours.muted;
    const line = own(LINES, look.pattern ?? "");
    const parts = line ? readingLine(look, fill, line, colours) : readingSign(look, fill, colours);
    return { label: oneLine(label, 120), box: line ? LINE : SIGN, parts };
  });
}

function readingLine({ badge }, stroke, more, colours) {
  const text = badge ? [{ lines: [oneLine(badge, 4)], x: 24, y: 12, size: 13, weight: 700, colour: stroke, ground: { colour: colours.surface, opacity: 1, padding: 1, width: badge.length * 8 } }] : [];
  const [start, end] = [{ x: 2, y: 12 }, { x: 48, y: 12 }];
  return [{ type: "tie", start, controls: [], end, tip: end, colour: stroke, width: 2, dash: null, head: { shape: "none", size: 29, hollow: false }, labels: text, ...more }];
}

function readingSign({ colour, shape, pattern, badge }, fill, colours) {
  const round = { shape: shape ?? "ellipse", fill, width: 20, height: 20 };
  if (pattern === "size") return [sign(round, { x: 6, width: 8, height: 8 }), sign(round, { x: 17, width: 14, height: 14 })];
  const border = ["double", "dashed"].includes(pattern) ? { line: colours.ink, lineStyle: pattern, lineWidth: pattern === "double" ? 5 : 2 } : {};
  const mark = badge ? { text: oneLine(badge, 4), ink: colours[colour] ? contrast(colours, colour) : colours.surface, ground: null, x: 12, y: 12 } : null;
  return [sign(round, { badge: mark, opacity: pattern === "dim" ? 0.3 : 1, ...border })];
}
