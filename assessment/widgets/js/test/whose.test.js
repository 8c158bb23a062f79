// What is said of keeping, in every tool.
import assert from "node:assert/strict";
import { test } from "node:test";

import { keptNow } from "../src/answer_sheet.js";
import { keptState } from "../src/whose.js";

const SAID = { kind: "saved", text: "Saved in a.apprenance" };

test("what happens right now comes before the place where all is kept", () => {
  assert.deepEqual(keptState(SAID, { kind: "saving", text: "Saving…" }), { kind: "saving", text: "Saving…" });
  assert.deepEqual(keptState(SAID, { kind: "problem", text: "Not saved" }).kind, "problem");
});

test("what is saved is said to be where Python says it is", () => {
  assert.equal(keptState(SAID, { kind: "saved", text: "Saved" }), SAID);
  assert.equal(keptState(SAID), SAID);
  const only = { kind: "unsaved", text: "Read only" };
  assert.equal(keptState(only, { kind: "saved", text: "" }), only);
});

test("where nothing is said, nothing is shown", () => assert.equal(keptState(undefined), null));

test("a sheet that is not kept yet is told before one on its way", () => {
  const say = (name, { count } = {}) => (count ? `${name} ${count}` : name);
  const sheets = (...statuses) => statuses.map((status) => ({ status }));
  assert.equal(keptNow(sheets(), say).kind, "saved");
  assert.equal(keptNow(sheets("kept", "dropped"), say).kind, "saved");
  assert.deepEqual(keptNow(sheets("saving", "kept"), say), { kind: "saving", text: "saving" });
  assert.deepEqual(keptNow(sheets("saving", "failed"), say), { kind: "problem", text: "unkept_one 1" });
  assert.deepEqual(keptNow(sheets("failed", "failed"), say), { kind: "problem", text: "unkept 2" });
});
