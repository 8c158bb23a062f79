import assert from "node:assert/strict";
import { test } from "node:test";

import { applyChanges } from "../src/systems_map/changes.js";
import * as commands from "../src/systems_map/commands.js";
import { slug } from "../src/systems_map/identity.js";

const MAP = {
  actors: [{ id: "maire", label: "Maire", unit: "elus", x: 0, y: 0 }, { id: "dgs", label: "DGS", x: 100, y: 0 }],
  variables: [{ id: "confiance", label: "Confiance" }],
  ties: [
    { id: "t1", source: "maire", target: "dgs", kind: "informs", participants: ["p1"] },
    { id: "t2", source: "dgs", target: "confiance", kind: "causes", polarity: "+" },
    { id: "t3", source: "confiance", target: "confiance", kind: "causes" },
  ],
  participants: [{ id: "p1" }],
  loops: [{ id: "l1", name: "Seule", nodes: ["confiance"] }],
};
const after = ({ changes }, document = MAP) => applyChanges(document, changes);
const ids = (list) => list.map(({ id }) => id);

test("an id is the label's words, without accents, and free", () => {
  assert.equal(slug("Élus du conseil (2026) !"), "elus_du_conseil_2026");
  assert.equal(slug("…"), "");
  assert.deepEqual(commands.addActor(MAP, { label: "Maire" }).ids, ["maire_2"]);
  assert.deepEqual(commands.addVariable(MAP, { label: "DGS" }).ids, ["dgs_2"]);
  assert.deepEqual(commands.addActor(MAP, { label: "!!" }).ids, ["acteur"]);
});

test("a tie with a variable is causal, one between actors a relation; parallel ties and loops are ties like others", () => {
  assert.equal(after(commands.addTie(MAP, "maire", "confiance")).ties.at(-1).kind, "causes");
  const twice = after(commands.addTie(MAP, "maire", "dgs"));
  assert.deepEqual(twice.ties.at(-1), { id: "t4", source: "maire", target: "dgs", kind: "cooperates" });
  assert.equal(after(commands.addTie(MAP, "dgs", "dgs", { kind: "informs" })).ties.at(-1).target, "dgs");
});

test("what goes takes its ties along, and the named loops that ran through it", () => {
  const left = after(commands.removal(MAP, ["confiance"]));
  assert.deepEqual([ids(left.variables), ids(left.ties), ids(left.loops)], [[], ["t1"], []]);
  const tie = after(commands.removal(MAP, ["t3"]));
  assert.deepEqual([ids(tie.ties), ids(tie.variables), ids(tie.loops)], [["t1", "t2"], ["confiance"], ["l1"]]);
});

test("copies have ids of their own, stand aside, and are tied like the originals", () => {
  const { changes, ids: made } = commands.duplicated(MAP, ["maire", "dgs"]);
  const map = applyChanges(MAP, changes);
  assert.deepEqual(made, ["maire_2", "dgs_2"]);
  assert.deepEqual(map.actors[2], { id: "maire_2", label: "Maire", unit: "elus", x: 40, y: 40 });
  assert.deepEqual(map.ties.at(-1), { kind: "informs", id: "t4", source: "maire_2", target: "dgs_2", participants: ["p1"] });
});

test("what is pasted on another map brings no participant that is not there", () => {
  const other = { actors: [], variables: [], ties: [], participants: [], loops: [] };
  const map = after(commands.pasted(other, commands.copied(MAP, ["maire", "dgs"])), other);
  assert.deepEqual(map.ties, [{ kind: "informs", id: "t1", source: "maire", target: "dgs" }]);
});

test("only what moved is said to have moved, in whole pixels", () => {
  const { changes } = commands.moved(MAP, { maire: { x: 0.2, y: 0 }, dgs: { x: 120.6, y: -3.4 }, confiance: { x: 5, y: 6 } });
  assert.deepEqual(changes.map(({ id, values }) => [id, values]), [["dgs", { x: 121, y: -3 }], ["confiance", { x: 5, y: 6 }]]);
});

test("only what is not yet so is said", () => {
  assert.deepEqual(commands.said(MAP, ["maire", "t1"], { unit: "elus" }).changes.map(({ id }) => id), ["t1"]);
  assert.deepEqual(commands.assigned(MAP, ["maire", "confiance"], null).changes, [{ do: "set", block: "actors", id: "maire", values: { unit: null } }]);
  assert.deepEqual(commands.renamed(MAP, "dgs", "DGS").changes, []);
});

test("a tie is turned round with all that was said of it", () => {
  assert.deepEqual(after(commands.reversed(MAP, "t2")).ties[1], { id: "t2", source: "confiance", target: "dgs", kind: "causes", polarity: "+" });
});
