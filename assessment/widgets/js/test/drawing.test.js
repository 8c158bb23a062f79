import assert from "node:assert/strict";
import test from "node:test";

import { cut, drawing, label, node, plainText, tie } from "../src/systems_map/drawing.js";
import { enlargement, fileName } from "../src/systems_map/exports.js";
import { keyEntries } from "../src/systems_map/key.js";
import { arrival, beforeEnd, curve, head, headSize, middleAngle, outline } from "../src/systems_map/outlines.js";
import { colours, document as hostileMap, hostilePicture, labels, measure } from "./hostile_picture.js";

const TAG = /<(\/?)([A-Za-z]+)((?: [A-Za-z:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|apos);[^"<&]*)*")*)(\/?)>/g;

/** The names of all elements, in order; fails where the text is not well-formed XML of tags and escaped text. */
function elementsOf(svg) {
  const [names, open] = [[], []];
  let at = 0;
  for (const match of svg.matchAll(TAG)) {
    assert.match(svg.slice(at, match.index), /^(?:[^<>&]|&(?:amp|lt|gt|quot|apos);)*$/, "text between tags is escaped");
    at = match.index + match[0].length;
    const [, end, name, , alone] = match;
    if (end) assert.equal(open.pop(), name);
    else if (!alone) open.push(name);
    if (!end) names.push(name);
  }
  assert.equal(svg.slice(at).trim(), "");
  assert.deepEqual(open, []);
  return names;
}

const whole = (parts, more = {}) =>
  drawing({ parts, box: { x: 0, y: 0, width: 400, height: 200 }, language: "fr", font: "system-ui, \"Segoe UI\"", ink: "#111111", quiet: "#666666", measure, ...more });
const actor = { type: "actor", shape: "hexagon", x: 50, y: 60, width: 34, height: 34, fill: "#0f6069", line: "#ffffff", lineWidth: 2 };
const straight = { type: "tie", start: { x: 0, y: 0 }, controls: [], end: { x: 96, y: 0 }, tip: { x: 100, y: 0 }, colour: "#435055", width: 2, dash: null, head: { shape: "triangle", size: 33, hollow: false }, labels: [] };

test("a picture is one well-formed SVG, in the map's own pixels, with nothing but shapes and texts", () => {
  const svg = whole([straight, { ...actor, label: { lines: ["Élus", "& <agents>"], x: 50, y: 80, side: "below", size: 13, colour: "#111111" } }]);
  const names = new Set(elementsOf(svg));
  assert.deepEqual([...names].sort(), ["g", "path", "rect", "svg", "text", "title"]);
  assert.match(svg, /viewBox="0 0 400 200"/);
  assert.match(svg, /data-map="0 0 400 200"/);
  assert.match(svg, /&amp; &lt;agents&gt;/);
  assert.match(svg, /xml:lang="fr"/);
  assert.match(svg, /font-family="system-ui, &quot;Segoe UI&quot;"/);
});

test("hostile labels are text, attributes stay attributes", () => {
  const svg = hostilePicture();
  const names = new Set(elementsOf(svg));
  const known = ["circle", "g", "path", "rect", "svg", "text", "title"];
  assert.deepEqual([...names].filter((name) => !known.includes(name)), []);
  for (const match of svg.matchAll(TAG)) {
    const attributes = [...match[3].matchAll(/ ([A-Za-z:-]+)="/g)].map(([, name]) => name);
    assert.ok(attributes.every((name) => !name.startsWith("on") && name !== "href" && name !== "style"), match[0].slice(0, 80));
  }
  assert.ok(svg.includes(plainText(labels[0])), "and what they say is there");
});

test("what XML cannot write is left out; letters outside the first plane stay whole", () => {
  assert.equal(plainText("a\u0000\u001b\ufffe\ud800b\udc00 🌻<"), "ab 🌻&lt;");
});

test("colours of a shape with a hostile name or an unknown one are drawn as a rectangle", () => {
  assert.equal(outline("<script>", { x: 10, y: 10, width: 20, height: 10 }), outline("rectangle", { x: 10, y: 10, width: 20, height: 10 }));
});

const numbersOf = (d) => (d.match(/-?[\d.]+/g) ?? []).map(Number);

test("every shape fills the width and height it is given", () => {
  for (const shape of ["hexagon", "pentagon", "octagon", "heptagon", "triangle", "diamond", "concave-hexagon", "cut-rectangle", "barrel", "rectangle", "star", "tag", "rhomboid", "vee"]) {
    const values = numbersOf(outline(shape, { x: 100, y: 200, width: 40, height: 30 }));
    const xs = values.filter((_, index) => index % 2 === 0);
    const ys = values.filter((_, index) => index % 2 === 1);
    assert.deepEqual([Math.min(...xs), Math.max(...xs)], [80, 120], shape);
    if (shape !== "concave-hexagon") assert.deepEqual([Math.min(...ys), Math.max(...ys)], [185, 215], shape);
  }
  assert.equal(outline("ellipse", { x: 0, y: 0, width: 10, height: 6 }), "M -5 0 a 5 3 0 1 0 10 0 a 5 3 0 1 0 -10 0 Z");
});

test("a hexagon stands on a side, a triangle and a pentagon point upwards", () => {
  const top = (shape) => {
    const values = numbersOf(outline(shape, { x: 0, y: 0, width: 2, height: 2 }));
    return values.filter((value, index) => index % 2 === 1 && value === -1).length;
  };
  assert.deepEqual([top("hexagon"), top("octagon"), top("triangle"), top("pentagon"), top("diamond")], [2, 2, 1, 1, 1]);
});

test("round corners stay inside the outline", () => {
  const d = outline("round-rectangle", { x: 50, y: 50, width: 100, height: 40 });
  assert.equal((d.match(/Q/g) ?? []).length, 4);
  assert.ok(numbersOf(d).every((value) => value >= 0 && value <= 100));
});

test("a tie goes straight, bends at its control point, or loops through several", () => {
  const [start, end] = [{ x: 0, y: 0 }, { x: 10, y: 0 }];
  assert.equal(curve({ start, controls: [], end }), "M 0 0 L 10 0");
  assert.equal(curve({ start, controls: [{ x: 5, y: 8 }], end }), "M 0 0 Q 5 8 10 0");
  assert.equal(curve({ start, controls: [{ x: -8, y: -8 }, { x: 8, y: -8 }], end }), "M 0 0 Q -8 -8 0 -8 Q 8 -8 10 0");
});

test("a head's tip is where the tie ends, and it points the way the tie arrives", () => {
  const way = arrival(straight);
  assert.deepEqual(way, { x: 1, y: 0 });
  const corners = numbersOf(head("triangle", straight.tip, way, 10));
  assert.deepEqual(corners.slice(2, 4), [100, 0], "the tip");
  assert.deepEqual([corners[0], corners[4]], [97, 97], "the base lies behind it");
  assert.deepEqual([corners[1], corners[5]].sort((a, b) => a - b), [-1.5, 1.5]);
  const down = head("triangle", { x: 0, y: 0 }, { x: 0, y: 1 }, 10);
  assert.deepEqual(numbersOf(down), [-1.5, -3, 0, 0, 1.5, -3], "as Cytoscape draws it, (0, 1) being the way");
});

test("heads have the size that Cytoscape gives them", () => {
  assert.equal(headSize(1, 1), 29);
  assert.ok(Math.abs(headSize(6, 1.05) - (6 * 13.37) ** 0.9 * 1.05) < 1e-9);
});

test("a mark stands at its distance from the end, along the tie", () => {
  assert.deepEqual(beforeEnd({ start: { x: 0, y: 0 }, controls: [], end: { x: 100, y: 0 } }, 21), { x: 79, y: 0 });
  const bent = { start: { x: 0, y: 0 }, controls: [{ x: 50, y: 50 }], end: { x: 100, y: 0 } };
  const { x, y } = beforeEnd(bent, 21);
  assert.ok(x < 100 && x > 79 && y > 0);
  assert.deepEqual(beforeEnd(bent, 1e6), { x: 0, y: 0 }, "never beyond the start");
});

test("bars across a tie turn with it and are never upside down", () => {
  assert.equal(middleAngle({ start: { x: 0, y: 0 }, controls: [], end: { x: 10, y: 10 } }), 45);
  assert.equal(middleAngle({ start: { x: 10, y: 10 }, controls: [], end: { x: 0, y: 0 } }), 45);
  assert.ok(Math.abs(middleAngle({ start: { x: 10, y: 0 }, controls: [{ x: 5, y: 5 }], end: { x: 0, y: 0 } })) < 1e-9);
});

test("dashes, hollow heads, double borders, gauges and badges are drawn", () => {
  assert.match(tie({ ...straight, dash: [6, 4] }), /stroke-dasharray="6 4"/);
  assert.match(tie({ ...straight, head: { shape: "triangle-backcurve", size: 33, hollow: true } }), /fill="#ffffff" stroke="#435055"/);
  assert.equal((node({ ...actor, lineStyle: "double", lineWidth: 6 }).match(/<path/g) ?? []).length, 2);
  const full = node({ ...actor, gauge: { way: "to-top", stops: [{ offset: 0, colour: "#9cc7c6" }, { offset: 0.4, colour: "#9cc7c6" }] } }, 3);
  assert.match(full, /<linearGradient id="gauge-3" x1="0" y1="1" x2="0" y2="0">/);
  assert.match(full, /fill="url\(#gauge-3\)"/);
  assert.match(node({ ...actor, badge: { text: "R1", ink: "#111111", ground: "#ffffff", x: 5, y: 5 } }), /<circle[^>]*\/><text[^>]*>R1<\/text>/);
});

test("lines of a label stand one under the other, above, below or around their point", () => {
  const ys = (side) => [...label({ lines: ["a", "b"], x: 0, y: 100, side, size: 10, colour: "#111111" }).matchAll(/ y="([\d.]+)"/g)].map(([, y]) => Number(y));
  assert.ok(ys("above").every((y) => y <= 100));
  assert.ok(ys("below").every((y) => y > 100));
  assert.deepEqual(ys("centre").map((y) => Math.round(y - ys("centre")[0])), [0, 10]);
});

test("title and key stand below the map and enlarge the picture by what they need", () => {
  const keys = Array.from({ length: 9 }, (_, index) => ({ label: `entrée ${index} `.repeat(4), parts: [actor], box: { x: 0, y: 0, width: 24, height: 24 } }));
  const svg = whole([actor], { keys, heading: { title: "Une carte", line: "1 acteur" } });
  elementsOf(svg);
  const [, , , height] = svg.match(/viewBox="([^"]*)"/)[1].split(" ").map(Number);
  const places = [...svg.matchAll(/class="ap-key-entry" data-map="([^"]*)"/g)].map(([, place]) => place.split(" ").map(Number));
  assert.equal(places.length, 9);
  assert.ok(places.every(([x, y, , h]) => x >= 0 && y >= 200 && y + h <= height), "below the map, within the picture");
  assert.ok(new Set(places.map(([, y]) => y)).size > 1, "line after line");
  assert.match(svg, /data-map="0 0 400 200"/);
});

test("a title as wide as a book is cut to the picture", () => {
  const title = "x".repeat(10_000);
  const svg = whole([actor], { heading: { title, line: "" } });
  assert.ok(svg.match(/<text[^>]*>([^<]*)…<\/text>/)[1].length < 60);
  assert.equal(cut("court", 100, 10, measure), "court");
});

test("the key names what is on the map, each once, and what a reading means", () => {
  const map = {
    actors: [{ id: "a", label: "A", role: "elected" }, { id: "b", label: "B", role: "elected" }, { id: "c", label: "C" }],
    variables: [{ id: "v", label: "V" }],
    ties: [{ kind: "informs" }, { kind: "informs" }, { kind: "funds" }, { kind: "causes", polarity: "+" }, { kind: "causes", polarity: "-", delay: 2 }],
  };
  const offers = { roles: [{ value: "elected", label: "élus", shape: "hexagon" }], kinds: [{ value: "informs", label: "informe" }] };
  const say = (key, values) => (values?.kind ? `${key} ${values.kind}` : key);
  const reading = { legend: [{ label: "groupe A", colour: "category-1", badge: "A", pattern: "double" }] };
  const entries = keyEntries(map, { offers, say, colours, reading });
  assert.deepEqual(entries.map(({ label: text }) => text), [
    "élus", "map_no_role", "map_legend_variable", "map_legend_informal informe", "map_legend_formal funds", "map_legend_more", "map_legend_less", "map_legend_delay", "groupe A",
  ]);
  assert.equal(entries[0].parts[0].shape, "hexagon");
  assert.equal(entries.at(-1).parts[0].lineStyle, "double");
});

test("where a reading takes the colours, roles are told by their shapes; its patterns are drawn as on the map", () => {
  const map = { actors: [{ id: "a", label: "A", role: "elected" }] };
  const offers = { roles: [{ value: "elected", label: "élus", shape: "hexagon" }] };
  const named = { muted: "#muted", "category-3": "#role", "category-1": "#one", surface: "#ffffff", ink: "#000000" };
  const legend = ["dash", "line", "size", "dim", "double"].map((pattern) => ({ label: pattern, colour: "muted", pattern }));
  const plain = keyEntries(map, { offers, say: (key) => key, colours: named });
  assert.equal(plain[0].parts[0].fill, "#role");
  const [role, dash, line, size, dim, double] = keyEntries(map, { offers, say: (key) => key, colours: named, reading: { legend, paint: { nodes: { a: { colour: "category-1" } } } } });
  assert.deepEqual([role.parts[0].fill, role.parts[0].shape], ["#muted", "hexagon"]);
  assert.deepEqual([dash.parts[0].type, dash.parts[0].dash, line.parts[0].dash], ["tie", [6, 4], null]);
  assert.deepEqual([size.parts.length, dim.parts[0].opacity, double.parts[0].lineStyle], [2, 0.3, "double"]);
});

test("a key stays short whatever people invent", () => {
  const entries = keyEntries(hostileMap, { offers: {}, say: (key) => key, colours });
  assert.ok(entries.length <= 16 + 1 + 16 + 1);
});

test("a file's name is the map's, safe on every system, dated", () => {
  const day = new Date(2026, 2, 14);
  assert.equal(fileName("Valclair, l’atelier de mars : œuvre n° 2", ".svg", day), "valclair_l_atelier_de_mars_oeuvre_n_2_2026-03-14.svg");
  assert.equal(fileName("", ".png", day), "carte_2026-03-14.png");
  assert.equal(fileName("../../etc/passwd", ".png", day), "etc_passwd_2026-03-14.png");
  assert.equal(fileName("CON", ".png", day), "carte_2026-03-14.png");
  for (const name of labels) assert.match(fileName(name, ".png", day), /^[a-z0-9][a-z0-9_-]{0,75}\.png$/);
});

test("a picture is twice as fine as the screen, unless no browser could hold it", () => {
  assert.equal(enlargement(1000, 800), 2);
  assert.equal(enlargement(16_000, 800), 0.5);
});
