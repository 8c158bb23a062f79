import assert from "node:assert/strict";
import { test } from "node:test";

import { applyChanges } from "../src/systems_map/changes.js";
import { makeSession } from "../src/systems_map/session.js";

const MAP = { actors: [{ id: "a", label: "A" }, { id: "b", label: "B" }], variables: [], ties: [], participants: [], loops: [] };
const rename = (id, label) => [{ do: "set", block: "actors", id, values: { label } }];
const labels = (document) => document.actors.map(({ label }) => label).join(" ");

/** A session and what it sent, opened on the map at revision 7 unless told otherwise. */
function opened(view = "v") {
  const sent = [];
  const told = { shown: [], refused: [], dropped: [] };
  const session = makeSession({
    view,
    send: (message) => sent.push(message),
    shown: (document, changes) => told.shown.push(changes),
    refused: (faults) => told.refused.push(...faults),
    dropped: (edits) => told.dropped.push(...edits),
    settled: () => null,
  });
  session.open();
  session.receive({ revision: 7, document: MAP, undo: 0, redo: 0, view });
  sent.length = 0;
  return { session, sent, told };
}
const accepted = (revision, changes, edit, view = "v") => ({ revision, changes, edit, view, undo: 1, redo: 0 });

test("an edit is shown at once and sent on the revision it was made on", () => {
  const { session, sent } = opened();
  session.commit(rename("a", "A2"));
  assert.equal(labels(session.document), "A2 B");
  assert.deepEqual(sent, [{ base: 7, changes: rename("a", "A2"), view: "v", edit: 1 }]);
  assert.ok(session.waits);
});

test("what is done while an edit is on its way leaves together, on the revision that answers", () => {
  const { session, sent } = opened();
  session.commit(rename("a", "A2"));
  session.commit(rename("b", "B2"));
  session.commit(rename("b", "B3"));
  assert.equal(sent.length, 1);
  session.receive(accepted(8, rename("a", "A2"), 1));
  assert.deepEqual(sent[1], { base: 8, changes: [...rename("b", "B2"), ...rename("b", "B3")], view: "v", edit: 2 });
  session.receive(accepted(9, sent[1].changes, 2));
  assert.equal(labels(session.document), "A2 B3");
  assert.ok(!session.waits);
});

test("one's own accepted edit is not drawn a second time", () => {
  const { session, told } = opened();
  session.commit(rename("a", "A2"));
  const drawn = told.shown.length;
  session.receive(accepted(8, rename("a", "A2"), 1));
  assert.equal(told.shown.length, drawn);
});

test("a refused edit goes back, with what was built on it that no longer holds; the rest stays", () => {
  const { session, sent, told } = opened();
  session.commit([{ do: "add", block: "actors", values: { id: "c", label: "C" } }]);
  session.commit(rename("c", "C2"));
  session.commit(rename("b", "B2"));
  session.receive({ revision: 7, refused: [{ code: "x", text: "why" }], edit: 1, view: "v" });
  assert.deepEqual(told.refused, [{ code: "x", text: "why" }]);
  assert.equal(labels(session.document), "A B2");
  assert.deepEqual(sent.at(-1).changes, rename("b", "B2"));
});

test("somebody else's change comes under what still waits", () => {
  const { session } = opened();
  session.commit(rename("a", "mine"));
  session.receive(accepted(8, [...rename("a", "theirs"), ...rename("b", "B8")], 1, "other"));
  assert.equal(labels(session.document), "mine B8");
});

test("an edit on a stale revision is put on the newer document and sent again", () => {
  const { session, sent } = opened();
  session.commit(rename("a", "mine"));
  const newer = applyChanges(MAP, rename("b", "B8"));
  session.receive({ revision: 8, document: newer, undo: 1, redo: 0, view: "v", edit: 1 });
  assert.equal(labels(session.document), "mine B8");
  assert.deepEqual(sent.at(-1), { base: 8, changes: rename("a", "mine"), view: "v", edit: 2 });
});

test("an edit that no longer holds on the newer document is told, not lost in silence", () => {
  const { session, told } = opened();
  session.commit(rename("a", "mine"));
  const newer = applyChanges(MAP, [{ do: "remove", block: "actors", id: "a" }]);
  session.receive({ revision: 8, document: newer, undo: 1, redo: 0, view: "v", edit: 1 });
  assert.deepEqual(told.dropped, [rename("a", "mine")]);
  assert.equal(labels(session.document), "B");
  assert.ok(!session.waits);
});

test("a revision that was missed asks for the whole document instead of diverging", () => {
  const { session, sent } = opened();
  session.receive(accepted(9, rename("a", "A9"), 5, "other"));
  assert.deepEqual(sent, [{ open: true, view: "v" }]);
  assert.equal(labels(session.document), "A B");
});

test("a change that does not fit asks for the whole document", () => {
  const { session, sent } = opened();
  session.receive(accepted(8, rename("nobody", "?"), 5, "other"));
  assert.deepEqual(sent, [{ open: true, view: "v" }]);
});

