import assert from "node:assert/strict";
import test from "node:test";

import { applyChanges } from "../src/systems_map/changes.js";
import {
  addParticipant, answered, answersOf, offered, participantOf, placeNear, removed, saidOf, seen, tiesOf, unseen, wordsOf,
} from "../src/systems_map/contributions.js";
import { found } from "../src/systems_map/finder.js";

const DOCUMENT = {
  actors: [{ id: "voirie", label: "Voirie", x: 0, y: 0 }, { id: "dgs", label: "Direction générale", x: 300, y: 0 }],
  variables: [],
  ties: [
    { id: "t1", source: "voirie", target: "dgs", kind: "works_for", participants: ["p1"] },
    { id: "t2", source: "dgs", target: "voirie", kind: "informs" },
  ],
  participants: [{ id: "p1", role: "agent" }, { id: "p2", role: "agent", unit: "voirie", actor: "voirie" }],
  loops: [],
};
const P2 = participantOf(DOCUMENT, "p2");

test("a participant is a role and a unit under the next free id", () => {
  const { changes, id } = addParticipant(DOCUMENT, { role: "elected", unit: "" });
  assert.equal(id, "p3");
  assert.deepEqual(changes, [{ do: "add", block: "participants", values: { id: "p3", role: "elected" } }]);
});

test("what is said of a participant is one change, none when nothing is new", () => {
  assert.deepEqual(saidOf(DOCUMENT, "p2", { mission: "Des rues sûres", unit: "" }), [
    { do: "set", block: "participants", id: "p2", values: { mission: "Des rues sûres", unit: null } },
  ]);
  assert.deepEqual(saidOf(DOCUMENT, "p2", { role: "agent", mission: "" }), []);
});

test("who sees a tie too is added once, also where nobody was named yet", () => {
  assert.deepEqual(seen(DOCUMENT, "t1", "p2")[0].values, { participants: ["p1", "p2"] });
  assert.deepEqual(seen(DOCUMENT, "t2", "p2")[0].values, { participants: ["p2"] });
  assert.deepEqual(seen(DOCUMENT, "t1", "p1"), []);
  assert.deepEqual(seen(DOCUMENT, "none", "p1"), []);
});

test("a tie that nobody sees any more leaves the map, others stay", () => {
  assert.deepEqual(unseen(DOCUMENT, "t1", "p1"), [{ do: "remove", block: "ties", id: "t1" }]);
  const both = applyChanges(DOCUMENT, seen(DOCUMENT, "t1", "p2"));
  assert.deepEqual(unseen(both, "t1", "p1")[0].values, { participants: ["p2"] });
  assert.deepEqual(unseen(DOCUMENT, "t2", "p1"), []);
});

test("removing a participant keeps the ties, without the name", () => {
  const after = applyChanges(DOCUMENT, removed(DOCUMENT, "p1"));
  assert.deepEqual(after.participants.map(({ id }) => id), ["p2"]);
  assert.equal(after.ties.length, 2);
  assert.equal(after.ties[0].participants, undefined);
});

test("an answer that somebody gave already is seen by one more, not drawn twice", () => {
  assert.deepEqual(answered(DOCUMENT, P2, "works_for", "dgs"), [
    { do: "set", block: "ties", id: "t1", values: { participants: ["p1", "p2"] } },
  ]);
});

test("with whom I really work is an informal cooperation, to a new actor beside mine if need be", () => {
  const after = applyChanges(DOCUMENT, answered(DOCUMENT, P2, "works_with", { label: "Régie de l’eau" }));
  const actor = after.actors.at(-1);
  assert.equal(actor.label, "Régie de l’eau");
  assert.ok(Number.isFinite(actor.x) && Number.isFinite(actor.y));
  const { kind, formal, source, target, participants } = after.ties.at(-1);
  assert.deepEqual({ kind, formal, source, target, participants }, {
    kind: "cooperates", formal: false, source: "voirie", target: actor.id, participants: ["p2"],
  });
  assert.deepEqual(answersOf(after, P2, "works_with"), [{ tie: after.ties.at(-1).id, id: actor.id, label: "Régie de l’eau" }]);
  assert.deepEqual(answersOf(after, P2, "works_for"), []);
  assert.equal(tiesOf(after, "p2").length, 1);
});

test("nobody works for themselves", () => {
  assert.deepEqual(answered(DOCUMENT, P2, "works_for", "voirie"), []);
});

test("a new actor stands near, on no other; without a place where the map has none", () => {
  const first = placeNear(DOCUMENT, DOCUMENT.actors[0]);
  const second = placeNear({ ...DOCUMENT, actors: [...DOCUMENT.actors, first] }, DOCUMENT.actors[0]);
  assert.ok(Math.hypot(first.x - second.x, first.y - second.y) > 70);
  assert.deepEqual(placeNear(DOCUMENT, { id: "x" }), {});
});

test("a participant is told by role and unit in words, the id apart", () => {
  const offers = { roles: [{ value: "agent", label: "agents" }], units: [{ value: "voirie", label: "Voirie" }] };
  assert.deepEqual(wordsOf(P2, offers), { who: "p2", words: "agents · Voirie" });
  assert.deepEqual(wordsOf({ id: "p9", role: "mentor" }, offers), { who: "p9", words: "mentor" });
});

test("a unit can be one that is offered, one of the map, or what it already is", () => {
  const map = { actors: [{ id: "a", unit: "voirie" }, { id: "b", unit: "eau" }, { id: "c" }] };
  assert.deepEqual(offered([{ value: "voirie", label: "Voirie" }], map, "unit", "sports").map(({ label }) => label), [
    "Voirie", "eau", "sports",
  ]);
});

test("a search finds the beginnings first, without regard to accents and capitals", () => {
  const elements = ["Service eau", "École", "Eau et énergie", "Bureau"].map((label) => ({ id: label, label }));
  assert.deepEqual(found(elements, "eau").options.map(({ id }) => id), ["Eau et énergie", "Service eau", "Bureau"]);
  assert.deepEqual(found(elements, "ECOLE"), { options: [elements[1]], exact: true });
  assert.deepEqual(found(elements, "  "), { options: [], exact: false });
});
