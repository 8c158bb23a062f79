import assert from "node:assert/strict";
import test from "node:test";

import { fillsAt, freed, held, isNothing, lastStep, NOTHING, pace, pruned, pushable, pushed } from "../src/systems_map/scenario_state.js";
import { rowsOf, signed } from "../src/systems_map/trajectories.js";

const DOCUMENT = {
  actors: [{ id: "m", label: "Maire" }, { id: "d", label: "DGS" }],
  variables: [{ id: "v", label: "Confiance" }, { id: "w", label: "Charge" }],
  ties: [
    { id: "t", source: "m", target: "v", kind: "causes" },
    { id: "u", source: "m", target: "d", kind: "informs" },
  ],
};

test("an element is pushed or held, never both, and zero is no push", () => {
  const one = pushed(NOTHING, "v", 0.5);
  assert.deepEqual(one, { push: { v: 0.5 }, hold: {} });
  assert.deepEqual(held(one, "v", 0.2), { push: {}, hold: { v: 0.2 } });
  assert.deepEqual(held(one, "v", 0).hold, { v: 0 });
  assert.deepEqual(pushed(held(one, "v", 0.2), "v", 0), NOTHING);
  assert.deepEqual(freed(one, "v"), NOTHING);
  assert.ok(isNothing(NOTHING) && !isNothing(one));
  assert.deepEqual(NOTHING, { push: {}, hold: {} });
});

test("variables can be pushed, and actors that have a causal link", () => {
  assert.deepEqual(pushable(DOCUMENT), [
    { id: "v", label: "Confiance", linked: true },
    { id: "w", label: "Charge", linked: false },
    { id: "m", label: "Maire", linked: true },
  ]);
  assert.deepEqual(pushable({}), []);
});

test("what leaves the map leaves the scenario", () => {
  assert.deepEqual(pruned({ push: { v: 1, gone: 1 }, hold: { gone: 0 } }, DOCUMENT), { push: { v: 1 }, hold: {} });
});

test("the map is half full where nothing changes, fuller where there is more; a shorter run stays at its end", () => {
  const concepts = [
    { id: "v", baseline: [0.5], scenario: [0.5, 0.7, 0.9] }, { id: "w", baseline: [0.5, 0.5], scenario: [0.5, 0.4] },
    { id: "s", baseline: [0.6], scenario: [0.6] }, { id: "n", baseline: [NaN], scenario: [NaN] },
  ];
  assert.deepEqual(fillsAt(concepts, 0), { v: 0.5, w: 0.5, s: 0.5 });
  const { v, w, s } = fillsAt(concepts, 2); // departures 0.4, −0.1, 0: roots of 1 and of a quarter
  assert.deepEqual([v, w, s].map((value) => Math.round(value * 1e9) / 1e9), [1, 0.25, 0.5]);
  assert.equal(lastStep(concepts), 2);
  assert.equal(lastStep([]), 0);
});

test("a run plays in about three seconds, neither a flash nor a wait", () => {
  assert.equal(pace(30), 100);
  assert.equal(pace(500), 60);
  assert.equal(pace(1), 400);
});

test("a difference carries its sign, and zero none", () => {
  assert.equal(signed(0.25, "fr"), "+0,25");
  assert.equal(signed(-0.25, "en"), "−0.25");
  assert.equal(signed(-0.00314, "en"), "−0.0031"); // its direction does not round away
  assert.equal(signed(-0.00001, "en"), "0");
  assert.equal(signed(NaN, "en"), "–");
});

test("the table lists every concept, those that change most first", () => {
  const concepts = [
    { label: "A", baseline: [0.5], scenario: [0.5, 0.6], difference: 0.1 },
    { label: "B", baseline: [0.5], scenario: [0.5, 0.25], difference: -0.25 },
  ];
  assert.deepEqual(rowsOf(concepts, "fr"), [["B", "0,5", "0,25", "−0,25"], ["A", "0,5", "0,6", "+0,1"]]);
});
