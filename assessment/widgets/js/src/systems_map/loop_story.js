// A loop of the map as a story: which way round, what each link turns, how it ends. Pure functions.
import { oneLine } from "./appearance.js";
import { freeNumbered } from "./identity.js";

/** The ties of a loop, or its nodes, turned so that the smallest comes first: the same loop has the same key. */
export function loopKey({ ties }) {
  const first = ties.indexOf([...ties].sort()[0]);
  return JSON.stringify([...ties.slice(first), ...ties.slice(0, first)]);
}

/** Whether two rounds of nodes are the same one, wherever each begins. */
export function sameRound(one, other) {
  if (one.length !== other.length) return false;
  return other.some((_, turn) => one.every((id, index) => id === other[(index + turn) % other.length]));
}

/** Longest label told in a panel; the whole of it stands on the map, in the table and in the file. */
const LONGEST = 120;

/** A label as a panel tells it: one line, no marks that would turn the words around it. */
export const shortLabel = (label) => oneLine(label ?? "", LONGEST);

/** The labels of all elements of a document by their id, as panels tell them. */
export function labelsOf(document) {
  return new Map([...(document.actors ?? []), ...(document.variables ?? [])].map(({ id, label }) => [id, shortLabel(label)]));
}

/**
 * The steps of a loop: [{id, label, tie, sign, late, goes}]. `tie` leads to the step (none to the first), `goes` is
 * "up", "down" or null once a link's sign is not known; the last step is the first element again.
 */
export function stepsOf(document, { nodes, ties }) {
  const labels = labelsOf(document);
  const drawn = new Map((document.ties ?? []).map((tie) => [tie.id, tie]));
  const steps = [{ id: nodes[0], label: labels.get(nodes[0]) ?? shortLabel(nodes[0]), tie: null, sign: null, late: false, goes: "up" }];
  ties.forEach((id, index) => {
    const tie = drawn.get(id) ?? {};
    const node = nodes[(index + 1) % nodes.length];
    const goes = turned(steps.at(-1).goes, tie.polarity);
    const late = (tie.delay ?? 0) > 0;
    steps.push({ id: node, label: labels.get(node) ?? shortLabel(node), tie: id, sign: tie.polarity ?? null, late, goes });
  });
  return steps;
}

function turned(goes, polarity) {
  if (goes === null || (polarity !== "+" && polarity !== "-")) return null;
  if (polarity === "+") return goes;
  return goes === "up" ? "down" : "up";
}

/** The loop of the document that people named, if they named this one. */
export function givenName(document, { nodes }) {
  return (document.loops ?? []).find((loop) => sameRound(loop.nodes ?? [], nodes)) ?? null;
}

/** What names a loop, renames it, or takes its name away (an empty one). */
export function naming(document, loop, name) {
  const given = givenName(document, loop);
  const wanted = name.trim();
  if (given && wanted === "") return [{ do: "remove", block: "loops", id: given.id }];
  if (wanted === "" || given?.name === wanted) return [];
  if (given) return [{ do: "set", block: "loops", id: given.id, values: { name: wanted } }];
  const values = { id: freeNumbered(document, "loops", "b"), name: wanted, nodes: [...loop.nodes] };
  if (loop.kind) values.kind = loop.kind;
  return [{ do: "add", block: "loops", values }];
}

export const KINDS = ["reinforcing", "balancing", "unknown"];

/** A loop's kind as a word: what is not known is "unknown". */
export const kindOf = ({ kind }) => kind ?? "unknown";

/** How many loops there are of each kind, "all" included. */
export function counted(loops) {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const loop of loops) counts[kindOf(loop)] += 1;
  return { all: loops.length, ...counts };
}

/** The loops of `after` that were not among `before`: a closed one, or one whose kind has changed is not new. */
export function newLoops(before, after) {
  const known = new Set(before.map(loopKey));
  return after.filter((loop) => !known.has(loopKey(loop)));
}
