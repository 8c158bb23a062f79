import assert from "node:assert/strict";
import test from "node:test";

import { cellText, numberLocale, timeLocale } from "../src/formatting.js";

test("numbers are written as the language does, and no value is a dash", () => {
  assert.equal(cellText(1234.5, "fr"), "1\u202f234,5");
  assert.equal(cellText(1234.5, "en"), "1,234.5");
  assert.equal(cellText(null, "fr"), "–");
  assert.equal(cellText(Number.NaN, "fr"), "–");
  assert.equal(cellText(0, "fr"), "0");
  assert.equal(cellText("49,4", "fr"), "49,4");
});

test("Vega gets a comma and French names of days and months", () => {
  assert.equal(numberLocale("fr").decimal, ",");
  assert.equal(numberLocale("en").decimal, ".");
  assert.equal(timeLocale("fr").days[0], "dimanche");
  assert.equal(timeLocale("fr").months[7], "août");
  assert.equal(timeLocale("en").months.length, 12);
});
