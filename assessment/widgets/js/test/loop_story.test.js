import assert from "node:assert/strict";
import test from "node:test";

import { counted, givenName, labelsOf, loopKey, naming, newLoops, sameRound, stepsOf } from "../src/systems_map/loop_story.js";

const DOCUMENT = {
  variables: [{ id: "a", label: "Effort" }, { id: "b", label: "Résultat" }, { id: "c", label: "Fatigue" }],
  ties: [
    { id: "ab", source: "a", target: "b", kind: "causes", polarity: "+" },
    { id: "bc", source: "b", target: "c", kind: "causes", polarity: "-", delay: 2 },
    { id: "ca", source: "c", target: "a", kind: "causes", polarity: "-" },
    { id: "ba", source: "b", target: "a", kind: "causes" },
  ],
  loops: [{ id: "loop1", name: "Élan", nodes: ["b", "c", "a"] }],
};
const ROUND = { nodes: ["a", "b", "c"], ties: ["ab", "bc", "ca"], kind: "reinforcing" };
const OPEN = { nodes: ["a", "b"], ties: ["ab", "ba"], kind: null };

test("a loop is the same one wherever it begins, and another one the other way round", () => {
  assert.equal(loopKey(ROUND), loopKey({ ties: ["ca", "ab", "bc"] }));
  assert.notEqual(loopKey(ROUND), loopKey({ ties: ["bc", "ab", "ca"] }));
  assert.ok(sameRound(["a", "b", "c"], ["c", "a", "b"]));
  assert.ok(!sameRound(["a", "b", "c"], ["c", "b", "a"]));
  assert.ok(!sameRound(["a", "b"], ["a", "b", "c"]));
});

test("the story follows the signs and comes back to where it began", () => {
  const steps = stepsOf(DOCUMENT, ROUND);
  assert.deepEqual(steps.map(({ label }) => label), ["Effort", "Résultat", "Fatigue", "Effort"]);
  assert.deepEqual(steps.map(({ goes }) => goes), ["up", "up", "down", "up"]);
  assert.deepEqual(steps.map(({ late }) => late), [false, false, true, false]);
  assert.deepEqual(steps.map(({ tie }) => tie), [null, "ab", "bc", "ca"]);
});

test("from a link without a sign on, the story does not say which way things go", () => {
  assert.deepEqual(stepsOf(DOCUMENT, OPEN).map(({ goes }) => goes), ["up", "up", null]);
});

test("a loop is named, renamed and unnamed by one change", () => {
  assert.equal(givenName(DOCUMENT, ROUND).name, "Élan");
  assert.deepEqual(naming(DOCUMENT, ROUND, " Essor "), [
    { do: "set", block: "loops", id: "loop1", values: { name: "Essor" } },
  ]);
  assert.deepEqual(naming(DOCUMENT, ROUND, ""), [{ do: "remove", block: "loops", id: "loop1" }]);
  assert.deepEqual(naming(DOCUMENT, ROUND, "Élan"), []);
  assert.deepEqual(naming(DOCUMENT, OPEN, "Retour"), [
    { do: "add", block: "loops", values: { id: "b2", name: "Retour", nodes: ["a", "b"] } },
  ]);
  assert.deepEqual(naming(DOCUMENT, OPEN, "  "), []);
});

test("only what was not there is new, and each kind is counted", () => {
  assert.deepEqual(newLoops([OPEN], [ROUND, OPEN]), [ROUND]);
  assert.deepEqual(newLoops([{ ...ROUND, kind: null, ties: ["bc", "ca", "ab"] }], [ROUND]), []);
  assert.deepEqual(counted([ROUND, OPEN]), { all: 2, reinforcing: 1, balancing: 0, unknown: 1 });
});

test("a label is told on one line, without marks that turn the words around it, and not for ever", () => {
  const document = { variables: [{ id: "a", label: "Bud\u202eget\n2026" }, { id: "b", label: "x".repeat(10_000) }] };
  const labels = labelsOf(document);
  assert.equal(labels.get("a"), "Budget 2026");
  assert.ok(labels.get("b").length <= 120);
});
