// How the parts of a map look, worked out from what the document says of them; nothing here touches the page.

import { own } from "./outlines.js";

/** Colour of each main role; its shape comes from Python with the role's name. Never colour alone. */
const ROLE_COLOURS = {
  elected: "category-3", executive: "category-1", manager: "category-6", agent: "category-4", citizen: "category-2",
  taxpayer: "category-2", user: "category-2", association: "category-2", partner: "category-5",
};
export const ARROWS = {
  causes: "triangle", informs: "vee", coordinates: "chevron", cooperates: "circle", collaborates: "square",
  decides_with: "diamond", funds: "triangle-tee", reports_to: "triangle-backcurve",
};
const FORMAL = ["funds", "reports_to"];
const SIGNS = { "+": "+", "-": "−" };
/** The side of an actor's shape, in pixels at zoom 1. */
export const ACTOR = 34;
const FONT = 14;
const LINE = 18;
const WIDEST = 176;
const MOST_LINES = 4;

export const nodeId = (id) => `n:${id}`;
export const edgeId = (id) => `e:${id}`;
export const unitId = (unit) => `u:${unit}`;
/** The document's id behind an element of the drawing. */
export const plainId = (id) => id.slice(2);

/** One line of readable text: line breaks, controls and marks that turn the direction of writing would break the map. */
export function oneLine(text, longest = 200) {
  const plain = String(text).replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "");
  const calm = plain.replace(/(\p{M}{3})\p{M}+/gu, "$1").trim();
  const letters = [...calm];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join("")}…` : calm;
}

/** Breaks a text into lines of at most `width`, at most `most` of them; `measure` gives a text's width in pixels. */
export function wrapped(text, width, measure, most = MOST_LINES) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => pieces(one, width, measure))) {
    const longer = line ? `${line} ${word}` : word;
    if (line && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1].slice(0, -1)}…`];
}

/** A word longer than a line, in pieces that fit. */
function pieces(word, width, measure) {
  if (measure(word) <= width) return [word];
  const parts = [];
  let part = "";
  for (const letter of word) {
    if (part && measure(part + letter) > width) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return [...parts, part];
}

/** What is drawn for an actor: a shape by role, its label below. */
export function actorLook(actor, { shapes, measure, scale = 1 }) {
  const label = wrapped(oneLine(actor.label) || "…", 120, measure).join("\n");
  return {
    type: "actor",
    label,
    shape: shapes.get(actor.role) ?? "ellipse",
    colour: own(ROLE_COLOURS, actor.role) ?? "muted",
    font: FONT * scale,
    width: ACTOR,
    height: ACTOR,
  };
}

/** What is drawn for a variable: its words in a pill, as in a causal loop diagram. */
export function variableLook(variable, { measure, scale = 1 }) {
  const lines = wrapped(oneLine(variable.label) || "…", WIDEST, measure);
  const width = Math.max(48, ...lines.map(measure)) + 24;
  return {
    type: "variable", label: lines.join("\n"), shape: "round-rectangle", colour: "variable", font: FONT * scale,
    width: Math.ceil(width * scale), height: (lines.length * LINE + 14) * scale,
  };
}

export const isFormal = (tie) => tie.formal ?? FORMAL.includes(tie.kind);

/** What is drawn for a tie: arrow by kind, dash by formality, mark by sign, bars by delay, width by weight. */
export function tieLook(tie, { scale = 1 } = {}) {
  const causal = tie.kind === "causes";
  const delay = tie.delay ?? 0;
  return {
    causal,
    colour: causal ? ({ "+": "category-1", "-": "category-5" }[tie.polarity] ?? "ink-3") : "relation",
    arrow: own(ARROWS, tie.kind) ?? "vee",
    hollow: tie.kind === "reports_to",
    dash: !causal && !isFormal(tie),
    mark: causal ? (SIGNS[tie.polarity] ?? "?") : "",
    bars: delay > 0 ? "‖".repeat(Math.min(delay, 3)) : "",
    width: 1.25 + 2 * Math.max(0, Math.min(1, tie.weight ?? 1)),
    font: 16 * scale,
    reach: 20 + 4 * scale,
    faint: tie.confidence !== undefined && tie.confidence < 0.5,
  };
}

/** Every unit that actors name, in the order in which they do. */
export function unitsOf(document) {
  return [...new Set((document.actors ?? []).map(({ unit }) => unit).filter(Boolean))];
}
