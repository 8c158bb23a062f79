import assert from "node:assert/strict";
import { test } from "node:test";

import { numberFault, parsedNumber, pastedCells, readNumber, totals, typedNumber } from "../src/tool_page/numbers.js";

test("a number is read as its language writes it", () => {
  assert.equal(parsedNumber("12,5", "fr"), 12.5);
  assert.equal(parsedNumber(" 1\u202f234,5 ", "fr"), 1234.5);
  assert.equal(parsedNumber("12.5", "en"), 12.5);
  assert.equal(parsedNumber("1,234.5", "en"), 1234.5);
  assert.equal(parsedNumber("−3", "fr"), -3);
  assert.equal(parsedNumber("-3", "en"), -3);
});

test("a point is a comma to who types French on a keypad, unless it may group thousands", () => {
  assert.equal(parsedNumber("12.5", "fr"), 12.5);
  assert.ok(Number.isNaN(parsedNumber("1.234", "fr")));
  assert.equal(parsedNumber("0.234", "fr"), 0.234);
  assert.ok(Number.isNaN(parsedNumber("1.234,5", "fr")));
});

test("nothing is null, and what is no number is none", () => {
  for (const language of ["fr", "en"]) {
    assert.equal(parsedNumber("", language), null);
    assert.equal(parsedNumber(" \u00a0", language), null);
    for (const text of ["douze", "1e3", "0x10", "12 €", "--1", "1,2,3", "Infinity", ".", ","]) {
      assert.ok(Number.isNaN(parsedNumber(text, language)), `${text} in ${language}`);
    }
  }
});

test("what is shown to be typed on reads back as the same number", () => {
  for (const language of ["fr", "en"]) {
    for (const number of [0, 7, 1234, 12.5, -3.25, 1e6]) assert.equal(parsedNumber(typedNumber(number, language), language), number);
    assert.equal(typedNumber(null, language), "");
    assert.equal(typedNumber(NaN, language), "");
  }
});

test("a number that cannot stand is told why", () => {
  const field = { kind: "whole", min: 0, max: 5000 };
  assert.deepEqual(numberFault(NaN, field, "fr"), ["not_number", {}]);
  assert.deepEqual(numberFault(1.5, field, "fr"), ["not_whole", {}]);
  assert.deepEqual(numberFault(-1, field, "fr"), ["too_small", { min: "0" }]);
  assert.deepEqual(numberFault(5001, field, "en"), ["too_large", { max: "5,000" }]);
  assert.equal(numberFault(null, field, "fr"), null);
  assert.equal(numberFault(5000, field, "fr"), null);
  assert.equal(numberFault(1.5, { kind: "decimal" }, "fr"), null);
  assert.equal(readNumber(12.5, "fr"), "12,5");
});

test("cells copied from a spreadsheet are rows of texts", () => {
  assert.deepEqual(pastedCells("1\t2\r\n3\t\r\n"), [["1", "2"], ["3", ""]]);
  assert.deepEqual(pastedCells("7"), [["7"]]);
});

test("totals leave out what is empty or no number yet", () => {
  assert.deepEqual(totals([[1, null], [2, NaN], [null, 4]], 2), { rows: [1, 2, 4], columns: [3, 4], all: 7 });
  assert.deepEqual(totals([], 2), { rows: [], columns: [0, 0], all: 0 });
});
