// Changes of a map in words, for whoever does not see the canvas. Pure functions.
import { isCausal, writeField, fieldOf, FIELDS } from "./fields.js";
import { brief, indexOf, nameOf, tieSentence } from "./names.js";

/** Up to how many things are told one by one; more are counted. */
const FEW = 3;

const ELEMENTS = { actors: "actor", variables: "variable" };
const PLACES = ["x", "y"];

/**
 * What changes did, in sentences. `before` is the map that they were applied to; `editor` gives the words:
 * { say, count, language, offers }. An empty text where nothing is worth telling.
 */
export function announcement(changes, before, editor) {
  const told = gathered(changes, before);
  const name = (id) => nameOf(told.now("actors", id), editor);
  const speak = { editor, name, told };
  const sentences = [
    ...removals(speak),
    ...additions(speak),
    ...moves(speak),
    ...settings(speak),
    ...others(changes, editor),
  ];
  return sentences.join(" ");
}

/** Elements share their ids; a tie, a participant or a loop may bear the id of an element. */
const keyOf = (block, id) => (block in ELEMENTS ? `element ${id}` : `${block} ${id}`);

/** Changes put together by what they are about; `element(id)` and `tie(id)` give it as it is afterwards. */
function gathered(changes, before) {
  const { elements, ties } = indexOf(before);
  const told = { added: new Map(), removed: new Map(), set: new Map() };
  const stood = (block, id) => (block === "ties" ? ties.get(id) : elements.get(id)?.value);
  for (const { do: done, block, id, values } of changes) {
    if (done === "add") told.added.set(keyOf(block, values.id), { block, id: values.id, value: values });
    else if (done === "remove") told.removed.set(keyOf(block, id), { block, id, value: stood(block, id) });
    else if (block !== "map") {
      const earlier = told.set.get(keyOf(block, id))?.values;
      told.set.set(keyOf(block, id), { block, id, values: { ...earlier, ...values } });
    }
  }
  const now = (block, id) => {
    const key = keyOf(block, id);
    return { ...(told.added.get(key)?.value ?? stood(block, id)), ...told.set.get(key)?.values };
  };
  return { ...told, stood, now };
}

function ofBlock(map, ...blocks) {
  return [...map.values()].filter(({ block, value }) => value && blocks.includes(block));
}

const capital = (text) => text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());

function removals({ editor, name, told }) {
  const elements = ofBlock(told.removed, "actors", "variables");
  const gone = new Set(elements.map(({ id }) => id));
  const all = ofBlock(told.removed, "ties");
  const apart = all.filter(({ value }) => !gone.has(value.source) && !gone.has(value.target));
  if (elements.length === 0 && all.length > FEW) return [editor.count("said_ties_removed", all.length)];
  if (elements.length > FEW || apart.length > FEW) return [countedRemovals(elements, all, editor)];
  const people = elements.map(({ id, block, value }) => {
    const ties = all.filter((tie) => tie.value.source === id || tie.value.target === id).length;
    const said = editor.say(`said_${ELEMENTS[block]}_removed`, { name: nameOf(value, editor) });
    return ties === 0 ? said : editor.say("said_with_ties", { said, ties: editor.count("said_its_ties", ties) });
  });
  const links = apart.map(({ value }) => editor.say("said_tie_removed", { tie: tieSentence(value, name, editor) }));
  return [...people.map(ended), ...links.map(ended)];
}

function countedRemovals(elements, ties, editor) {
  const parts = [editor.count("said_elements_removed", elements.length)];
  if (ties.length > 0) parts.push(editor.count("said_ties_removed", ties.length));
  return parts.join(" ");
}

const ended = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

function additions({ editor, name, told }) {
  const elements = ofBlock(told.added, "actors", "variables");
  const ties = ofBlock(told.added, "ties");
  const people =
    elements.length > FEW
      ? [editor.count("said_elements_added", elements.length)]
      : elements.map(({ id, block }) => ended(editor.say(`said_${ELEMENTS[block]}_added`, { name: name(id) })));
  const links =
    ties.length > FEW
      ? [editor.count("said_ties_added", ties.length)]
      : ties.map(({ id }) => ended(editor.say("said_tie_added", { tie: tieSentence(told.now("ties", id), name, editor) })));
  return [...people, ...links];
}

