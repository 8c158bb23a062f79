import assert from "node:assert/strict";
import test from "node:test";

import { answers, choiceOf, optionText, pieces, same, uniqueKeys } from "../src/document.js";

const page = { language: "fr", filters: [{ id: "wave", value: "2026" }, { id: "unit", value: "all" }] };

test("a page shows the choice of its language and filters", () => {
  assert.deepEqual(choiceOf(page), { language: "fr", wave: "2026", unit: "all" });
  assert.deepEqual(choiceOf({}), { language: "fr" });
});

test("values are the same whatever the order of keys, and differ wherever one differs", () => {
  assert.ok(same({ a: [1, { b: null }], c: 2 }, { c: 2, a: [1, { b: null }] }));
  for (const [one, other] of [[[1], { 0: 1 }], [{ a: 1 }, { b: 1 }], [null, {}], [[1, 2], [1]], [1, "1"]]) {
    assert.ok(!same(one, other));
  }
});

test("a page answers the choice that it was made for", () => {
  const choice = { language: "fr", wave: "2024" };
  assert.ok(answers({ reply: { choice: { wave: "2024", language: "fr" } } }, choice));
  assert.ok(!answers({ reply: { choice: { wave: "2022", language: "fr" } } }, choice));
  assert.ok(answers({}, choice), "a page that does not say which choice it answers answers any");
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
