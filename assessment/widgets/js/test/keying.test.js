// The keyboard of the entry page, as a machine: what each key does to a sheet.
import assert from "node:assert/strict";
import { test } from "node:test";

import { begin, countsOf, go, keyOf, namedLike, press, reopen, sheetOf, stepAt, stepsOf, take, write } from "../src/answer_sheet/keying.js";

const answers = (low, high) =>
  Array.from({ length: high - low + 1 }, (_, place) => ({ key: String(Math.max(low, 0) + place + (low < 0 ? 1 : 0)), value: String(low + place), name: `name ${low + place}` }));
const line = (id, number, scale = 0) => ({ kind: "answer", id, number, scale, part: 0, perspective: "reality", prompt: "?", text: id });
const options = (...names) => names.map((name, place) => ({ key: String(place + 1), id: name.slice(0, 3), name }));
const UNIT = { kind: "pick", id: "unit", text: "?", options: options("Voirie", "École du nord", "Écoles", "Petite enfance", "5e", "6e", "7e", "8e", "9e", "Accueil") };
const CHOOSE = { kind: "choose", id: "three", text: "?", most: 3, options: options(..."abcdefghijkl") };
const TEXT = { kind: "text", id: "why", text: "?" };
const PLAN = {
  scales: [{ answers: answers(1, 5) }, { answers: answers(0, 10) }, { answers: answers(-2, 2) }],
  forms: [
    { key: "A", name: "Agent", steps: [UNIT, line("a", 1), line("b", 2), line("ten", 3, 1), line("neg", 4, 2), CHOOSE, TEXT] },
    { key: "B", name: "Élu", steps: [line("a", 1), line("c", 2)] },
  ],
};
const ONE = { ...PLAN, forms: [{ key: "A", name: "All", steps: [line("a", 1), line("b", 2), line("c", 3)] }] };

/** Presses keys one after the other; gives the sheet and what was told. */
function type(plan, sheet, ...keys) {
  const tolds = [];
  for (const key of keys) {
    const done = press(plan, sheet, key);
    sheet = done.sheet;
    tolds.push(done.told);
  }
  return { sheet, tolds, last: tolds.at(-1) };
}

const at = (id, plan = PLAN) => {
  const sheet = { ...begin(plan), form: 0 };
  return { ...sheet, at: stepsOf(plan, sheet).findIndex((step) => step.id === id) };
};

test("a digit answers and moves on at once", () => {
  const { sheet } = type(ONE, begin(ONE), "4", "1", "n");
  assert.deepEqual(sheet.values, { a: "4", b: "1", c: "na" });
  assert.equal(stepAt(ONE, sheet).kind, "end");
});

test("a digit beyond the scale is refused and changes nothing", () => {
  for (const key of ["0", "6", "9", "x"]) {
    const { sheet, last } = type(ONE, begin(ONE), key);
    assert.equal(last.kind, "refused");
    assert.deepEqual(sheet, begin(ONE));
  }
});

test("nothing is changed in place", () => {
  const before = Object.freeze({ ...begin(ONE), values: Object.freeze({}) });
  type(ONE, before, "4", "Backspace", "5", " ", "Delete");
  assert.deepEqual(before.values, {});
});

test("on 0 to 10, one digit is enough but for 1, which waits for Enter or 0", () => {
  assert.equal(type(PLAN, at("ten"), "7").sheet.values.ten, "7");
  assert.equal(type(PLAN, at("ten"), "0").sheet.values.ten, "0");
  const waiting = type(PLAN, at("ten"), "1");
  assert.equal(waiting.last.kind, "typed");
  assert.equal(waiting.sheet.values.ten, undefined);
  assert.equal(type(PLAN, waiting.sheet, "0").sheet.values.ten, "10");
  assert.equal(type(PLAN, waiting.sheet, "Enter").sheet.values.ten, "1");
});

test("a digit that can be no second one is refused: it never falls into the next line", () => {
  const { sheet, last } = type(PLAN, at("ten"), "1", "7");
  assert.equal(last.reason, "typed");
  assert.equal(sheet.typed, "1");
  assert.deepEqual(sheet.values, {});
  assert.equal(type(PLAN, sheet, "Backspace").sheet.typed, "");
});

test("below zero the keys are places", () => {
  assert.equal(type(PLAN, at("neg"), "1").sheet.values.neg, "-2");
  assert.equal(type(PLAN, at("neg"), "5").sheet.values.neg, "2");
});

test("Space leaves blank and goes on, Enter goes on and changes nothing, arrows and Backspace go back", () => {
  const { sheet } = type(ONE, begin(ONE), "4", "Backspace", " ", "5", "ArrowUp", "Enter");
  assert.deepEqual(sheet.values, { a: "", b: "5" });
  assert.equal(stepAt(ONE, sheet).id, "c");
  assert.deepEqual(sheetOf(ONE, sheet).values, { b: "5" });
  assert.equal(type(ONE, sheet, "ArrowLeft", "ArrowLeft", "ArrowLeft").sheet.at, 0);
  assert.equal(type(ONE, begin(ONE), "4", "Backspace", "Delete").sheet.values.a, undefined);
});

test("not concerned has the letter n and the points of both number pads, never a digit", () => {
  for (const key of ["n", "N", ".", ","]) assert.equal(type(ONE, begin(ONE), key).sheet.values.a, "na");
});

test("the form is chosen by its letter; nothing else can be said before", () => {
  assert.equal(type(PLAN, begin(PLAN), "4").last.kind, "refused");
  assert.equal(type(PLAN, begin(PLAN), "Enter").last.reason, "form");
  assert.equal(type(PLAN, begin(PLAN), "save").last.reason, "form");
  const { sheet } = type(PLAN, begin(PLAN), "b", "3", "2");
  assert.deepEqual(sheetOf(PLAN, sheet), { form: "B", values: { a: "3", c: "2" } });
});

