import assert from "node:assert/strict";
import test from "node:test";

import { after, before, jumped, litAt, momentsOf, MOST, slidesOf, swiped, toldAt } from "../src/systems_map/slides.js";

const LOOP = { nodes: ["a", "b"], ties: ["ab", "ba"], kind: "balancing" };
const DOCUMENT = {
  variables: [{ id: "a", label: "Effort" }, { id: "b", label: "Fatigue" }],
  ties: [
    { id: "ab", source: "a", target: "b", kind: "causes", polarity: "+", delay: 1 },
    { id: "ba", source: "b", target: "a", kind: "causes", polarity: "-" },
  ],
};
const SLIDES = slidesOf([LOOP, LOOP]);

test("a presentation begins with the whole map, and does not go on for ever", () => {
  assert.equal(SLIDES.length, 3);
  assert.equal(SLIDES[0].loop, null);
  assert.equal(slidesOf(Array(200).fill(LOOP)).length, MOST + 1);
});

test("going forward and back passes the same moments", () => {
  const forward = [[0, 0]];
  for (let turn = 0; turn < 20; turn += 1) forward.push(after(SLIDES, forward.at(-1)));
  assert.deepEqual(forward.at(-1), [2, momentsOf(SLIDES[2]) - 1]);
  const back = [forward.at(-1)];
  for (let turn = 0; turn < 20; turn += 1) back.push(before(SLIDES, back.at(-1)));
  const distinct = (places) => [...new Set(places.map(String))];
  assert.deepEqual(distinct(back), distinct(forward).reverse());
  assert.equal(distinct(forward).length, 1 + 4 + 4);
});

test("a jump goes to the beginning of a slide that is there", () => {
  assert.deepEqual(jumped(SLIDES, [1, 3], 1), [2, 0]);
  assert.deepEqual(jumped(SLIDES, [1, 3], -1), [0, 0]);
  assert.deepEqual(jumped(SLIDES, [2, 1], 5), [2, 0]);
});

test("a loop is lit whole, then as far as it is told, then whole again", () => {
  assert.equal(litAt(SLIDES[0], 0), null);
  assert.deepEqual(litAt(SLIDES[1], 0), { nodes: ["a", "b"], ties: ["ab", "ba"] });
  assert.deepEqual(litAt(SLIDES[1], 1), { nodes: ["a", "b"], ties: ["ab"] });
  assert.deepEqual(litAt(SLIDES[1], 2), { nodes: ["a", "b"], ties: ["ab", "ba"] });
  assert.deepEqual(litAt(SLIDES[1], 3), { nodes: ["a", "b"], ties: ["ab", "ba"] });
});

test("a loop is told link by link, with its delays, then concluded", () => {
  assert.deepEqual(toldAt(DOCUMENT, SLIDES[1], 0), { lines: [], concluded: false });
  assert.deepEqual(toldAt(DOCUMENT, SLIDES[1], 1).lines, [
    { key: "present_start", label: "Effort" }, { key: "present_up_late", label: "Fatigue" },
  ]);
  assert.deepEqual(toldAt(DOCUMENT, SLIDES[1], 2).lines.at(-1), { key: "present_down", label: "Effort" });
  assert.equal(toldAt(DOCUMENT, SLIDES[1], 3).concluded, true);
  assert.equal(toldAt(DOCUMENT, SLIDES[1], 3).lines.length, 3);
});

test("a link without a sign changes something, nobody knows which way", () => {
  const open = { ...DOCUMENT, ties: DOCUMENT.ties.map(({ polarity, ...tie }) => tie) };
  assert.equal(toldAt(open, SLIDES[1], 2).lines.at(-1).key, "present_changes");
});

test("a stroke across turns the page, one up or down does not", () => {
  assert.equal(swiped({ x: 200, y: 10 }, { x: 100, y: 20 }), 1);
  assert.equal(swiped({ x: 100, y: 10 }, { x: 200, y: 20 }), -1);
  assert.equal(swiped({ x: 100, y: 10 }, { x: 160, y: 100 }), 0);
  assert.equal(swiped({ x: 100, y: 10 }, { x: 110, y: 10 }), 0);
});
