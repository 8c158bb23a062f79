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
  if (!Array.isArray(changes)) refuse("change_malformed");
  const draft = makeDraft(document);
  for (const change of changes) {
    if (!isObject(change)) refuse("change_malformed");
    if (!Object.hasOwn(APPLIED, change.do ?? "")) refuse("change_do_unknown", { value: change.do });
    APPLIED[change.do](draft, checked(change));
  }
  return draft.document();
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isId = (value) => typeof value === "string" && value !== "";

/** A change whose parts are what they must be, for what it does. */
function checked(change) {
  const { do: done, block, id, values, at } = change;
  const map = block === "map" && done === "set";
  if (!map && !BLOCKS.includes(block)) refuse("change_block_unknown", { value: block });
  const wrong =
    (done !== "remove" && !isObject(values)) ||
    (done === "add" && !isId(values?.id)) ||
    (done !== "add" && !map && !isId(id)) ||
    (done === "set" && (map ? BLOCKS.some((one) => one in values) : "id" in values)) ||
    (done === "add" && at !== undefined && at !== null && !(Number.isInteger(at) && at >= 0));
  if (wrong) refuse("change_malformed");
  return change;
}

/** Copies a block when it is first touched, and finds by id without looking through it each time. */
function makeDraft(document) {
  const result = { ...document };
  const places = new Map();
  const reckon = (block) => places.set(block, new Map(result[block].map(({ id }, place) => [id, place])));

  /** Where each id of a block stands; the block is our own from then on. */
  function own(block) {
    if (!places.has(block)) {
      result[block] = [...(document[block] ?? [])];
      reckon(block);
    }
    return places.get(block);
  }

  function placeOf(block, id) {
    const place = own(block).get(id);
    return place ?? refuse("change_id_unknown", { id });
  }

  return {
    document: () => result,
    add(block, value, at) {
      if (own(block).has(value.id)) refuse("change_id_stands", { id: value.id });
      const place = Math.min(at ?? result[block].length, result[block].length);
      result[block].splice(place, 0, value);
      if (place === result[block].length - 1) places.get(block).set(value.id, place);
      else reckon(block);
    },
    set(block, id, values) {
      const place = placeOf(block, id);
      result[block][place] = patched({ ...result[block][place] }, values);
    },
    remove(block, id) {
      const place = placeOf(block, id);
      result[block].splice(place, 1);
      if (place === result[block].length) places.get(block).delete(id);
      else reckon(block);
    },
    setMap: (values) => patched(result, values),
  };
}

const APPLIED = {
  add: (draft, { block, values, at }) => draft.add(block, known(values), at),
  set: (draft, { block, id, values }) => (block === "map" ? draft.setMap(values) : draft.set(block, id, values)),
  remove: (draft, { block, id }) => draft.remove(block, id),
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
