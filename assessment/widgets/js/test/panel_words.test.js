import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

import { wordsIn } from "./map_words.js";

const FOLDER = new URL("../src/systems_map/", import.meta.url);
const SOURCE = readdirSync(FOLDER).filter((name) => name.endsWith(".js")).map((name) => readFileSync(new URL(name, FOLDER), "utf8")).join("\n");
const ROOMS = ["loops", "reading", "scenario", "people", "history", "present"];
const MINE = new RegExp(`^(${ROOMS.join("|")})_`);

/** Keys as the source has them: whole ones, and patterns of those put together. */
function asked() {
  const whole = [...SOURCE.matchAll(/"((?:loops|reading|scenario|people|history|present)_[a-z_]+)"/g)].map(([, key]) => key);
  const made = [...SOURCE.matchAll(/`((?:loops|reading|scenario|people|history|present)_[^`\s]*\$\{[^`\s]*)`/g)];
  const patterns = made.map(([, key]) => new RegExp(`^${key.replace(/\$\{[^}]*\}/g, "[a-z_]+")}(_one)?$`));
  return { whole, patterns };
}

test("every word a panel asks for stands in both languages", () => {
  const { whole } = asked();
  assert.ok(whole.length > 80);
  for (const language of ["fr", "en"]) {
    const words = wordsIn(language);
    assert.deepEqual(whole.filter((key) => !(key in words)), []);
  }
});

test("every word of the panels is asked for", () => {
  const { whole, patterns } = asked();
  const used = (key) => whole.includes(key) || whole.includes(key.replace(/_one$/, "")) || patterns.some((one) => one.test(key));
  assert.deepEqual(Object.keys(wordsIn("fr")).filter((key) => MINE.test(key) && !used(key)), []);
});
