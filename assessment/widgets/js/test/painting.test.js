import assert from "node:assert/strict";
import test from "node:test";

import { highlightingOf } from "../src/systems_map/highlighting.js";
import { merged, paintingOf, questionOf } from "../src/systems_map/painting.js";

/** An editor and a canvas that note what is asked and painted. */
function stage(view = {}) {
  const listeners = {};
  const editor = {
    view,
    state: "saved",
    asked: [],
    on: (event, listener) => {
      (listeners[event] ??= new Set()).add(listener);
      return () => listeners[event].delete(listener);
    },
    ask: async (name, values) => {
      editor.asked.push([name, values]);
      const id = values.name ?? values.participant ?? values.from;
      return { answer: { name: id, paint: { nodes: { a: { [values.as ?? "badge"]: id } } } } };
    },
    look: (patch) => {
      Object.assign(editor.view, patch);
      listeners.view?.forEach((listener) => listener());
    },
    heard: () => Object.values(listeners).reduce((sum, each) => sum + each.size, 0),
  };
  const canvas = { painted: [], lit: [], paint: (reading) => canvas.painted.push(reading), highlight: (what) => canvas.lit.push(what) };
  return { editor, canvas };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("each part of the view is one question", () => {
  assert.deepEqual(questionOf("overlay", "silos"), ["reading", { name: "silos" }]);
  assert.deepEqual(questionOf("overlay", { participant: "p1" }), ["layer", { participant: "p1" }]);
  assert.deepEqual(questionOf("overlay", { from: "s1", to: null }), ["difference", { from: "s1", to: null }]);
  assert.deepEqual(questionOf("size", "degree"), ["measure", { name: "degree", as: "size" }]);
  for (const nothing of [null, undefined, ""]) assert.equal(questionOf("overlay", nothing), null);
});

test("a measure paints over an overlay, key by key, and ghosts are kept", () => {
  const overlay = { name: "o", paint: { nodes: { a: { colour: "muted", badge: "1" } }, ties: {} }, ghosts: [{ block: "actors" }] };
  const size = { name: "s", paint: { nodes: { a: { size: 1 }, b: { size: 0 } } } };
  const { paint, ghosts } = merged([overlay, null, size]);
  assert.deepEqual(paint.nodes, { a: { colour: "muted", badge: "1", size: 1 }, b: { size: 0 } });
  assert.deepEqual(ghosts, [{ block: "actors" }]);
  assert.deepEqual(overlay.paint.nodes.a, { colour: "muted", badge: "1" });
  assert.equal(merged([null, null]), null);
});

test("the view is painted, what is taken away is taken off, and the last panel to leave ends it", async () => {
  const { editor, canvas } = stage({ overlay: "silos" });
  const painting = paintingOf(editor, canvas);
  assert.equal(paintingOf(editor, canvas), painting);
  const leave = painting.join(() => {});
  await settled();
  assert.deepEqual(canvas.painted.at(-1).paint.nodes, { a: { badge: "silos" } });
  editor.look({ size: "degree" });
  await settled();
  assert.deepEqual(canvas.painted.at(-1).paint.nodes, { a: { badge: "silos", size: "degree" } });
  editor.look({ overlay: null, size: null });
  assert.equal(canvas.painted.at(-1), null);
  leave();
  assert.equal(editor.heard(), 0);
  assert.notEqual(paintingOf(editor, canvas), painting);
});

test("an overlay that is chosen over another is the only one painted", async () => {
  const { editor, canvas } = stage();
  paintingOf(editor, canvas).join(() => {});
  editor.look({ overlay: "silos" });
  editor.look({ overlay: "micmac" });
  await settled();
  await settled();
  assert.deepEqual(canvas.painted.map((reading) => reading?.name), ["micmac"]);
});

test("who highlights takes the highlight from whoever had it, and only its owner takes it off", () => {
  const { canvas } = stage();
  const lost = [];
  const one = { lost: () => lost.push("one") };
  const other = { lost: () => lost.push("other") };
  const highlighting = highlightingOf(canvas);
  highlighting.show(one, { nodes: ["a"] });
  highlighting.show(other, { nodes: ["b"] });
  highlighting.clear(one);
  assert.deepEqual(canvas.lit, [{ nodes: ["a"] }, { nodes: ["b"] }]);
  highlighting.clear(other);
  assert.deepEqual(canvas.lit.at(-1), null);
  assert.deepEqual(lost, ["one"]);
});
