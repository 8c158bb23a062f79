// What a scenario pushes and holds: {push: {id: −1…1}, hold: {id: 0…1}}, never changed in place. Pure functions.
import { labelsOf } from "./loop_story.js";

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
  return [...(document.variables ?? []), ...actors].map(({ id, label }) => ({ id, label, linked: ends.has(id) }));
}

/** The state without what is no longer on the map. */
export function pruned(state, document) {
  const labels = labelsOf(document);
  const kept = (values) => Object.fromEntries(Object.entries(values).filter(([id]) => labels.has(id)));
  return { push: kept(state.push), hold: kept(state.hold) };
}

/** The values of all concepts at a step, 0–1, as the map shows them; a shorter run stays at its end. */
export function valuesAt(concepts, step) {
  return Object.fromEntries(
    concepts
      .map(({ id, scenario }) => [id, scenario[Math.min(step, scenario.length - 1)]])
      .filter(([, value]) => Number.isFinite(value))
      .map(([id, value]) => [id, Math.min(1, Math.max(0, value))]),
  );
}

/** The last step of a run. */
export function lastStep(concepts) {
  return Math.max(0, ...concepts.map(({ scenario }) => scenario.length - 1));
}

/** How long a step lasts so that the whole run plays in about three seconds, in milliseconds. */
export function pace(steps) {
  return Math.min(400, Math.max(60, 3000 / Math.max(1, steps)));
}
