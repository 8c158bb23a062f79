import assert from "node:assert/strict";
import test from "node:test";

import { chartOf, COLOURS, departures, domainOf, leading, MOST, nearest, spread, untilSettled } from "../src/systems_map/trajectory_lines.js";

const concept = (id, end, difference = end - 0.5) => ({
  id, label: `Concept ${id}`, baseline: [0.5, 0.5, 0.5], scenario: [0.5, (0.5 + end) / 2, end], difference,
});

test("those that change most come first, up or down; those that do not change stay out", () => {
  const concepts = [concept("a", 0.5), concept("b", 0.6), concept("c", 0.2), concept("d", 0.55)];
  assert.deepEqual(leading(concepts), ["c", "b", "d"]);
  assert.deepEqual(leading(concepts, [], 2), ["c", "b"]);
  assert.deepEqual(leading([concept("a", 0.5)]), ["a"]);
});

test("what the scenario itself moves stays out, unless nothing else changes", () => {
  const concepts = [concept("a", 0.9), concept("b", 0.6)];
  assert.deepEqual(leading(concepts, ["a"]), ["b"]);
  assert.deepEqual(leading(concepts, ["a", "b"]), ["a", "b"]);
});

test("a run is shown until it has settled, one that never does is shown whole", () => {
  const still = { id: "s", baseline: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], scenario: [0.5, 0.6, 0.7, 0.7, 0.7, 0.7] };
  assert.deepEqual(untilSettled([still])[0].scenario, [0.5, 0.6, 0.7]);
  const turning = { id: "t", baseline: [0.5], scenario: [0, 1, 0, 1, 0, 1] };
  assert.equal(untilSettled([turning])[0].scenario.length, 6);
});

test("labels that have room stay where their lines end", () => {
  assert.deepEqual(spread([10, 40, 90], 15, 0, 100), [10, 40, 90]);
});

test("labels that collide move as little as can be, and keep their order", () => {
  assert.deepEqual(spread([50, 50], 10, 0, 100), [45, 55]);
  assert.deepEqual(spread([52, 50, 51], 10, 0, 100), [61, 41, 51]);
});

test("labels never leave the frame, and come nearer to each other only without room", () => {
  assert.deepEqual(spread([98, 99, 100], 10, 0, 100), [80, 90, 100]);
  assert.deepEqual(spread([0, 0, 0], 10, 0, 100), [0, 10, 20]);
  assert.deepEqual(spread([5, 5, 5], 10, 0, 10), [0, 5, 10]);
  assert.deepEqual(spread([], 10, 0, 10), []);
});

test("whatever the lines, labels are a gap apart, in the order of their lines, within the frame", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round += 1) {
    const wanted = Array.from({ length: 1 + Math.floor(random() * 8) }, () => random() * 200);
    const placed = spread(wanted, 15, 0, 200);
    const order = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other] || one - other);
    order.forEach((index, rank) => {
      assert.ok(placed[index] >= -1e-9 && placed[index] <= 200 + 1e-9);
      if (rank > 0) assert.ok(placed[index] - placed[order[rank - 1]] >= 15 - 1e-9);
    });
  }
});

test("a line is the departure from what would be without, as long as the longer of the two runs", () => {
  const run = departures({ baseline: [0.5, 0.6], scenario: [0.5, 0.8, 0.9] });
  assert.deepEqual(run.map((value) => Math.round(value * 10) / 10), [0, 0.2, 0.3]);
});

test("a ripple does not look like a wave, and where nothing changes is always in sight", () => {
  const [low, high] = domainOf([[0, 0.001]]);
  assert.ok(high - low > 0.02 - 1e-9);
  const chart = chartOf([concept("a", 0.9)], 320, 260);
  assert.ok(chart.zero > chart.plot.top && chart.zero < chart.plot.bottom);
  assert.equal(chart.lines[0].points[0][1].toFixed(1), chart.zero.toFixed(1));
});

test("the chart begins at the left, ends where labels begin, and higher values stand higher", () => {
  const chart = chartOf([concept("a", 0.9), concept("b", 0.1)], 320, 260);
  assert.equal(chart.steps, 2);
  assert.equal(chart.x(0), chart.plot.left);
  assert.equal(chart.x(2), chart.plot.right);
  const [a, b] = chart.lines;
  assert.ok(a.points.at(-1)[1] < b.points.at(-1)[1]);
  assert.ok(a.path.startsWith("M8 ") && a.path.split("L").length === 3);
  assert.ok(chart.labels.every(({ x, y }) => x > chart.plot.right && y >= chart.plot.top && y <= chart.plot.bottom));
});

test("a value that is not known leaves a shorter line, a concept without any has none and no label", () => {
  const chart = chartOf([concept("a", 0.9), { id: "n", label: "N", baseline: [NaN], scenario: [NaN], difference: NaN }], 320, 200);
  assert.equal(chart.lines[1].path, "");
  assert.deepEqual(chart.labels.map(({ id }) => id), ["a"]);
});

test("a run that settled early goes on to the end of the longest one", () => {
  const early = { id: "e", label: "E", baseline: [0.5], scenario: [0.6], difference: 0.1 };
  assert.equal(chartOf([early, concept("a", 0.9)], 320, 200).lines[0].path.split("L").length, 3);
});

test("as many colours as lines shown", () => {
  assert.equal(new Set(COLOURS).size, MOST);
});

test("the nearest line is found at the nearest step", () => {
  const chart = chartOf([concept("a", 0.9), concept("b", 0.1)], 320, 260);
  const [x, y] = chart.lines[1].points[2];
  assert.deepEqual(nearest(chart, { x: x + 30, y: y - 3 }), { id: "b", step: 2 });
  assert.deepEqual(nearest(chart, { x: -50, y: chart.plot.top }).step, 0);
  assert.equal(nearest(chartOf([], 320, 200), { x: 5, y: 5 }), null);
});

test("long labels have two lines, and then more room between them", () => {
  const long = (id, end) => ({ ...concept(id, end), label: "Arbitrage en urgence par la direction" });
  const { labels } = chartOf([long("a", 0.6), long("b", 0.6)], 320, 260);
  assert.ok(labels.every(({ lines }) => lines.length === 2));
  assert.ok(Math.abs(labels[0].y - labels[1].y) >= 26);
});