test("another form keeps the lines that both ask", () => {
  const { sheet } = type(PLAN, begin(PLAN), "b", "3", "2", "ArrowUp", "ArrowUp", "ArrowUp", "a");
  assert.deepEqual(sheet.values, { a: "3" });
  assert.equal(stepAt(PLAN, sheet).id, "unit");
});

test("a unit is picked by its number or its first letters, without accents", () => {
  assert.equal(type(PLAN, at("unit"), "2").sheet.values.unit, "Éco");
  assert.equal(type(PLAN, at("unit"), "1", "0").sheet.values.unit, "Acc");
  assert.equal(type(PLAN, at("unit"), "1", "Enter").sheet.values.unit, "Voi");
  const { sheet, last } = type(PLAN, at("unit"), "e", "c", "o", "l", "e", "s", "Enter");
  assert.equal(last.kind, "entered");
  assert.equal(sheet.at, at("unit").at + 1);
  assert.equal(type(PLAN, at("unit"), "p", "e", "t", "i", "t", "e", " ", "e", "Enter").sheet.values.unit, "Pet");
  assert.equal(type(PLAN, at("unit"), "e", "n", "f", "Enter").sheet.values.unit, "Pet");
  assert.equal(type(PLAN, at("unit"), "z").last.kind, "refused");
  assert.deepEqual(namedLike(PLAN, UNIT, "ecole").map(({ name }) => name), ["École du nord", "Écoles"]);
});

test("choices are toggled by their number; the last that is allowed goes on", () => {
  const two = type(PLAN, at("three"), "2", "1", "Enter");
  assert.deepEqual(two.sheet.values.three, ["b", "a"]);
  assert.equal(two.sheet.at, at("three").at);
  const { sheet } = type(PLAN, two.sheet, "1", "2");
  assert.deepEqual(sheet.values.three, ["b", "a", "l"]);
  assert.equal(stepAt(PLAN, sheet).id, "why");
  const again = type(PLAN, sheet, "ArrowUp", "5");
  assert.equal(again.last.reason, "many");
  assert.deepEqual(type(PLAN, again.sheet, "2").sheet.values.three, ["a", "l"]);
  assert.deepEqual(type(PLAN, again.sheet, " ").sheet.values.three, []);
});

test("a text is written as it is; keys are letters there", () => {
  const sheet = { ...write(PLAN, at("why"), "=1+1\n").sheet };
  assert.equal(sheet.values.why, "=1+1\n");
  assert.deepEqual(press(PLAN, sheet, "5").sheet, sheet);
  assert.equal(stepAt(PLAN, press(PLAN, sheet, "Enter").sheet).kind, "end");
});

test("Ctrl + Enter goes to the end, and saves from there only", () => {
  const first = type(ONE, begin(ONE), "4", "save");
  assert.equal(first.last.kind, "moved");
  assert.equal(type(ONE, first.sheet, "save").last.kind, "save");
  assert.equal(type(ONE, first.sheet, "Enter").last.kind, "nothing");
  assert.equal(type(ONE, first.sheet, "3").last.kind, "nothing");
});

test("the end counts answers, not concerned and blank lines", () => {
  const { sheet } = type(ONE, begin(ONE), "4", "n", " ");
  assert.deepEqual(countsOf(ONE, sheet), { answered: 1, aside: 1, blank: [3] });
});

test("a finger takes what a key takes", () => {
  assert.deepEqual(take(ONE, begin(ONE), "4").sheet, type(ONE, begin(ONE), "4").sheet);
  assert.deepEqual(take(PLAN, begin(PLAN), "B").sheet, type(PLAN, begin(PLAN), "b").sheet);
});

test("a sheet that was kept opens again as it was", () => {
  const kept = { form: "B", values: { a: "3", c: "na" } };
  const sheet = reopen(PLAN, kept);
  assert.equal(stepAt(PLAN, sheet).id, "a");
  assert.deepEqual(sheetOf(PLAN, sheet), kept);
  assert.equal(stepAt(PLAN, go(PLAN, sheet, 99).sheet).kind, "end");
});

test("keys of a French keyboard's upper row are its digits; letters stay letters where names are typed", () => {
  assert.equal(keyOf({ key: "&", code: "Digit1" }, { kind: "answer" }), "1");
  assert.equal(keyOf({ key: "é", code: "Digit2" }, { kind: "answer" }), "2");
  assert.equal(keyOf({ key: "é", code: "Digit2" }, { kind: "pick" }), "é");
  assert.equal(keyOf({ key: "5", code: "Numpad5" }, { kind: "pick" }), "5");
  assert.equal(keyOf({ key: "Enter", ctrlKey: true }), "save");
  assert.equal(keyOf({ key: "Enter", metaKey: true }), "save");
  assert.equal(keyOf({ key: "r", ctrlKey: true }), null);
  assert.equal(keyOf({ key: "Tab" }), null);
});

test("a double form of 77 items takes one key a line", () => {
  const plan = { ...ONE, forms: [{ key: "A", name: "", steps: Array.from({ length: 154 }, (_, place) => line(`l${place}`, place + 1)) }] };
  const started = performance.now();
  const { sheet } = type(plan, begin(plan), ...Array.from({ length: 154 }, (_, place) => String((place % 5) + 1)));
  assert.equal(stepAt(plan, sheet).kind, "end");
  assert.equal(Object.keys(sheet.values).length, 154);
  assert.ok(performance.now() - started < 500, "no key is felt");
});
