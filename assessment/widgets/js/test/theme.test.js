import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { themeName, TOKENS, vegaConfig } from "../src/theme.js";

const sheet = await readFile(new URL("../src/tokens.css", import.meta.url), "utf8");

/** The tokens of a rule of the style sheet. */
function tokensOf(selector) {
  const start = sheet.indexOf(`${selector} {`);
  const rule = sheet.slice(start, sheet.indexOf("}", start));
  return Object.fromEntries([...rule.matchAll(/--ap-([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

const light = tokensOf(".apprenance");
const dark = { ...light, ...tokensOf('.apprenance[data-theme="dark"]') };

function luminance(hex) {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

test("print is light, then Jupyter decides, then the system", () => {
  assert.equal(themeName({ printing: true, jupyterLight: "false", systemDark: true }), "light");
  assert.equal(themeName({ jupyterLight: "false", systemDark: false }), "dark");
  assert.equal(themeName({ jupyterLight: "true", systemDark: true }), "light");
  assert.equal(themeName({ systemDark: true }), "dark");
  assert.equal(themeName({ systemDark: false }), "light");
});

for (const [name, tokens] of Object.entries({ light, dark })) {
  test(`the ${name} theme has every token that charts read`, () => {
    for (const token of TOKENS) assert.ok(tokens[token], token);
  });

  test(`text of the ${name} theme can be read on its grounds`, () => {
    for (const ground of ["paper", "surface", "accent-soft", "caution-soft", "negative-soft"]) {
      for (const ink of ["ink", "ink-2"]) assert.ok(contrast(tokens[ink], tokens[ground]) >= 4.5, `${ink} on ${ground}`);
    }
    for (const ground of ["paper", "surface"]) assert.ok(contrast(tokens["ink-3"], tokens[ground]) >= 4.5, ground);
    assert.ok(contrast(tokens["on-accent"], tokens.accent) >= 4.5);
    assert.ok(contrast(tokens["on-accent"], tokens["accent-strong"]) >= 4.5);
    assert.ok(contrast(tokens.accent, tokens["accent-soft"]) >= 4.5);
    assert.ok(contrast(tokens.negative, tokens["negative-soft"]) >= 4.5);
  });

  test(`marks and controls of the ${name} theme stand out from the paper`, () => {
    const marks = ["accent", "positive", "caution", "negative", "control", "focus"];
    for (const mark of [...marks, ...[1, 2, 3, 4, 5, 6].map((n) => `category-${n}`)]) {
      assert.ok(contrast(tokens[mark], tokens.paper) >= 3, `${mark}: ${contrast(tokens[mark], tokens.paper).toFixed(2)}`);
    }
  });
}

test("Vega's configuration wears the tokens and leaves aria to the page", () => {
  const config = vegaConfig(light);
  assert.equal(config.aria, false);
  assert.equal(config.background, "transparent");
  assert.equal(config.axis.gridColor, light.line);
  assert.equal(config.range.category[0], light["category-1"]);
  assert.notDeepEqual(vegaConfig(dark), config);
});
