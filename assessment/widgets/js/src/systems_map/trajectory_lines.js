// The geometry of a scenario's chart: lines, where their labels stand, what is near the pointer. Pure functions.
import { wrapped } from "../labels.js";

/** Lines shown unless others are chosen: those that change most. */
export const MOST = 8;

/** Colours of lines in their order; two lines of one chart never share one up to `MOST`. */
export const COLOURS = [...[1, 2, 3, 4, 5, 6].map((number) => `category-${number}`), "ink-2", "muted"];

/** A change of a state that counts as none. */
export const STILL = 0.0001;

const MARGIN = { top: 14, bottom: 24, left: 8 };
const LINE = 13; // px from one line of a label to the next
const CHARACTER = 6; // mean width of a character at 11 px
const SMALLEST = 0.02; // on the states' 0–1: a chart of less would make much of nothing

/**
 * The ids of the concepts that change most, in that order; those that do not change are left out, and so are those the
 * scenario itself moves (`moved`): what it does to the others is the question.
 */
export function leading(concepts, moved = [], most = MOST) {
  const changed = concepts.filter(({ difference }) => Math.abs(difference) > 1e-9);
  const followers = changed.filter(({ id }) => !moved.includes(id));
  const shown = [followers, changed, concepts].find((some) => some.length > 0) ?? [];
  return [...shown]
    .sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference))
    .slice(0, most)
    .map(({ id }) => id);
}

/** What a scenario changes in a concept, step by step: with it minus without; a run that settled stays where it is. */
export function departures({ baseline, scenario }) {
  const at = (values, step) => values[Math.min(step, values.length - 1)] ?? NaN;
  const steps = Math.max(baseline.length, scenario.length);
  return Array.from({ length: steps }, (_, step) => at(scenario, step) - at(baseline, step));
}

/** The concepts with their runs up to where all have settled, and one step more; a run that never does is kept whole. */
export function untilSettled(concepts) {
  const runs = concepts.flatMap(({ baseline, scenario }) => [baseline, scenario]);
  const settled = Math.max(0, ...runs.map(settling)) + 2;
  return concepts.map((one) => ({ ...one, baseline: one.baseline.slice(0, settled), scenario: one.scenario.slice(0, settled) }));
}

/** The last step at which a run is not yet where it ends. */
function settling(run) {
  for (let step = run.length - 1; step >= 0; step -= 1) if (Math.abs(run[step] - run.at(-1)) > STILL) return step;
  return 0;
}

/** The lowest and the highest departure shown, zero among them; never so near that a ripple looks like a wave. */
export function domainOf(runs) {
  const values = [0, ...runs.flat().filter(Number.isFinite)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((high - low) * 0.06, (SMALLEST - (high - low)) / 2);
  return [low - room, high + room];
}

/**
 * Places as near as can be to where they are wanted (least squares), in the same order, at least `gap` apart, within
 * [low, high]; nearer to each other only if there is no room.
 */
export function spread(wanted, gap, low, high) {
  if (wanted.length === 0) return [];
  const between = wanted.length > 1 ? Math.min(gap, (high - low) / (wanted.length - 1)) : gap;
  const order = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other] || one - other);
  const blocks = [];
  order.forEach((index, rank) => {
    blocks.push({ sum: wanted[index] - rank * between, count: 1 });
    while (blocks.length > 1 && mean(blocks.at(-2)) > mean(blocks.at(-1))) {
      const { sum, count } = blocks.pop();
      blocks.at(-1).sum += sum;
      blocks.at(-1).count += count;
    }
  });
  const top = high - (wanted.length - 1) * between;
  const levels = blocks.flatMap((block) => Array(block.count).fill(Math.min(Math.max(mean(block), low), top)));
  const placed = Array(wanted.length);
  order.forEach((index, rank) => (placed[index] = levels[rank] + rank * between));
  return placed;
}

const mean = ({ sum, count }) => sum / count;

/**
 * The chart of some concepts in a frame of this size: `plot` (left, right, top, bottom), `steps`, `zero` (where nothing
 * changes), `lines` (id, label, colour, points, path) and `labels` (id, lines, x, y, from: where the line ends).
 */
export function chartOf(concepts, width, height) {
  const side = Math.min(Math.max(width * 0.4, 84), 220);
  const plot = { left: MARGIN.left, right: width - side, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const runs = concepts.map(departures);
  const steps = Math.max(1, ...runs.map((run) => run.length - 1));
  const [low, high] = domainOf(runs);
  const x = (step) => plot.left + ((plot.right - plot.left) * step) / steps;
  const y = (value) => plot.bottom - ((plot.bottom - plot.top) * (value - low)) / (high - low);
  const lines = concepts.map(({ id, label }, index) => {
    const points = pointsOf(stayed(runs[index], steps), x, y);
    return { id, label, colour: COLOURS[index % COLOURS.length], points, path: pathOf(points) };
  });
  return { plot, steps, zero: round(y(0)), lines, labels: labelsOf(lines, plot, side), x };
}

/** A run that ends early stays where it is until the longest one ends. */
function stayed(run, steps) {
  const missing = Math.max(0, steps + 1 - run.length);
  return run.length === 0 ? run : [...run, ...Array(missing).fill(run.at(-1))];
}

function pointsOf(values, x, y) {
  return values.map((value, step) => [x(step), y(value)]).filter(([, at]) => Number.isFinite(at));
}

const round = (number) => Math.round(number * 10) / 10;

function pathOf(points) {
  return points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
}

function labelsOf(lines, plot, side) {
  const drawn = lines.filter(({ points }) => points.length > 0);
  const ends = drawn.map(({ points }) => points.at(-1));
  const characters = Math.floor((side - 22) / CHARACTER);
  const texts = drawn.map(({ label }) => wrapped(label, characters, 2));
  const gap = Math.max(0, ...texts.map((lines) => lines.length)) * LINE + 2;
  const places = spread(ends.map(([, y]) => y), gap, plot.top, plot.bottom);
  return drawn.map(({ id }, index) => ({
    id, lines: texts[index], x: plot.right + 18, y: round(places[index]), from: ends[index].map(round),
  }));
}

/** The line and the step nearest to a point, null where there is none. */
export function nearest(chart, point) {
  const { plot, steps, lines } = chart;
  const share = (point.x - plot.left) / Math.max(1, plot.right - plot.left);
  const step = Math.min(steps, Math.max(0, Math.round(share * steps)));
  let best = null;
  for (const { id, points } of lines) {
    const at = points[Math.min(step, points.length - 1)];
    const distance = at ? Math.abs(at[1] - point.y) : Infinity;
    if (!best || distance < best.distance) best = { id, step, distance };
  }
  return best && Number.isFinite(best.distance) ? { id: best.id, step: best.step } : null;
}
