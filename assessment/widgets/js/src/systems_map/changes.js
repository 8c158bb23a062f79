// The vocabulary of changes, the same as assessment/systems/changes.py: documents are never changed in place.

export const BLOCKS = ["actors", "variables", "ties", "participants", "loops"];

/** What makes a change impossible: `code` is the fault's, `values` what it names. */
export class Impossible extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

const known = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** The document after the changes, all or none; blocks that nothing touches are shared with the one before. */
export function applyChanges(document, changes) {
  const draft = makeDraft(document);
  for (const change of changes) APPLIED[change.do]?.(draft, change) ?? refuse("change_unknown", { value: change.do });
  return draft.document();
}

/** Copies a block when it is first touched, and finds by id without looking through it each time. */
function makeDraft(document) {
  const result = { ...document };
  const places = new Map();

  function placesOf(block) {
    if (!BLOCKS.includes(block)) refuse("block_unknown", { value: block });
    if (!places.has(block)) {
      result[block] = [...(document[block] ?? [])];
      places.set(block, new Map(result[block].map(({ id }, place) => [id, place])));
    }
    return places.get(block);
  }
  const reckon = (block) => places.set(block, new Map(result[block].map(({ id }, place) => [id, place])));

  return {
    document: () => result,
    has: (block, id) => placesOf(block).has(id),
    get: (block, id) => result[block][placesOf(block).get(id)],
    put(block, id, value) {
      result[block][placesOf(block).get(id)] = value;
    },
    insert(block, value, at) {
      placesOf(block);
      const place = Math.min(at ?? result[block].length, result[block].length);
      result[block].splice(place, 0, value);
      if (place === result[block].length - 1) places.get(block).set(value.id, place);
      else reckon(block);
    },
    take(block, id) {
      const place = placesOf(block).get(id);
      result[block].splice(place, 1);
      if (place === result[block].length) places.get(block).delete(id);
      else reckon(block);
    },
    name: (values) => patched(result, values),
  };
}

const APPLIED = {
  add(draft, { block, values, at }) {
    const taken = ["actors", "variables"].includes(block) ? ["actors", "variables"] : [block];
    if (taken.some((one) => draft.has(one, values.id))) refuse("id_taken", { id: values.id });
    draft.insert(block, known(values), at);
    return true;
  },
  set(draft, { block, id, values }) {
    if (block === "map") return draft.name(values) ?? true;
    if (!draft.has(block, id)) refuse("id_unknown", { id });
    draft.put(block, id, patched({ ...draft.get(block, id) }, values));
    return true;
  },
  remove(draft, { block, id }) {
    if (!draft.has(block, id)) refuse("id_unknown", { id });
    draft.take(block, id);
    return true;
  },
};

function patched(target, values) {
  for (const [key, value] of Object.entries(values)) {
    if (value === null) delete target[key];
    else target[key] = value;
  }
  return target;
}

function refuse(code, values) {
  throw new Impossible(code, values);
}
