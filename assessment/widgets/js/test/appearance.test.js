import assert from "node:assert/strict";
import { test } from "node:test";

import * as appearance from "../src/systems_map/appearance.js";
import { matches } from "../src/systems_map/search.js";

const measure = (text) => text.length * 7;

test("a label is one line of readable text, whatever it holds", () => {
  assert.equal(appearance.oneLine(" a\n\tb\u0000c "), "a b c");
  assert.equal(appearance.oneLine("\u202eabc\u2066"), "abc");
  assert.equal(appearance.oneLine(`e${"\u0301".repeat(400)}`), `e${"\u0301".repeat(3)}`);
  assert.equal([...appearance.oneLine("x".repeat(10000))].length, 200);
});

test("lines are no wider than asked; a word too long is cut in pieces, too many lines end with an ellipsis", () => {
  for (const text of ["Direction générale des services techniques", "x".repeat(300), "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(9)]) {
    const lines = appearance.wrapped(text, 84, measure);
    assert.ok(lines.length <= 4 && lines.every((line) => measure(line) <= 91), lines.join("|"));
  }
  assert.deepEqual(appearance.wrapped("Confiance des élus", 84, measure), ["Confiance", "des élus"]);
  assert.ok(appearance.wrapped("word ".repeat(50).trim(), 84, measure).at(-1).endsWith("…"));
});

test("a tie says without colour what it is", () => {
  const look = (tie) => appearance.tieLook({ kind: "causes", ...tie });
  assert.deepEqual([look({ polarity: "+" }).mark, look({ polarity: "-" }).mark, look({}).mark], ["+", "−", "?"]);
  assert.deepEqual([look({ delay: 1 }).bars, look({ delay: 9 }).bars, look({}).bars], ["‖", "‖‖‖", ""]);
  assert.ok(look({ kind: "informs" }).dash && !look({ kind: "informs", formal: true }).dash && !look({ kind: "funds" }).dash);
  assert.equal(new Set(Object.values(appearance.ARROWS)).size, Object.keys(appearance.ARROWS).length);
  assert.ok(look({ weight: 0 }).width < look({ weight: 0.5 }).width && look({ weight: 0.5 }).width < look({}).width);
});

test("an element is found by part of its name, as people type it", () => {
  const elements = [{ id: "1", label: "Délégation" }, { id: "2", label: "Le maire délégué" }, { id: "3", label: "CCAS" }];
  assert.deepEqual(matches(elements, " deleg ").map(({ id }) => id), ["1", "2"]);
  assert.deepEqual(matches(elements, ""), []);
});