test("an answer that comes twice changes nothing", () => {
  const { session } = opened();
  session.commit(rename("a", "A2"));
  session.receive(accepted(8, rename("a", "A2"), 1));
  session.commit(rename("a", "A3"));
  session.receive(accepted(8, rename("a", "A2"), 1));
  assert.equal(labels(session.document), "A3 B");
});

test("an answer that was lost is found again: what Python took is not sent twice", () => {
  const { session, sent, told } = opened();
  const add = [{ do: "add", block: "actors", values: { id: "c", label: "C" } }];
  session.commit(add);
  session.commit(rename("b", "B2"));
  session.open();
  assert.deepEqual(sent.at(-1), { open: true, view: "v" });
  session.receive({ revision: 8, document: applyChanges(MAP, add), undo: 1, redo: 0, view: "v", accepted: 1 });
  assert.deepEqual(sent.at(-1), { base: 8, changes: rename("b", "B2"), view: "v", edit: 2 });
  assert.deepEqual(told.dropped, []);
  assert.equal(labels(session.document), "A B2 C");
});

test("an edit that never arrived is sent again", () => {
  const { session, sent } = opened();
  session.commit(rename("a", "A2"));
  session.open();
  session.receive({ revision: 7, document: MAP, undo: 0, redo: 0, view: "v", accepted: null });
  assert.deepEqual(sent.at(-1), { base: 7, changes: rename("a", "A2"), view: "v", edit: 2 });
});

test("undo waits for the edits on their way, so that it takes back what one sees", () => {
  const { session, sent } = opened();
  session.commit(rename("a", "A2"));
  session.step("undo");
  assert.equal(sent.length, 1);
  session.receive(accepted(8, rename("a", "A2"), 1));
  assert.deepEqual(sent[1], { base: 8, undo: true, view: "v" });
  session.receive({ revision: 9, changes: rename("a", "A"), view: "v", undo: 0, redo: 1 });
  assert.equal(labels(session.document), "A B");
  assert.deepEqual(session.counts, { undo: 0, redo: 1 });
});

test("an undo with nothing to take back is told and does not block what comes after", () => {
  const { session, sent } = opened();
  session.step("undo");
  session.receive({ revision: 7, refused: [{ code: "nothing", text: "nothing" }], view: "v" });
  session.commit(rename("a", "A2"));
  assert.deepEqual(sent.at(-1).changes, rename("a", "A2"));
});

test("another view's opening or refusal is none of ours", () => {
  const { session, told } = opened();
  session.commit(rename("a", "A2"));
  session.receive({ revision: 7, document: MAP, undo: 0, redo: 0, view: "other" });
  session.receive({ revision: 7, refused: [{ code: "x", text: "x" }], edit: 1, view: "other" });
  assert.equal(labels(session.document), "A2 B");
  assert.deepEqual(told.refused, []);
});

test("two views that edit at random end with Python's document, whatever is delayed", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = (() => {
      let state = seed * 2654435761;
      return (most) => ((state = (state * 1103515245 + 12345) & 0x7fffffff) >> 8) % most;
    })();
    let python = { document: MAP, revision: 7 };
    const inbox = [];
    const wires = { v: [], w: [] };
    const answer = (message) => {
      if (message.open) wires[message.view].push({ ...python, undo: 0, redo: 0, view: message.view });
      else if (message.base !== python.revision) wires[message.view].push({ ...python, undo: 0, redo: 0, view: message.view, edit: message.edit });
      else {
        try {
          python = { document: applyChanges(python.document, message.changes), revision: python.revision + 1 };
        } catch {
          return wires[message.view].push({ revision: python.revision, refused: [], view: message.view, edit: message.edit });
        }
        const told = { revision: python.revision, changes: message.changes, view: message.view, edit: message.edit, undo: 0, redo: 0 };
        for (const wire of Object.values(wires)) wire.push(told);
      }
      return null;
    };
    const views = ["v", "w"].map((view) =>
      makeSession({ view, send: (message) => inbox.push(message), shown() {}, refused() {}, dropped() {}, settled() {} }),
    );
    views.forEach((view) => view.open());
    const deliver = () => {
      if (inbox.length > 0) answer(inbox.shift());
      ["v", "w"].forEach((name, at) => wires[name].length > 0 && random(3) > 0 && views[at].receive(wires[name].shift()));
    };
    while (views.some(({ document }) => !document)) deliver();
    for (let step = 0; step < 40; step += 1) {
      const view = views[random(2)];
      const id = `x${random(6)}`;
      try {
        view.commit(
          view.document.actors.some((one) => one.id === id)
            ? random(2) ? rename(id, String(step)) : [{ do: "remove", block: "actors", id }]
            : [{ do: "add", block: "actors", values: { id, label: String(step) } }],
        );
      } catch {
        // what does not hold here is not sent
      }
      deliver();
    }
    for (let turn = 0; turn < 4000 && (inbox.length > 0 || wires.v.length > 0 || wires.w.length > 0 || views.some(({ waits }) => waits)); turn += 1) deliver();
    for (const view of views) {
      assert.deepEqual(view.document, python.document, `seed ${seed}`);
      assert.equal(view.revision, python.revision);
      assert.ok(!view.waits);
    }
  }
});
