import assert from "node:assert/strict";
import { test } from "node:test";

import { addressWith } from "../src/tool_page/page.js";
import { KINDS } from "../src/tool_page/blocks.js";
import { makeDraft } from "../src/tool_page/draft.js";
import { besidePath, safeAddress } from "../src/tool_page/links.js";
import { reasonWords } from "../src/tool_page/shell.js";
import { inOrder } from "../src/tool_page/sorted_table.js";
import { makeWire } from "../src/tool_page/wire.js";

test("what is typed outlives every page that says nothing new of it", () => {
  const draft = makeDraft("");
  assert.ok(draft.given("a"));
  draft.typed("ab");
  assert.ok(!draft.given("a"), "another language, another block: the same value");
  assert.equal(draft.value(), "ab");
});

test("a value that Python gives is taken where nobody has typed since it was told", () => {
  const draft = makeDraft("");
  draft.given("");
  draft.typed(" ab ");
  draft.sent();
  assert.ok(draft.given("ab"), "tidied");
  assert.equal(draft.value(), "ab");
  draft.typed("abc");
  draft.sent();
  draft.typed("abcd");
  assert.ok(!draft.given("ABC"));
  assert.equal(draft.value(), "abcd", "typed since");
});

test("a link leads to a page and does nothing else", () => {
  for (const good of ["3_diagnostic.ipynb?workspace=a-b_c", "https://example.org/a", "#part", "../a.html"]) {
    assert.equal(safeAddress(good), good);
  }
  for (const bad of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//elsewhere", "\\\\elsewhere", "", null]) {
    assert.equal(safeAddress(bad), null, String(bad));
  }
});

test("JupyterLab opens the notebook of the same folder", () => {
  assert.equal(besidePath("/lab/tree/outils/0_accueil.ipynb", "4_carte.ipynb?workspace=a"), "outils/4_carte.ipynb");
  assert.equal(besidePath("/user/a/lab/workspaces/w/tree/%C3%A9/0.ipynb", "4.ipynb"), "é/4.ipynb");
  assert.equal(besidePath("/lab/tree/0.ipynb", "4.ipynb"), "4.ipynb");
  assert.equal(besidePath("/voila/render/tools/0.ipynb", "4.ipynb"), null);
  assert.equal(besidePath("/lab/tree/0.ipynb", "https://example.org/a.ipynb"), null);
});

test("the address names the workspace, and keeps what else it says", () => {
  const address = "http://127.0.0.1/voila/render/0.ipynb?theme=dark";
  assert.equal(addressWith(address, { workspace: "a_b-c", language: "en" }), `${address}&workspace=a_b-c&language=en`);
  assert.equal(addressWith(`${address}&workspace=old`, { workspace: null }), address);
});

test("a table is read in the order of a column, what is empty last both ways", () => {
  const rows = [["b", 10], ["A", null], ["à", 9], ["", 2]];
  const names = (column, direction) => inOrder(rows, column, direction, "fr").map(([name]) => name);
  assert.deepEqual(names(0, 1), ["A", "à", "b", ""]);
  assert.deepEqual(names(0, -1), ["b", "à", "A", ""]);
  assert.deepEqual(names(1, 1), ["", "à", "b", "A"]);
  assert.deepEqual(names(1, -1), ["b", "à", "", "A"]);
  assert.deepEqual(inOrder([["2 rue"], ["10 rue"]], 0, 1, "fr"), [["2 rue"], ["10 rue"]]);
});

test("a reason is told in the page's words", () => {
  assert.equal(reasonWords(["too_small", { min: "0" }], { too_small: "Au moins {min}." }), "Au moins 0.");
  assert.equal(reasonWords(null, {}), null);
});

function line() {
  const sent = [];
  const timers = [];
  const changes = { count: 0 };
  const wire = makeWire({ send: (content) => sent.push(content) }, () => (changes.count += 1), (run) => timers.push(run), (timer) => (timers[timer - 1] = null));
  return { wire, sent, timers, changes };
}

test("pressing twice is asking once, until it is done", () => {
  const { wire, sent } = line();
  assert.ok(wire.ask("create", { name: "a" }));
  assert.ok(!wire.ask("create", { name: "a" }));
  assert.ok(wire.isBusy());
  wire.take({ kind: "heard", number: 1 });
  wire.take({ kind: "settled", number: 1 });
  assert.ok(!wire.isBusy());
  assert.ok(wire.ask("create", { name: "b" }));
  assert.deepEqual(sent.map(({ number }) => number), [1, 2]);
});

test("every change is told", () => {
  const { wire, sent } = line();
  wire.tell("change", { a: 1 });
  wire.tell("change", { a: 2 });
  assert.equal(sent.length, 2);
});

test("when nobody hears, the page says so; long work that was heard is only busy", () => {
  const { wire, timers } = line();
  wire.ask("work");
  wire.take({ kind: "heard", number: 1 });
  assert.equal(timers[0], null);
  assert.ok(wire.isBusy() && !wire.isLost());
  wire.ask("other");
  timers[1]();
  assert.ok(wire.isLost());
  wire.ask("again");
  wire.take({ kind: "heard", number: 3 });
  assert.ok(!wire.isLost());
});

test("there is a maker for every kind of block", () => {
  assert.equal(Object.keys(KINDS).length, 15);
});
