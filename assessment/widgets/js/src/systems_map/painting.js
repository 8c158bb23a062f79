// What the map is painted with: one overlay, or a measure as colour, and a measure as size. `editor.view` says which;
// this asks Python for them, keeps them up to date and hands them to the canvas. Every panel shows the same painting.
import { same } from "../document.js";
import { highlightingOf } from "./highlighting.js";
import { makeQuestion, matters } from "./question.js";

const paintings = new WeakMap();

/** The painting of an editor, the same for all its panels; `join(listener)` is told {overlay, colour, size}. */
export function paintingOf(editor, canvas) {
  if (!paintings.has(editor)) paintings.set(editor, makePainting(editor, canvas, () => paintings.delete(editor)));
  return paintings.get(editor);
}

/** The question behind a part of the view, [name, values], or null. Pure. */
export function questionOf(part, value) {
  if (value === null || value === undefined || value === "") return null;
  if (part !== "overlay") return ["measure", { name: value, as: part }];
  if (typeof value === "string") return ["reading", { name: value }];
  if (value.participant !== undefined) return ["layer", { participant: value.participant }];
  if (value.from !== undefined) return ["difference", { from: value.from, to: value.to ?? null }];
  return null;
}

/** Readings on top of each other: a later one paints over an earlier one, key by key. Pure. */
export function merged(readings) {
  const shown = readings.filter(Boolean);
  if (shown.length === 0) return null;
  const paint = { nodes: {}, ties: {} };
  for (const reading of shown) {
    for (const block of ["nodes", "ties"]) {
      for (const [id, one] of Object.entries(reading.paint?.[block] ?? {})) {
        paint[block][id] = { ...paint[block][id], ...one };
      }
    }
  }
  return { ...shown[0], paint, ghosts: shown.flatMap((reading) => reading.ghosts ?? []) };
}

export const PARTS = ["overlay", "colour", "size"];

function makePainting(editor, canvas, ended) {
  const state = Object.fromEntries(PARTS.map((part) => [part, { value: null, reading: null, busy: false, refused: [] }]));
  const highlighting = highlightingOf(canvas);
  const listeners = new Set();
  const tell = () => listeners.forEach((listener) => listener(state));
  const questions = Object.fromEntries(PARTS.map((part) => [part, makeQuestion(editor, {
    answered: (reading) => show(part, { reading, refused: [] }),
    refused: (refused) => show(part, { reading: null, refused }),
    busy: (busy) => {
      if (state[part].busy === busy) return;
      state[part].busy = busy;
      tell();
    },
  })]));

  function show(part, change) {
    Object.assign(state[part], change);
    canvas.paint(merged(PARTS.map((one) => state[one].reading)));
    tell();
  }

  function look() {
    for (const part of PARTS) {
      const value = editor.view[part] ?? null;
      if (same(value, state[part].value)) continue;
      state[part].value = value;
      const asked = questionOf(part, value);
      questions[part].cancel();
      if (!asked) {
        show(part, { reading: null, refused: [] });
        continue;
      }
      highlighting.drop();
      questions[part].now(...asked);
      tell();
    }
  }

  function again(way) {
    for (const part of PARTS) {
      const asked = questionOf(part, state[part].value);
      if (asked) questions[part][way](...asked);
    }
  }

  const offs = [
    editor.on("view", look),
    editor.on("document", (changes) => matters(changes) && again("soon")),
    editor.on("words", () => again("now")),
  ];
  look();
  return {
    state,
    join(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        for (const off of offs) off();
        for (const part of PARTS) questions[part].destroy();
        ended();
      };
    },
  };
}
