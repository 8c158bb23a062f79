import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { makeQuestion, matters } from "../src/systems_map/question.js";

/** An editor whose answers are given by hand: `asked` lists what it was asked. */
function slowEditor() {
  const asked = [];
  let heard = () => {};
  return {
    asked,
    state: "saved",
    on: (event, listener) => {
      heard = listener;
      return () => (heard = () => {});
    },
    become(state) {
      this.state = state;
      heard();
    },
    ask: (name, values) => new Promise((resolve, reject) => asked.push({ name, values, resolve, reject })),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function listening(editor, options = {}) {
  const told = [];
  const question = makeQuestion(editor, {
    answered: (answer) => told.push(answer),
    refused: (faults) => told.push(faults),
    busy: (yes) => told.at(-1) !== `busy ${yes}` && told.push(`busy ${yes}`),
    ...options,
  });
  return { question, told };
}

test("changes that follow each other are one question, asked when they rest", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const editor = slowEditor();
  const { question } = listening(editor);
  for (let change = 0; change < 5; change += 1) {
    question.soon("loops", { change });
    mock.timers.tick(100);
  }
  assert.equal(editor.asked.length, 0);
  mock.timers.tick(50);
  assert.deepEqual(editor.asked.map(({ values }) => values), [{ change: 4 }]);
  mock.timers.reset();
});

test("a late answer is dropped when another was asked, and only the last of those waiting is asked", async () => {
  const editor = slowEditor();
  const { question, told } = listening(editor, { busy: undefined });
  for (const name of ["a", "b", "c"]) question.now("reading", { name });
  assert.equal(editor.asked.length, 1);
  editor.asked[0].resolve({ answer: "a" });
  await settled();
  assert.deepEqual(editor.asked.map(({ values }) => values.name), ["a", "c"]);
  editor.asked[1].resolve({ answer: "c" });
  await settled();
  assert.deepEqual(told, ["c"]);
});

test("an answer that arrives while a change rests is dropped: it is of an older map", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const editor = slowEditor();
  const { question, told } = listening(editor, { busy: undefined });
  question.now("loops");
  question.soon("loops");
  editor.asked[0].resolve({ answer: "old" });
  await settled();
  assert.deepEqual(told, []);
  mock.timers.tick(150);
  editor.asked[1].resolve({ answer: "new" });
  await settled();
  assert.deepEqual(told, ["new"]);
  mock.timers.reset();
});

test("what is cancelled is never told, and what is asked next is", async () => {
  const editor = slowEditor();
  const { question, told } = listening(editor, { busy: undefined });
  question.now("reading", { name: "a" });
  question.cancel();
  question.now("reading", { name: "b" });
  editor.asked[0].resolve({ answer: "a" });
  await settled();
  editor.asked[1].resolve({ answer: "b" });
  await settled();
  assert.deepEqual(told, ["b"]);
});

test("a slow question is said to be slow, a quick one is not; a refusal ends it too", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const editor = slowEditor();
  const { question, told } = listening(editor);
  question.now("silos");
  mock.timers.tick(299);
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  assert.deepEqual(told, ["busy true"]);
  editor.asked[0].reject({ refused: [{ code: "no", text: "non" }] });
  await settled();
  assert.deepEqual(told, ["busy true", "busy false", [{ code: "no", text: "non" }]]);
  mock.timers.reset();
});

test("nothing is asked before Python has the edits made here", () => {
  const editor = slowEditor();
  const { question } = listening(editor);
  editor.become("saving");
  question.now("loops");
  assert.equal(editor.asked.length, 0);
  editor.become("saved");
  assert.equal(editor.asked.length, 1);
});

test("what was asked of a kernel that went away is asked again when it is back, its old answer dropped", async () => {
  const editor = slowEditor();
  const { question, told } = listening(editor, { busy: undefined });
  question.now("loops");
  editor.become("lost");
  editor.become("saved");
  assert.equal(editor.asked.length, 2);
  editor.asked[0].resolve({ answer: "old" });
  editor.asked[1].resolve({ answer: "new" });
  await settled();
  assert.deepEqual(told, ["new"]);
});

test("after the end nothing is told", async () => {
  const editor = slowEditor();
  const { question, told } = listening(editor);
  question.now("silos");
  question.destroy();
  editor.asked[0].resolve({ answer: "late" });
  await settled();
  assert.deepEqual(told, []);
});

test("moving elements about asks nothing, all else does", () => {
  assert.equal(matters([{ do: "set", block: "actors", id: "a", values: { x: 1, y: 2 } }]), false);
  assert.equal(matters([{ do: "set", block: "actors", id: "a", values: { x: 1, label: "A" } }]), true);
  assert.equal(matters([{ do: "remove", block: "ties", id: "t" }]), true);
  assert.equal(matters([]), false);
  assert.equal(matters(undefined), true);
});
