import assert from "node:assert/strict";
import test from "node:test";

import { listPlace } from "../src/systems_map/chooser.js";
import { selected } from "../src/systems_map/inspector.js";
import { loopsThrough, parallelTo } from "../src/systems_map/surroundings.js";
import { columnsOf, keptOrder, nextSort, paged, rowsOf, searched, sorted } from "../src/systems_map/rows.js";
import { speaker } from "./map_words.js";

const map = {
  actors: [
    { id: "a", label: "Maire", role: "elected", rank: 1, influence: 0.9 },
    { id: "b", label: "Écoles", unit: "culture", rank: "B" },
    { id: "c", label: "agents", rank: 10 },
  ],
  variables: [{ id: "v", label: "Confiance", note: "mesurée chaque année" }],
  ties: [
    { id: "t1", source: "a", target: "b", kind: "informs" },
    { id: "t2", source: "b", target: "a", kind: "funds", weight: 0.2 },
    { id: "t3", source: "v", target: "a", kind: "causes", polarity: "-" },
    { id: "t4", source: "v", target: "v", kind: "causes" },
    { id: "t5", source: "v", target: "v", kind: "causes", polarity: "+" },
  ],
};
const editor = speaker(map);
const ids = (rows) => rows.map(({ id }) => id).join(" ");
const elements = rowsOf(map, "elements");
const ties = rowsOf(map, "ties");

test("every element and every tie is a row, in the order of the map", () => {
  assert.equal(ids(elements), "a b c v");
  assert.equal(ids(ties), "t1 t2 t3 t4 t5");
  assert.deepEqual(rowsOf({}, "ties"), []);
});

test("a search finds names, roles, units, notes and kinds as they are read, without accents", () => {
  for (const [text, found] of [["ecole", "b"], ["élus", "a"], ["culture", "b"], ["variable", "v"], ["annee", "v"], ["zzz", ""], [" ", "a b c v"]]) {
    assert.equal(ids(searched(elements, text, editor)), found, text);
  }
  assert.equal(ids(searched(ties, "finance maire", editor)), "t2");
  assert.equal(ids(searched(ties, "confiance", editor)), "t3 t4 t5");
});

test("a column sorts both ways, with what is not known last", () => {
  assert.equal(ids(sorted(elements, { key: "label" }, editor)), "c v b a");
  assert.equal(ids(sorted(elements, { key: "rank" }, editor)), "a c b v");
  assert.equal(ids(sorted(elements, { key: "rank", down: true }, editor)), "b c a v");
  assert.equal(ids(sorted(elements, { key: "ties", down: true }, editor)), "a v b c");
  assert.equal(ids(sorted(ties, { key: "weight" }, editor)), "t2 t1 t3 t4 t5");
  assert.equal(ids(sorted(ties, { key: "polarity" }, editor)), "t5 t3 t4 t1 t2");
  assert.equal(ids(sorted(ties, { key: "formal" }, editor)), "t2 t1 t3 t4 t5");
  assert.equal(ids(sorted(elements, null, editor)), "a b c v");
});

test("the head of a column goes up, down, and back to the map's order", () => {
  const up = nextSort(null, "rank");
  const down = nextSort(up, "rank");
  assert.deepEqual([up, down, nextSort(down, "rank")], [{ key: "rank", down: false }, { key: "rank", down: true }, null]);
  assert.deepEqual(nextSort(down, "label"), { key: "label", down: false });
});

test("while someone works in the table rows keep their places, those gone go, those new are last", () => {
  const next = [{ id: "b" }, { id: "d" }, { id: "c" }];
  assert.equal(ids(keptOrder([{ id: "c" }, { id: "a" }, { id: "b" }], next, next)), "c b d");
});

test("pages cover all rows once, and a page that is gone gives the last", () => {
  const rows = [...Array(103).keys()];
  const pages = [0, 1, 2].map((page) => paged(rows, page));
  assert.deepEqual(pages.flatMap((page) => page.rows), rows);
  assert.deepEqual(pages.map(({ from, to }) => [from, to]), [[1, 50], [51, 100], [101, 103]]);
  assert.equal(paged(rows, 9).page, 2);
  assert.deepEqual(paged([], 0), { rows: [], page: 0, pages: 1, from: 0, to: 0, count: 0 });
});

test("who drew a tie is a column only where somebody is declared", () => {
  assert.ok(!columnsOf("ties", map).includes("participants"));
  assert.ok(columnsOf("ties", { ...map, participants: [{ id: "p" }] }).includes("participants"));
});

test("what is selected is sorted by block, and what is no longer there is left out", () => {
  const found = selected(map, ["t1", "v", "gone", "a"]);
  assert.deepEqual([found.actors, found.variables, found.ties].map(ids), ["a", "v", "t1"]);
});

test("parallel ties join the same two, either way; those of a self-loop are self-loops", () => {
  assert.equal(ids(parallelTo(map, map.ties[0])), "t2");
  assert.equal(ids(parallelTo(map, map.ties[3])), "t5");
  assert.equal(ids(parallelTo(map, map.ties[2])), "");
});

test("loops run through their nodes and their ties; before Python has answered there are none", () => {
  const loops = { loops: [{ loop: 1, nodes: ["v"], ties: ["t4"] }] };
  assert.equal(loopsThrough(loops, "t4").length, 1);
  assert.equal(loopsThrough(loops, "v").length, 1);
  assert.deepEqual(loopsThrough(undefined, "v"), []);
});

test("a list stands below its field, above where there is more room, and never leaves the window", () => {
  const page = { width: 390, height: 800 };
  assert.equal(listPlace({ top: 100, bottom: 132, left: 16, width: 200 }, page).top, 136);
  const low = listPlace({ top: 760, bottom: 792, left: 300, width: 80 }, page);
  assert.equal(low.top, undefined);
  assert.equal(low.bottom, 44);
  assert.ok(low.left + low.width <= 382 && low.left >= 8);
});
