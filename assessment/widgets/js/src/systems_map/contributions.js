// Who drew what: participants, the ties they see, what the workshop asks of each. Pure functions, document → changes.
import { addActor, addTie } from "./commands.js";
import { freeNumbered } from "./identity.js";
import { labelsOf, shortLabel } from "./loop_story.js";

/** The three questions of the workshop; two of them draw ties. */
export const STEPS = ["works_for", "mission", "works_with"];
export const TIES = {
  works_for: { kind: "works_for" },
  works_with: { kind: "cooperates", formal: false },
};

export const participantsOf = (document) => document.participants ?? [];

/** The participant with this id, or null. */
export function participantOf(document, id) {
  return participantsOf(document).find((one) => one.id === id) ?? null;
}

/** The ties a participant sees. */
export function tiesOf(document, id) {
  return (document.ties ?? []).filter(({ participants }) => (participants ?? []).includes(id));
}

/** Adds a participant, who has a role and a unit but no name: {changes, id}. */
export function addParticipant(document, { role, unit }) {
  const id = freeNumbered(document, "participants", "p");
  const values = { id, ...(role ? { role } : {}), ...(unit ? { unit } : {}) };
  return { changes: [{ do: "add", block: "participants", values }], id };
}

/** What is said of a participant; an empty text takes a key away, what is already so changes nothing. */
export function saidOf(document, id, values) {
  const one = participantOf(document, id);
  const fresh = Object.entries(values)
    .map(([key, value]) => [key, value === "" || value === undefined ? null : value])
    .filter(([key, value]) => (one[key] ?? null) !== value);
  if (fresh.length === 0) return [];
  return [{ do: "set", block: "participants", id, values: Object.fromEntries(fresh) }];
}

/** A tie that a participant sees too. */
export function seen(document, tie, id) {
  const drawn = (document.ties ?? []).find((one) => one.id === tie);
  const participants = drawn?.participants ?? [];
  if (!drawn || participants.includes(id)) return [];
  return [{ do: "set", block: "ties", id: tie, values: { participants: [...participants, id] } }];
}

/** A tie that a participant no longer sees; what nobody sees any more leaves the map. */
export function unseen(document, tie, id) {
  const drawn = (document.ties ?? []).find((one) => one.id === tie);
  if (!drawn?.participants?.includes(id)) return [];
  const left = drawn.participants.filter((one) => one !== id);
  if (left.length === 0) return [{ do: "remove", block: "ties", id: tie }];
  return [{ do: "set", block: "ties", id: tie, values: { participants: left } }];
}

/** Removes a participant; the ties stay on the map, without that name. */
export function removed(document, id) {
  const ties = tiesOf(document, id).map(({ id: tie, participants }) => {
    const left = participants.filter((one) => one !== id);
    return { do: "set", block: "ties", id: tie, values: { participants: left.length > 0 ? left : null } };
  });
  return [...ties, { do: "remove", block: "participants", id }];
}

/** The ties that answer a question of the workshop: [{tie, id, label}], the label of whom it names. */
export function answersOf(document, participant, step) {
  const { kind } = TIES[step];
  const labels = labelsOf(document);
  const own = tiesOf(document, participant.id).filter((tie) => tie.kind === kind && tie.source === participant.actor);
  return own.map((tie) => ({ tie: tie.id, id: tie.target, label: labels.get(tie.target) ?? shortLabel(tie.target) }));
}

/**
 * The changes of an answer: `whom` is an actor's id, or {label} of a new one, which stands near the participant's own
 * place. A tie of that kind that others drew already is seen by one more.
 */
export function answered(document, participant, step, whom) {
  const { changes, id } = actorOf(document, whom, participant.actor);
  if (id === participant.actor) return [];
  const { kind, ...values } = TIES[step];
  const there = (document.ties ?? []).find((tie) => tie.kind === kind && tie.source === participant.actor && tie.target === id);
  if (there) return seen(document, there.id, participant.id);
  const tie = addTie(document, participant.actor, id, { kind, ...values, participants: [participant.id] });
  return [...changes, ...tie.changes];
}

/** An actor that is on the map, or the change that puts it there beside another: {changes, id}. */
export function actorOf(document, whom, beside) {
  if (typeof whom === "string") return { changes: [], id: whom };
  const near = (document.actors ?? []).find(({ id }) => id === beside);
  const { changes, ids } = addActor(document, { label: whom.label, ...placeNear(document, near) });
  return { changes, id: ids[0] };
}

const AROUND = 8;

/** A free place on a round about an actor, none where the actor has none itself. */
export function placeNear(document, actor) {
  if (!Number.isFinite(actor?.x) || !Number.isFinite(actor?.y)) return {};
  const places = [...(document.actors ?? []), ...(document.variables ?? [])].filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  for (let round = 1; round <= 4; round += 1) {
    for (let turn = 0; turn < AROUND; turn += 1) {
      const angle = (turn * 2 * Math.PI) / AROUND + round * 0.4;
      const x = Math.round(actor.x + Math.cos(angle) * 130 * round);
      const y = Math.round(actor.y + Math.sin(angle) * 110 * round);
      if (places.every((one) => Math.hypot(one.x - x, one.y - y) > 70)) return { x, y };
    }
  }
  return { x: actor.x + 130, y: actor.y + 110 };
}

/** What a participant's role or unit can be: what is offered, what actors of the map have, what it already is. */
export function offered(offers, document, key, own) {
  const found = new Map(offers.map((one) => [one.value, one]));
  const there = [...(document.actors ?? []).map((actor) => actor[key]), own].filter(Boolean);
  for (const value of there) if (!found.has(value)) found.set(value, { value, label: shortLabel(value) });
  return [...found.values()].filter(({ value }) => value !== "");
}

/** A participant in words: who it is, by the id, then role and unit as they are offered. */
export function wordsOf({ id, role, unit }, { roles = [], units = [] }) {
  const label = (options, value) => options.find((one) => one.value === value)?.label ?? value;
  const words = [role && label(roles, role), unit && label(units, unit)].filter(Boolean);
  return { who: shortLabel(id), words: words.map(shortLabel).join(" · ") };
}
