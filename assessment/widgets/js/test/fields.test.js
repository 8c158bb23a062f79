import assert from "node:assert/strict";
import test from "node:test";

import {
  FIELDS, appliesTo, common, edits, fieldOf, formalByNature, optionsFound, optionsOf, patchOf, readField, readNumber, writeField,
} from "../src/systems_map/fields.js";
import { OFFERS, speaker, wordsIn } from "./map_words.js";

const map = {
  actors: [
    { id: "a", label: "Maire", role: "elected" },
    { id: "b", label: "Agent", unit: "Voirie" },
    { id: "c", label: "Agent", unit: "Culture" },
    { id: "d", label: "Agent", unit: "Culture", role: "médiatrice" },
  ],
  variables: [{ id: "v", label: "Confiance" }, { id: "w", label: " " }],
  ties: [
    { id: "t", source: "a", target: "b", kind: "informs", weight: 0.8 },
    { id: "u", source: "v", target: "a", kind: "causes", polarity: "+", delay: 1 },
    { id: "x", source: "a", target: "c", kind: "parraine" },
  ],
};
const editor = speaker(map);
const field = (key, block = "ties") => fieldOf(block, key);

test("a number is read with a comma, a point or a percent sign, and nothing else passes for one", () => {
  for (const [text, value] of [["0,8", 0.8], ["0.8", 0.8], [",5", 0.5], ["1", 1], ["80 %", 0.8], ["80\u00a0%", 0.8], ["−2", -2]]) {
    assert.equal(readNumber(text), value, text);
  }
  for (const text of ["", "0,8,1", "beaucoup", "1e-3", "Infinity", "0x1", "--1"]) assert.ok(Number.isNaN(readNumber(text)), text);
});

test("a number is written as the language does, and reads back as itself", () => {
  assert.equal(writeField(field("weight"), 0.8, editor), "0,8");
  assert.equal(writeField(field("weight"), 0.8, speaker(map, "en")), "0.8");
  for (const value of [0, 1, 0.123456789, 1 / 3]) {
    assert.ok(Math.abs(readField(field("weight"), writeField(field("weight"), value, editor), editor).value - value) < 1e-11);
  }
});

test("an emptied field is not known; what is needed cannot be emptied", () => {
  assert.deepEqual(readField(field("weight"), "  ", editor), { value: null });
  assert.deepEqual(readField(field("label", "actors"), " ", editor), { fault: "field_fault_needed" });
  assert.deepEqual(readField(field("kind"), "", editor), { fault: "field_fault_needed" });
});

test("what Python would refuse is refused where it is typed", () => {
  assert.deepEqual(readField(field("weight"), "1,2", editor), { fault: "field_fault_share" });
  assert.deepEqual(readField(field("weight"), "fort", editor), { fault: "field_fault_share" });
  assert.deepEqual(readField(field("delay"), "1,5", editor), { fault: "field_fault_steps" });
  assert.deepEqual(readField(field("delay"), "-1", editor), { fault: "field_fault_steps" });
  assert.deepEqual(readField(field("delay"), "4", editor), { value: 4 });
  assert.deepEqual(readField(field("unit", "actors"), "x".repeat(201), editor), { fault: "field_fault_long" });
  assert.deepEqual(readField(field("label", "actors"), "x".repeat(20001), editor), { fault: "field_fault_long" });
  assert.deepEqual(readField(field("label", "actors"), "Ma\u0000ire\u0007", editor), { value: "Maire" });
});

test("a name is on one line; a note may have several", () => {
  assert.deepEqual(readField(field("label", "actors"), "Service\n de l’eau", editor), { value: "Service de l’eau" });
  assert.deepEqual(readField(field("note", "variables"), "Un.\nDeux.", editor), { value: "Un.\nDeux." });
});

test("a rank is a number, or a word", () => {
  assert.deepEqual(readField(field("rank", "actors"), "2", editor), { value: 2 });
  assert.deepEqual(readField(field("rank", "actors"), "catégorie A", editor), { value: "catégorie A" });
  assert.equal(writeField(field("rank", "actors"), 2, editor), "2");
});

