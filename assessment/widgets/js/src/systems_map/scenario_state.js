// What a scenario pushes and holds: {push: {id: −1…1}, hold: {id: 0…1}}, never changed in place. Pure functions.
import { labelsOf, shortLabel } from "./loop_story.js";
import { departures } from "./trajectory_lines.js";

export const NOTHING = { push: {}, hold: {} };

const without = (values, id) => Object.fromEntries(Object.entries(values).filter(([one]) => one !== id));

/** An element pushed this much; not at all for 0. */
export function pushed(state, id, value) {
  const push = without(state.push, id);
  return { push: value === 0 ? push : { ...push, [id]: value }, hold: without(state.hold, id) };
}

/** An element held at this value, whatever acts on it. */
export function held(state, id, value) {
  return { push: without(state.push, id), hold: { ...without(state.hold, id), [id]: value } };
}

/** An element left alone. */
export function freed(state, id) {
  return { push: without(state.push, id), hold: without(state.hold, id) };
}

/** Whether nothing is pushed and nothing held. */
export function isNothing({ push, hold }) {
  return Object.keys(push).length + Object.keys(hold).length === 0;
}

/** The elements a scenario may push: the variables, and whatever has a causal link; as the document has them. */
export function pushable(document) {
  const ends = new Set((document.ties ?? []).filter(({ kind }) => kind === "causes").flatMap(({ source, target }) => [source, target]));
  const actors = (document.actors ?? []).filter(({ id }) => ends.has(id));
  return [...(document.variables ?? []), ...actors].map(({ id, label }) => ({ id, label: shortLabel(label), linked: ends.has(id) }));
}

/** The state without what is no longer on the map. */
export function pruned(state, document) {
  const labels = labelsOf(document);
  const kept = (values) => Object.fromEntries(Object.entries(values).filter(([id]) => labels.has(id)));
  return { push: kept(state.push), hold: kept(state.hold) };
}

/**
 * How full the map shows each concept at a step, 0–1: half where nothing differs from what would be without the
 * scenario, fuller where there is more. Only direction and order may be read of such a run: the root of the share of
 * the largest departure keeps both, and lets small ones be seen.
 */
export function fillsAt(concepts, step) {
  const runs = concepts.map(departures);
  const largest = Math.max(...runs.flat().map(Math.abs).filter(Number.isFinite), 1e-6);
  const fill = (value) => 0.5 + (Math.sign(value) * Math.sqrt(Math.abs(value) / largest)) / 2;
  const values = runs.map((run, index) => [concepts[index].id, run[Math.min(step, run.length - 1)]]);
  return Object.fromEntries(values.filter(([, value]) => Number.isFinite(value)).map(([id, value]) => [id, fill(value)]));
}

/** The last step of a run. */
export function lastStep(concepts) {
  return Math.max(0, ...concepts.map((one) => departures(one).length - 1));
}

/** How long a step lasts so that the whole run plays in about three seconds, in milliseconds. */
export function pace(steps) {
  return Math.min(400, Math.max(60, 3000 / Math.max(1, steps)));
}
