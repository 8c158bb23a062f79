import assert from "node:assert/strict";
import test from "node:test";

import { placed, tooltipLines } from "../src/tooltip.js";

test("a tooltip says names and values, or a text, or nothing", () => {
  assert.deepEqual(tooltipLines({ Score: 58 }), [["Score", "58"]]);
  assert.deepEqual(tooltipLines("Dialogue"), [[null, "Dialogue"]]);
  assert.deepEqual(tooltipLines(null), []);
});

test("a tooltip stays inside the page", () => {
  const frame = { width: 390, height: 800 };
  const box = { width: 200, height: 60 };
  assert.deepEqual(placed({ x: 20, y: 20 }, box, frame), { x: 34, y: 34 });
  const corner = placed({ x: 380, y: 790 }, box, frame);
  assert.ok(corner.x >= 0 && corner.x + box.width <= frame.width);
  assert.ok(corner.y + box.height <= frame.height);
});
