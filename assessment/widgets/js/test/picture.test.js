import assert from "node:assert/strict";
import test from "node:test";

import { fileName, headed } from "../src/chart_page/picture.js";

test("a picture is called after its finding, in plain letters", () => {
  assert.equal(fileName("« Pensée systémique » est la dimension la plus basse (37)"), "pensee-systemique-est-la-dimension-la-plus-basse-37");
  assert.equal(fileName("../../etc/passwd"), "etc-passwd");
  assert.equal(fileName(""), "figure");
  assert.equal(fileName(undefined), "figure");
});

test("a long finding is cut at a word", () => {
  const name = fileName("mot ".repeat(60));
  assert.ok(name.length <= 80);
  assert.ok(name.endsWith("-mot"));
});

test("a picture that stands alone has its title and its source in itself", () => {
  const spec = { mark: "bar", title: "old" };
  const { title } = headed(spec, { title: "Les élus voient mieux", note: "n = 40" });
  assert.deepEqual(title.text, ["Les élus voient mieux"]);
  assert.deepEqual(title.subtitle, ["n = 40"]);
  assert.equal(spec.title, "old", "the chart on the page is left as it is");
  assert.deepEqual(headed(spec, {}).title.text, []);
});
