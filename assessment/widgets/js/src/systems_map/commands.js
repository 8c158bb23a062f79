// What a person does, as changes: a document in, `{ changes, ids }` out; nothing here touches the page.
import { freeElementId, freeName, freeNumbered, idsOf } from "./identity.js";

export const ELEMENTS = ["actors", "variables"];
const CAUSES = "causes";

/** Block and value of an element, a tie, a participant or a named loop; null where there is none. */
export function find(document, id, blocks = [...ELEMENTS, "ties"]) {
  for (const block of blocks) {
    const value = (document[block] ?? []).find((one) => one.id === id);
    if (value) return { block, value };
  }
  return null;
}

export const elementsOf = (document) => ELEMENTS.flatMap((block) => document[block] ?? []);

/** Adds an actor or a variable. */
export function addElement(document, block, values) {
  const id = freeElementId(document, values.label, block === "actors" ? "acteur" : "variable");
  return { changes: [{ do: "add", block, values: { id, ...values } }], ids: [id] };
}

export const addActor = (document, values) => addElement(document, "actors", values);
export const addVariable = (document, values) => addElement(document, "variables", values);

/** What is said of a tie that a participant draws: it is theirs. */
export function authored(document, person) {
  return (document.participants ?? []).some(({ id }) => id === person) ? { participants: [person] } : {};
}

/** Ties two elements: a causal link where a variable has a part in it, else the relation last chosen. */
export function addTie(document, source, target, values = {}) {
  const id = freeNumbered(document, "ties", "t");
  const kind = values.kind ?? kindBetween(document, source, target, "cooperates");
  return { changes: [{ do: "add", block: "ties", values: { id, source, target, ...values, kind } }], ids: [id] };
}

export function kindBetween(document, source, target, relation) {
  const variables = idsOf(document, "variables");
  return variables.has(source) || variables.has(target) ? CAUSES : relation;
}

/** Removes elements and ties, with the ties of the elements and the named loops that run through them. */
export function removal(document, ids) {
  const gone = new Set(ids);
  const elements = ELEMENTS.flatMap((block) =>
    (document[block] ?? []).filter(({ id }) => gone.has(id)).map(({ id }) => ({ do: "remove", block, id })),
  );
  const ties = (document.ties ?? []).filter(
    ({ id, source, target }) => gone.has(id) || gone.has(source) || gone.has(target),
  );
  const loops = (document.loops ?? []).filter(({ nodes }) => (nodes ?? []).some((node) => gone.has(node)));
  return {
    changes: [
      ...loops.map(({ id }) => ({ do: "remove", block: "loops", id })),
      ...ties.map(({ id }) => ({ do: "remove", block: "ties", id })),
      ...elements,
    ],
    ids: [],
  };
}

/** What copying takes: elements, and the ties among them. */
export function copied(document, ids) {
  const chosen = new Set(ids);
  const take = (block) => (document[block] ?? []).filter(({ id }) => chosen.has(id));
  const actors = take("actors");
  const variables = take("variables");
  const inside = new Set([...actors, ...variables].map(({ id }) => id));
  const ties = (document.ties ?? []).filter(({ source, target }) => inside.has(source) && inside.has(target));
  return { actors, variables, ties };
}

/** Puts copied things on a map, a little aside, under ids of their own. */
export function pasted(document, clip, offset = 40) {
  const taken = idsOf(document, ...ELEMENTS);
  const ids = new Map();
  const changes = [];
  for (const block of ELEMENTS) {
    for (const value of clip[block]) {
      const id = freeName(value.id, taken);
      taken.add(id);
      ids.set(value.id, id);
      changes.push({ do: "add", block, values: { ...value, id, ...aside(value, offset) } });
    }
  }
  const reserved = new Set();
  for (const tie of clip.ties) {
    const id = freeNumbered(document, "ties", "t", reserved);
    reserved.add(id);
    const { participants, ...rest } = tie;
    const here = (participants ?? []).filter((one) => idsOf(document, "participants").has(one));
    const values = { ...rest, id, source: ids.get(tie.source), target: ids.get(tie.target) };
    changes.push({ do: "add", block: "ties", values: here.length > 0 ? { ...values, participants: here } : values });
  }
  return { changes, ids: [...ids.values()] };
}

const aside = ({ x, y }, offset) => (Number.isFinite(x) && Number.isFinite(y) ? { x: x + offset, y: y + offset } : {});

export const duplicated = (document, ids, offset = 40) => pasted(document, copied(document, ids), offset);

/** Moves elements: places is { id: {x, y} }; what stands where it stood is left out. */
export function moved(document, places) {
  const changes = [];
  for (const block of ELEMENTS) {
    for (const { id, x, y } of document[block] ?? []) {
      if (!Object.hasOwn(places, id)) continue;
      const place = places[id];
      const values = { x: Math.round(place.x), y: Math.round(place.y) };
      if (values.x !== x || values.y !== y) changes.push({ do: "set", block, id, values });
    }
  }
  return { changes, ids: Object.keys(places) };
}

/** Says the same of several elements or ties; what is already so is left out. */
export function said(document, ids, values) {
  const changes = [];
  for (const id of ids) {
    const found = find(document, id);
    if (!found) continue;
    const fresh = Object.entries(values).filter(([key, value]) => (found.value[key] ?? null) !== value);
    if (fresh.length > 0) changes.push({ do: "set", block: found.block, id, values: Object.fromEntries(fresh) });
  }
  return { changes, ids };
}

export const assigned = (document, ids, unit) =>
  said(document, ids.filter((id) => find(document, id, ["actors"])), { unit: unit || null });

export const renamed = (document, id, label) => said(document, [id], { label });

/** Turns a tie round. */
export function reversed(document, id) {
  const { source, target } = find(document, id, ["ties"]).value;
  return { changes: [{ do: "set", block: "ties", id, values: { source: target, target: source } }], ids: [id] };
}
