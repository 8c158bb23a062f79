import assert from "node:assert/strict";
import test from "node:test";

import { legendColumns, linesWithin, rise, sideCharacters, stepFor, wrapped } from "../src/labels.js";

const LONG = "Lien avec l'environnement, les usagers et les partenaires";

test("a label is cut between words and nothing of it is lost", () => {
  const lines = wrapped(LONG, 20);
  assert.equal(lines.join(" "), LONG);
  assert.ok(lines.every((line) => line.length <= 20));
});

test("a word longer than a line is cut, never left out", () => {
  assert.deepEqual(wrapped("anticonstitutionnellement", 10), ["anticonsti", "tutionnell", "ement"]);
});

test("what does not fit in the lines ends with an ellipsis", () => {
  const lines = wrapped(LONG, 20, 2);
  assert.equal(lines.length, 2);
  assert.ok(lines[1].endsWith("…") && lines[1].length <= 20);
});

test("French no-break spaces hold words together", () => {
  assert.deepEqual(wrapped("soit 61\u202f%", 7), ["soit", "61\u202f%"]);
});

test("an empty label is no line", () => {
  assert.deepEqual(wrapped(null, 10), [""]);
});

test("categories grow with their labels, and lines shrink with their categories", () => {
  assert.equal(stepFor(1, 34), 34);
  assert.ok(stepFor(3, 34) >= 3 * 15);
  assert.equal(linesWithin(10), 1);
  assert.equal(linesWithin(46), 3);
});

test("labels take less room in a narrow chart", () => {
  assert.ok(sideCharacters(320) < sideCharacters(800));
  assert.ok(sideCharacters(100) >= 12);
});

test("a legend has as many columns as the width holds", () => {
  const answers = ["Pas d'accord", "Plutôt d'accord", "Tout à fait d'accord"];
  assert.equal(legendColumns(answers, 900), 3);
  assert.equal(legendColumns(answers, 300), 1);
  assert.equal(legendColumns([], 300), 1);
});

test("a label of one line stays on its tick, one of three is lifted by a line", () => {
  assert.equal(rise(1) + 0, 0);
  assert.equal(rise(3), -15);
});
