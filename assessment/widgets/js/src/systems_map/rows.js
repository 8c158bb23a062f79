// The rows of the live table: which, in which order, on which page. Pure functions.
import { folded, fieldOf, formalByNature, isCausal, writeField } from "./fields.js";
import { distinctNames, indexOf, kindName } from "./names.js";

/** Rows on a page: more would make a page that nobody reads and that is slow to build. */
export const PAGE = 50;

/** The columns of each table, in order; those of FIELDS by their key, and a few that are counted. */
export const COLUMNS = {
  elements: ["label", "type", "role", "unit", "rank", "influence", "involvement", "note", "ties"],
  ties: ["source", "kind", "target", "polarity", "delay", "weight", "formal", "confidence", "participants"],
};
export const NUMERIC = new Set(["rank", "influence", "involvement", "ties", "weight", "delay", "confidence"]);

/** The columns of a table that a map needs: who drew a tie only where there are participants. */
export function columnsOf(tab, document) {
  const people = (document.participants ?? []).length > 0;
  return COLUMNS[tab].filter((key) => key !== "participants" || people);
}

/** All rows of a table in the order of the map: [{id, block, value}]. */
export function rowsOf(document, tab) {
  const blocks = tab === "ties" ? ["ties"] : ["actors", "variables"];
  return blocks.flatMap((block) => (document[block] ?? []).map((value) => ({ id: value.id, block, value })));
}

/** The rows that hold every word of a search, in any of their texts. */
export function searched(rows, text, editor) {
  const words = folded(text).split(" ").filter(Boolean);
  if (words.length === 0) return rows;
  const find = makeFinder(editor);
  return rows.filter((row) => {
    const told = find(row);
    return words.every((word) => told.includes(word));
  });
}

function makeFinder(editor) {
  const names = new Map([...distinctNames(editor.document)].map(([id, name]) => [id, folded(name)]));
  const words = new Map();
  const known = (key, value, tell) => {
    const name = `${key} ${value}`;
    if (!words.has(name)) words.set(name, folded(tell()));
    return words.get(name);
  };
  const word = (block, key, value) => value === undefined || value === null ? "" : known(key, value, () => writeField(fieldOf(block, key), value, editor));
  return ({ block, value }) => {
    if (block === "ties") {
      return `${names.get(value.source) ?? ""}\n${word(block, "kind", value.kind)}\n${names.get(value.target) ?? ""}\n${(value.participants ?? []).join(" ")}`;
    }
    const type = known("type", block, () => editor.say(block === "actors" ? "table_actor" : "table_variable"));
    if (block === "variables") return `${names.get(value.id)}\n${type}\n${folded(value.note ?? "")}`;
    return `${names.get(value.id)}\n${type}\n${["role", "unit", "rank"].map((key) => word(block, key, value[key])).join("\n")}`;
  };
}

const ORDER = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The rows sorted by a column: numbers before words, what is not known last either way; equal rows keep their order. */
export function sorted(rows, sort, editor) {
  if (!sort) return rows;
  const key = makeKey(sort.key, editor);
  const way = sort.down ? -1 : 1;
  const keyed = rows.map((row) => [key(row), row]);
  keyed.sort(([one], [other]) => {
    if (one === null || other === null) return (one === null) - (other === null);
    if (typeof one === typeof other) return way * (typeof one === "number" ? one - other : ORDER.compare(one, other));
    return way * (typeof one === "number" ? -1 : 1);
  });
  return keyed.map(([, row]) => row);
}

function makeKey(column, editor) {
  const { tiesOf } = indexOf(editor.document);
  const names = distinctNames(editor.document);
  const special = {
    type: ({ block }) => editor.say(block === "actors" ? "table_actor" : "table_variable"),
    ties: ({ id }) => tiesOf.get(id)?.length ?? 0,
    label: ({ value }) => value.label || null,
    source: ({ value }) => names.get(value.source) ?? value.source,
    target: ({ value }) => names.get(value.target) ?? value.target,
    kind: ({ value }) => kindName(value.kind, editor),
    polarity: ({ value }) => (isCausal(value) ? ["+", "-", undefined].indexOf(value.polarity) : null),
    delay: ({ value }) => (isCausal(value) ? (value.delay ?? 0) : null),
    weight: ({ value }) => value.weight ?? 1,
    formal: ({ value }) => (isCausal(value) ? null : Number(!(value.formal ?? formalByNature(value, editor.offers)))),
    participants: ({ value }) => value.participants?.length ?? null,
  };
  const plain = ({ block, value }) => {
    const said = value[column] ?? null;
    if (said === null || typeof said === "number") return said;
    return writeField(fieldOf(block, column), said, editor);
  };
  return special[column] ?? plain;
}

/** The order after a change while someone works in the table: nothing jumps, what is gone goes, what is new is last. */
export function keptOrder(order, rows, found) {
  const alive = new Map(rows.map((row) => [row.id, row]));
  const kept = order.filter(({ id }) => alive.has(id)).map(({ id }) => alive.get(id));
  const ids = new Set(kept.map(({ id }) => id));
  return [...kept, ...found.filter(({ id }) => !ids.has(id))];
}

/** A page of rows: { rows, page, pages, from, to, count }; pages count from 0, a page that is gone gives the last. */
export function paged(rows, page, size = PAGE) {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = rows.slice(at * size, (at + 1) * size);
  return { rows: shown, page: at, pages, from: shown.length > 0 ? at * size + 1 : 0, to: at * size + shown.length, count: rows.length };
}

/** The next sorting when the head of a column is pressed: upwards, downwards, as on the map. */
export function nextSort(sort, key) {
  if (sort?.key !== key) return { key, down: false };
  return sort.down ? null : { key, down: true };
}
