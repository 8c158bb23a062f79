import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { applyChanges, BLOCKS, Impossible } from "../src/systems_map/changes.js";

const cases = JSON.parse(readFileSync(new URL("changes.json", import.meta.url), "utf8"));

/** A block that is empty and one that is not there say the same. */
const whole = (document) => ({ ...Object.fromEntries(BLOCKS.map((block) => [block, []])), ...document });

for (const { name, document, changes, result, inverse, fault } of cases) {
  test(`changes: ${name}`, () => {
    const before = structuredClone(document);
    if (fault) {
      assert.throws(() => applyChanges(document, changes), (error) => error instanceof Impossible && error.code === fault);
    } else {
      assert.deepEqual(applyChanges(document, changes), result);
      assert.deepEqual(whole(applyChanges(result, inverse)), whole(document));
    }
    assert.deepEqual(document, before);
  });
}