const isMove = ({ block, values }) =>
  block in ELEMENTS && Object.keys(values).length > 0 && Object.keys(values).every((key) => PLACES.includes(key));

function moves({ editor, name, told }) {
  const moved = [...told.set].filter(([key, set]) => isMove(set) && !told.added.has(key)).map(([, set]) => set);
  if (moved.length > 1) return [editor.count("said_elements_moved", moved.length)];
  return moved.map(({ id, block }) => ended(editor.say(`said_${ELEMENTS[block]}_moved`, { name: name(id) })));
}

function settings(speak) {
  const { editor, told } = speak;
  const isTold = ([key, one]) => one.block in FIELDS && !isMove(one) && !told.added.has(key);
  const set = [...told.set].filter(isTold).map(([, one]) => one);
  const alike = commonValues(set);
  if (set.length > 1 && alike) {
    const many = set.every(({ block }) => block === "ties") ? "said_ties_set" : "said_elements_set";
    const fields = fieldsSaid(set[0].block, alike, editor);
    return fields ? [ended(editor.say("said_set", { what: editor.count(many, set.length), fields }))] : [];
  }
  if (set.length > FEW) return [editor.count("said_changed", set.length)];
  return set.flatMap((one) => settingSaid(one, speak));
}

/** The values that are set the same way everywhere, or null. */
function commonValues(set) {
  const texts = set.map(({ values }) => JSON.stringify(values, Object.keys(values).sort()));
  const label = set.some(({ values }) => "label" in values);
  return !label && new Set(texts).size === 1 ? set[0].values : null;
}

function settingSaid({ id, block, values }, { editor, name, told }) {
  const { label, ...rest } = values;
  const sentences = [];
  if (block !== "ties" && typeof label === "string") {
    const before = nameOf(told.stood(block, id), editor);
    sentences.push(editor.say("said_renamed", { before, name: nameOf({ label }, editor) }));
  }
  const tie = told.now(block, id);
  const what = block === "ties" ? editor.say("said_tie_of", { source: name(tie.source), target: name(tie.target) }) : name(id);
  const fields = fieldsSaid(block, block === "ties" ? withoutImplied(rest, tie) : rest, editor);
  if (fields) sentences.push(ended(editor.say("said_set", { what: capital(what), fields })));
  return sentences;
}

/** A tie that becomes a relation loses its sign and delay: that needs no words. Its ends are told by its name. */
function withoutImplied(values, tie) {
  const { source, target, ...rest } = values;
  if ("kind" in rest && !isCausal(tie)) for (const key of ["polarity", "delay"]) if (rest[key] === null) delete rest[key];
  return source || target ? { ...rest, joins: true } : rest;
}

function fieldsSaid(block, values, editor) {
  if (values.joins) {
    const rest = fieldsSaid(block, { ...values, joins: undefined }, editor);
    return [editor.say("said_joined_anew"), rest].filter(Boolean).join(editor.say("said_between"));
  }
  const known = FIELDS[block].filter(({ key }) => values[key] !== undefined);
  return known.map((field) => fieldSaid(fieldOf(block, field.key), values[field.key], editor)).join(editor.say("said_between"));
}

function fieldSaid(field, value, editor) {
  const label = editor.say(`field_${field.key}`);
  const name = label.charAt(0).toLocaleLowerCase() + label.slice(1);
  const text = value === null ? editor.say("field_unknown") : brief(writeField(field, value, editor));
  return editor.say("said_value", { name, text });
}

/** The map's own name, participants, named loops. */
function others(changes, editor) {
  const sentences = [];
  for (const change of changes) {
    if (change.block === "map" && "name" in change.values) {
      sentences.push(ended(editor.say("said_map_named", { name: nameOf({ label: change.values.name ?? "" }, editor) })));
    }
  }
  for (const [block, word] of [["participants", "participant"], ["loops", "loop"]]) {
    for (const [done, verb] of [["add", "added"], ["remove", "removed"], ["set", "changed"]]) {
      const count = changes.filter((change) => change.block === block && change.do === done).length;
      if (count > 0) sentences.push(editor.count(`said_${word}_${verb}`, count));
    }
  }
  return sentences;
}
