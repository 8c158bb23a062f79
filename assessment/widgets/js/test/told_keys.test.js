// What is told of a key, and the room its answers want.
import assert from "node:assert/strict";
import { test } from "node:test";

import { longestWord, tellKey } from "../src/answer_sheet/words.js";

const say = (name, values) => `${name} ${Object.values(values ?? {}).join("|")}`.trim();
const plan = { scales: [{ answers: [{ key: "1", value: "1", name: "Rarely" }], not_concerned: "Not concerned" }], forms: [] };
const line = (words) => ({ kind: "answer", scale: 0, id: "a", ...words });
const told = (words, value) => tellKey(plan, say, { kind: "entered", step: line(words), value });

test("a line with a number is told with a colon, a question that ends by itself without one", () => {
  assert.equal(told({ number: 7 }, "1"), "told_answer 7|Rarely");
  assert.equal(told({ number: 7 }, ""), "told_blank 7");
  assert.equal(told({ text: "How often?" }, "1"), "told_answer_question How often?|Rarely");
  assert.equal(told({ text: "Which form? Its letter is at the top." }, ""), "told_blank_question Which form? Its letter is at the top.");
});

test("the longest word of the names says how much room an answer wants", () => {
  assert.equal(longestWord(["Agent", "Citoyen, Contribuable, Usager", "En grande\npartie"]), "Contribuable,".length);
  assert.equal(longestWord([]), 0);
});