test("a word of the list is known by its label, whatever accents and capitals; any other is one's own", () => {
  assert.deepEqual(readField(field("kind"), "Coopere", editor), { value: "cooperates" });
  assert.deepEqual(readField(field("kind"), "informs", editor), { value: "informs" });
  assert.deepEqual(readField(field("kind"), "Tutelle", editor), { value: "Tutelle" });
  assert.equal(writeField(field("kind"), "cooperates", editor), "coopère");
  assert.equal(writeField(field("kind"), "Tutelle", editor), "Tutelle");
});

test("words that the map already uses are offered after the known ones", () => {
  assert.deepEqual(optionsOf(field("role", "actors"), editor).map(({ value }) => value), ["elected", "executive", "agent", "médiatrice"]);
  assert.deepEqual(optionsOf(field("kind"), editor).at(-1), { value: "parraine", label: "parraine" });
  assert.deepEqual(optionsOf(field("unit", "actors"), editor).map(({ value }) => value), ["culture", "Culture", "Voirie"]);
});

test("elements of the same name are told apart by their unit, else by their id", () => {
  const names = Object.fromEntries(optionsOf(field("source"), editor).map(({ value, label }) => [value, label]));
  assert.deepEqual(names, { a: "Maire", b: "Agent (Voirie)", c: "Agent (Culture) [c]", d: "Agent (Culture) [d]", v: "Confiance", w: "w" });
  for (const [id, label] of Object.entries(names)) assert.deepEqual(readField(field("source"), label, editor), { value: id });
  assert.deepEqual(readField(field("source"), "Personne", editor), { fault: "field_fault_element" });
});

test("a search finds what begins with it first", () => {
  const options = ["Service culture", "Culture", "Agriculture", "Voirie"].map((label) => ({ value: label, label }));
  assert.deepEqual(optionsFound(options, "cult").map(({ label }) => label), ["Culture", "Service culture", "Agriculture"]);
  assert.equal(optionsFound(options, "", 2).length, 2);
  assert.deepEqual(optionsFound(options, "école"), []);
});

test("sign and delay are for causal links only, formal for relations only", () => {
  const [informs, causes] = map.ties;
  assert.ok(!appliesTo(field("polarity"), [informs]) && appliesTo(field("polarity"), [causes]));
  assert.ok(!appliesTo(field("delay"), [informs, causes]));
  assert.ok(appliesTo(field("formal"), [informs]) && !appliesTo(field("formal"), [causes]));
  assert.ok(appliesTo(field("weight"), [informs, causes]));
});

test("a causal link that becomes a relation loses its sign and its delay", () => {
  assert.deepEqual(patchOf(map.ties[1], "kind", "informs"), { kind: "informs", polarity: null, delay: null });
  assert.deepEqual(patchOf(map.ties[0], "kind", "causes"), { kind: "causes" });
});

test("only what differs is changed", () => {
  assert.deepEqual(patchOf(map.ties[0], "weight", 0.8), {});
  assert.deepEqual(patchOf(map.ties[0], "delay", null), {});
  assert.deepEqual(edits("ties", map.ties.slice(0, 2), "weight", 0.8), [{ do: "set", block: "ties", id: "u", values: { weight: 0.8 } }]);
});

test("several show what they share, and say that they differ", () => {
  assert.deepEqual(common(map.actors, "label"), { value: null, mixed: true });
  assert.deepEqual(common(map.actors.slice(2), "unit"), { value: "Culture", mixed: false });
  assert.deepEqual(common(map.actors, "influence"), { value: null, mixed: false });
  assert.deepEqual(common([{ participants: ["a", "b"] }, { participants: ["b", "a"] }], "participants").mixed, false);
});

test("a relation is formal by its nature where nobody says otherwise", () => {
  assert.ok(formalByNature({ kind: "funds" }, OFFERS) && !formalByNature({ kind: "informs" }, OFFERS));
  assert.ok(!formalByNature({ kind: "parraine" }, OFFERS));
});

test("every field has a name in both languages", () => {
  for (const language of ["fr", "en"]) {
    const words = wordsIn(language);
    for (const { key } of Object.values(FIELDS).flat()) assert.ok(words[`field_${key}`], key);
  }
});
