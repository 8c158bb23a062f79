// How elements and ties are named to people. Pure functions; documents are never changed in place, so what is found
// in one is kept for as long as it lives.

const BLOCKS = ["actors", "variables"];
const TURNING = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;


/** Kinds whose sentence stands in the words, as `said_tie_…`; others are told with their name in brackets. */
export const SPOKEN = new Set([
  "informs",
  "coordinates",
  "cooperates",
  "collaborates",
  "decides_with",
  "funds",
  "reports_to",
  "supports",
  "trusts",
  "allies_with",
  "opposes",
  "distrusts",
  "competes_with",
  "conflicts_with",
  "relates",
]);

const indexes = new WeakMap();

/** What stands on a map, by id: { elements: Map id → {block, value}, ties: Map id → tie, tiesOf: Map id → [ties] }. */
export function indexOf(document) {
  if (!indexes.has(document)) indexes.set(document, makeIndex(document));
  return indexes.get(document);
}

function makeIndex(document) {
  const elements = new Map();
  for (const block of BLOCKS) for (const value of document[block] ?? []) elements.set(value.id, { block, value });
  const ties = new Map();
  const tiesOf = new Map([...elements.keys()].map((id) => [id, []]));
  for (const tie of document.ties ?? []) {
    ties.set(tie.id, tie);
    tiesOf.get(tie.source)?.push(tie);
    if (tie.target !== tie.source) tiesOf.get(tie.target)?.push(tie);
  }
  return { elements, ties, tiesOf };
}

/** A label as a sentence can hold it: on one line, cut where it is long, without marks that turn the writing round. */
export function brief(text, most = 60) {
  const plain = String(text).replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").replace(TURNING, "").trim();
  const letters = [...plain];
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : plain;
}

/** The name of an element: its label, or the words that say that it has none. */
export function nameOf(value, editor) {
  return value?.label?.trim() ? brief(value.label) : editor.say("said_unnamed");
}

const names = new WeakMap();

/** One name for each element, no two the same: Map id → text. A label that stands twice is told apart. */
export function distinctNames(document) {
  if (!names.has(document)) names.set(document, makeNames(document));
  return names.get(document);
}

function makeNames(document) {
  const elements = [...indexOf(document).elements.values()].map(({ value }) => value);
  const told = (value) => (value.label ?? "").replace(/\s+/g, " ").trim() || value.id;
  const counts = counted(elements.map(told));
  const apart = (value) => (counts.get(told(value)) > 1 && value.unit ? `${told(value)} (${value.unit})` : told(value));
  const again = counted(elements.map(apart));
  return new Map(
    elements.map((value) => [value.id, again.get(apart(value)) > 1 ? `${apart(value)} [${value.id}]` : apart(value)]),
  );
}

function counted(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** What a tie says, as a sentence without its full stop; `name` gives the name of an id. */
export function tieSentence(tie, name, editor) {
  const ends = { source: name(tie.source), target: name(tie.target) };
  if (tie.kind === "causes") return editor.say(causalKey(tie.polarity), ends);
  if (SPOKEN.has(tie.kind)) return editor.say(`said_tie_${tie.kind}`, ends);
  return editor.say("said_tie_own", { ...ends, kind: kindName(tie.kind, editor) });
}

function causalKey(polarity) {
  if (polarity === "+") return "said_tie_causes_same";
  return polarity === "-" ? "said_tie_causes_opposite" : "said_tie_causes";
}

/** The word for a kind of tie: the offered one, else the word itself. */
export function kindName(kind, editor) {
  return editor.offers?.kinds?.find(({ value }) => value === kind)?.label ?? brief(kind ?? "");
}

/** A function that names the ids of a document. */
export function namer(document, editor) {
  const { elements } = indexOf(document);
  return (id) => nameOf(elements.get(id)?.value ?? { label: id }, editor);
}
