import assert from "node:assert/strict";
import test from "node:test";

import { announcement } from "../src/systems_map/announcements.js";
import { SPOKEN, tieSentence } from "../src/systems_map/names.js";
import { speaker, wordsIn } from "./map_words.js";

const map = {
  actors: [{ id: "maire", label: "Maire" }, { id: "dgs", label: "DGS", role: "executive" }, { id: "asso", label: "" }],
  variables: [{ id: "conf", label: "Confiance", x: 0, y: 0 }],
  ties: [
    { id: "t1", source: "maire", target: "dgs", kind: "informs" },
    { id: "t2", source: "conf", target: "maire", kind: "causes", polarity: "-" },
    { id: "t3", source: "maire", target: "maire", kind: "causes" },
  ],
};
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");
const fr = (changes) => plain(announcement(changes, map, speaker(map)));
const en = (changes) => announcement(changes, map, speaker(map, "en"));
const add = (block, values) => ({ do: "add", block, values });
const set = (block, id, values) => ({ do: "set", block, id, values });
const remove = (block, id) => ({ do: "remove", block, id });

test("what is added is told with its name, a tie as a sentence", () => {
  assert.equal(fr([add("ties", { id: "t9", source: "maire", target: "dgs", kind: "informs" })]), "Lien ajouté : Maire informe DGS.");
  assert.equal(en([add("ties", { id: "t9", source: "maire", target: "dgs", kind: "informs" })]), "Tie added: Maire informs DGS.");
  assert.equal(fr([add("actors", { id: "new", label: "École" })]), "Acteur ajouté : École.");
  assert.equal(fr([add("variables", { id: "new", label: "Budget" })]), "Variable ajoutée : Budget.");
});

test("a tie to what is added in the same breath knows its name", () => {
  const changes = [add("actors", { id: "new", label: "École" }), add("ties", { id: "t9", source: "new", target: "dgs", kind: "parraine" })];
  assert.equal(fr(changes), "Acteur ajouté : École. Lien ajouté : École → DGS (parraine).");
});

test("causal links tell their sign, or that it is not known", () => {
  const link = (polarity) => [add("ties", { id: "t9", source: "conf", target: "dgs", kind: "causes", polarity })];
  assert.equal(fr(link("+")), "Lien ajouté : Confiance agit sur DGS (+).");
  assert.equal(fr(link("-")), "Lien ajouté : Confiance agit sur DGS (−).");
  assert.equal(fr(link()), "Lien ajouté : Confiance agit sur DGS (sens inconnu).");
});

test("who goes is told with how many ties go along", () => {
  assert.equal(fr([remove("ties", "t1"), remove("ties", "t2"), remove("ties", "t3"), remove("actors", "maire")]), "Acteur supprimé : Maire, avec 3 liens.");
  assert.equal(fr([remove("ties", "t1"), remove("actors", "dgs")]), "Acteur supprimé : DGS, avec 1 lien.");
  assert.equal(fr([remove("variables", "conf")]), "Variable supprimée : Confiance.");
  assert.equal(fr([remove("ties", "t1")]), "Lien supprimé : Maire informe DGS.");
});

test("what is set is told by its field and value, as people read them", () => {
  assert.equal(fr([set("actors", "maire", { role: "elected", influence: 0.8 })]), "Maire, rôle : élus ; influence : 0,8.");
  assert.equal(en([set("actors", "maire", { role: null })]), "Maire, role: not said.");
  assert.equal(fr([set("ties", "t2", { polarity: "+" })]), "Lien de Confiance vers Maire, signe : même sens (+).");
  assert.equal(fr([set("ties", "t2", { kind: "informs", polarity: null, delay: null })]), "Lien de Confiance vers Maire, nature : informe.");
  assert.equal(fr([set("ties", "t2", { source: "maire", target: "conf" })]), "Lien de Maire vers Confiance, autres extrémités.");
});

test("a new name is told with the old one", () => {
  assert.equal(fr([set("actors", "maire", { label: "Madame la maire" })]), "« Maire » s’appelle maintenant « Madame la maire ».");
  assert.equal(fr([set("actors", "asso", { label: "Amicale" })]), "« sans nom » s’appelle maintenant « Amicale ».");
  assert.equal(fr([set("map", undefined, { name: "Eau" })]), "La carte s’appelle maintenant « Eau ».");
});

test("places are told as moves, and a drag into a unit as the unit", () => {
  assert.equal(fr([set("variables", "conf", { x: 3, y: 4 })]), "Variable déplacée : Confiance.");
  assert.equal(fr([set("actors", "maire", { x: 3, y: 4 }), set("actors", "dgs", { x: 3, y: 4 })]), "2 éléments déplacés.");
  assert.equal(fr([set("actors", "maire", { x: 3, y: 4, unit: "culture" })]), "Maire, service : Culture.");
});

test("much is counted, not recited", () => {
  const many = [...Array(12).keys()];
  assert.equal(fr(many.map((n) => add("actors", { id: `n${n}`, label: `N${n}` }))), "12 éléments ajoutés.");
  assert.equal(fr(many.map((n) => add("ties", { id: `n${n}`, source: "maire", target: "dgs", kind: "informs" }))), "12 liens ajoutés.");
  assert.equal(fr(["t1", "t2"].map((id) => set("ties", id, { weight: 0.5 }))), "2 liens, poids : 0,5.");
});

test("long and backward labels leave the sentence readable", () => {
  const told = fr([add("actors", { id: "n", label: "x".repeat(10000) }), add("variables", { id: "m", label: "\u202eeriaM" })]);
  assert.ok(told.length < 200);
  assert.ok(!told.includes("\u202e"));
});

test("nothing to tell is an empty text; other blocks are counted", () => {
  assert.equal(fr([]), "");
  assert.equal(fr([add("participants", { id: "p" })]), "1 participant ajouté.");
  assert.equal(fr([remove("loops", "l")]), "1 nom de boucle retiré.");
});

test("a tie that bears the id of an element is told apart from it", () => {
  const same = { ...map, ties: [{ id: "dgs", source: "maire", target: "conf", kind: "informs" }] };
  const told = announcement([remove("ties", "dgs"), set("actors", "dgs", { rank: 2 })], same, speaker(same));
  assert.equal(plain(told), "Lien supprimé : Maire informe Confiance. DGS, niveau : 2.");
});

test("each known kind of relation has a sentence of its own in both languages", () => {
  for (const language of ["fr", "en"]) {
    const words = wordsIn(language);
    for (const kind of SPOKEN) {
      assert.ok(words[`said_tie_${kind}`], kind);
      assert.match(tieSentence({ source: "A", target: "B", kind }, (id) => id, speaker(map, language)), /^A .* B$/);
    }
  }
});
