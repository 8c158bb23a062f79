import assert from "node:assert/strict";
import test from "node:test";

import { optionText, pieces, same, uniqueKeys } from "../src/document.js";

test("values are the same whatever the order of keys, and differ wherever one differs", () => {
  assert.ok(same({ a: [1, { b: null }], c: 2 }, { c: 2, a: [1, { b: null }] }));
  for (const [one, other] of [[[1], { 0: 1 }], [{ a: 1 }, { b: 1 }], [null, {}], [[1, 2], [1]], [1, "1"]]) {
    assert.ok(!same(one, other));
  }
});

test("an option says why it cannot be chosen", () => {
  assert.equal(optionText({ label: "2022", note: "moins de 10 personnes" }), "2022 (moins de 10 personnes)");
  assert.equal(optionText({ label: "2024" }), "2024");
});

test("a second part with the same key is kept", () => {
  assert.deepEqual(uniqueKeys(["a", "b", "a"]), ["a", "b", "a·2"]);
});

test("pieces cover a file without gap or overlap", () => {
  assert.deepEqual(pieces(10, 4), [[0, 4], [4, 8], [8, 10]]);
  assert.deepEqual(pieces(8, 4), [[0, 4], [4, 8]]);
  assert.deepEqual(pieces(0, 4), [[0, 0]]);
});
