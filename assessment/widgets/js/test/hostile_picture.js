// A picture whose every text is a hostile label, raw: what drawing.js is given when nothing before it has been careful.
import { readFileSync } from "node:fs";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";

import { drawing } from "../src/systems_map/drawing.js";
import { keyEntries } from "../src/systems_map/key.js";

const FILE = new URL("../../../../tests/cases/hostile_labels.json", import.meta.url);

export const labels = JSON.parse(readFileSync(FILE, "utf8")).labels.map(({ text, times = 1 }) => text.repeat(times));
export const controls = "\u0000\u0007\u001b\ufffe\ud800x\udc00";

const turned = (index, by) => labels[(index + by) % labels.length];
export const colours = new Proxy({}, { get: () => "#123456" });
export const measure = (text, size) => text.length * size * 0.55;

/** A map as its document has it. */
export const document = {
  name: labels[0],
  actors: labels.map((label, index) => ({ id: label.slice(0, 200), label, role: turned(index, 5), unit: turned(index, 7) })),
  variables: [{ id: "v", label: labels[1] }],
  ties: labels.map((kind, index) => ({ id: `t${index}`, source: labels[0], target: turned(index, 1), kind })),
};

export function hostilePicture() {
  const parts = labels.flatMap((text, index) => {
    const [x, y] = [(index % 8) * 200, Math.floor(index / 8) * 150];
    const label = { lines: [text, controls], x, y, size: 13, colour: text, outline: { colour: text, width: 2 } };
    const node = { type: "actor", shape: text, x, y, width: 34, height: 34, fill: text, line: text, lineWidth: 2, lineStyle: text, label, badge: { text, ink: text, ground: text, x, y } };
    const tie = {
      type: "tie", start: { x, y }, controls: [], end: { x: x + 90, y }, tip: { x: x + 92, y }, colour: text, width: 2,
      head: { shape: text, size: 30, hollow: true }, labels: [{ ...label, ground: { colour: text, opacity: 1, padding: 1, width: 9 } }],
    };
    return [node, tie];
  });
  const reading = { title: labels[2], legend: labels.map((label) => ({ label, colour: label, badge: label })) };
  const offers = { roles: labels.map((value) => ({ value, label: value, shape: value })), kinds: labels.map((value) => ({ value, label: value })) };
  const keys = keyEntries(document, { offers, say: (key, values) => `${key} ${JSON.stringify(values ?? {})}`, colours, reading });
  const heading = { title: labels[0], line: labels.join(" · ") };
  return drawing({ parts, box: { x: -50, y: -50, width: 1600, height: 800 }, keys, heading, language: labels[1], font: labels[2], ink: "#000000", quiet: "#555555", measure });
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) console.log(hostilePicture());
