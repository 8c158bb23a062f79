import assert from "node:assert/strict";
import test from "node:test";

import { TOKENS } from "../src/theme.js";
import { adapted, compiled, discreteScales, sized } from "../src/specification.js";

const tokens = Object.fromEntries(TOKENS.map((name) => [name, "#123456"]));
const LONG = "Lien avec l'environnement, les usagers et les partenaires";
const values = [{ d: LONG, v: 3, k: "a" }, { d: "Dialogue", v: 4, k: "b" }];
const encoding = { y: { field: "d", type: "nominal" }, x: { field: "v", type: "quantitative" } };
const bars = { data: { values }, mark: "bar", width: "container", encoding };

test("a chart that follows its container gets the width, others keep theirs", () => {
  assert.equal(sized(bars, 500).width, 500);
  assert.equal(sized({ ...bars, width: 120 }, 500).width, 120);
  const facet = { facet: { field: "k" }, spec: bars };
  assert.equal(sized(facet, 500), facet);
});

test("the given specification is not changed", () => {
  const before = structuredClone(bars);
  adapted(compiled(bars, { width: 300, tokens }), { y: [LONG] }, 300);
  assert.deepEqual(bars, before);
});

test("a long label makes its category higher and is wrapped", () => {
  const vega = compiled(bars, { width: 320, tokens });
  assert.deepEqual(discreteScales(vega), ["y"]);
  const fitted = adapted(vega, { y: [LONG, "Dialogue"] }, 320);
  const step = (one) => one.signals.find(({ name }) => name === "y_step").value;
  assert.ok(step(fitted) > step(vega));
  const axis = fitted.axes.find(({ scale, labels }) => scale === "y" && labels !== false);
  assert.match(axis.encode.labels.update.text.signal, /^apWrap\(datum\.label/);
  assert.match(axis.encode.labels.update.dy.signal, /^apRise/);
});

test("short labels change no height", () => {
  const vega = compiled(bars, { width: 600, tokens });
  assert.deepEqual(adapted(vega, { y: ["Dialogue"] }, 600).signals, vega.signals);
});

test("a chart of fixed height wraps only to the lines that its categories hold", () => {
  const vega = compiled({ ...bars, height: 40 }, { width: 320, tokens });
  const axis = adapted(vega, { y: [LONG, "Dialogue"] }, 320).axes.find(({ encode }) => encode?.labels);
  assert.match(axis.encode.labels.update.text.signal, /, 1\)$/);
});

test("words that a label expression makes are wrapped too", () => {
  const labelled = { ...encoding, y: { ...encoding.y, axis: { labelExpr: "upper(datum.label)" } } };
  const vega = compiled({ ...bars, encoding: labelled }, { width: 320, tokens });
  const axis = adapted(vega, { y: ["A"] }, 320).axes.find(({ encode }) => encode?.labels);
  assert.match(axis.encode.labels.update.text.signal, /^apWrap\(upper\(datum\.label\)/);
});

test("a legend has one column where the chart is narrow", () => {
  const coloured = { ...bars, encoding: { ...encoding, color: { field: "k", type: "nominal" } } };
  const columns = (width) =>
    adapted(compiled(coloured, { width, tokens }), { y: ["A"], color: ["Tout à fait d'accord", "Plutôt pas"] }, width)
      .legends[0].columns;
  assert.equal(columns(250), 1);
  assert.equal(columns(800), 2);
});

test("a specification that is none is an error, not an empty picture", () => {
  assert.throws(() => compiled({ mark: { type: "bar" }, encoding: 3, data: { values } , layer: 4 }, { width: 300, tokens }));
});
