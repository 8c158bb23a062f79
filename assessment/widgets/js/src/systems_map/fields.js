// What can be said of an actor, a variable, a tie: one definition for the inspector and the table. Pure functions.
import { brief, distinctNames, indexOf, kindName } from "./names.js";

/** Limits of systems/limits.py: what is longer would be refused. */
export const LONGEST_WORD = 200;
export const LONGEST_TEXT = 20_000;
const LARGEST_NUMBER = 1_000_000_000;

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;

/**
 * The fields of each block, in the order people meet them. `type` says how it is read and shown; `offers` where its
 * options stand; `needed` that it cannot be emptied; `of` whether it is for causal links or relations only; `unsaid`
 * what counts where nothing is said; `several` whether it can be set on several at once.
 */
export const FIELDS = {
  actors: [
    { key: "label", type: "text", needed: true },
    { key: "role", type: "word", offers: "roles", several: true },
    { key: "unit", type: "word", offers: "units", several: true },
    { key: "rank", type: "rank", several: true },
    { key: "influence", type: "share", several: true },
    { key: "involvement", type: "share", several: true },
  ],
  variables: [
    { key: "label", type: "text", needed: true },
    { key: "note", type: "long" },
  ],
  ties: [
    { key: "source", type: "element", needed: true },
    { key: "target", type: "element", needed: true },
    { key: "kind", type: "word", offers: "kinds", needed: true, several: true },
    { key: "polarity", type: "sign", of: "causal", several: true },
    { key: "delay", type: "steps", of: "causal", several: true },
    { key: "weight", type: "share", unsaid: 1, several: true },
    { key: "formal", type: "flag", of: "relation", several: true },
    { key: "confidence", type: "share", several: true },
    { key: "participants", type: "people", several: true },
  ],
};

/** The field of a block by its key. */
export function fieldOf(block, key) {
  return FIELDS[block].find((field) => field.key === key);
}

export const isCausal = (tie) => tie.kind === "causes";

/** Relations that are formal by their nature (systems/model.py): what counts where `formal` is not said. */
export function formalByNature(tie, offers) {
  const offered = offers?.kinds?.find(({ value }) => value === tie.kind);
  return offered?.formal ?? ["funds", "reports_to"].includes(tie.kind);
}

/** Whether a field has a meaning for all of these. */
export function appliesTo(field, subjects) {
  if (!field.of) return true;
  return subjects.every((subject) => isCausal(subject) === (field.of === "causal"));
}

/** The value that all of these share: { value, mixed }; what none of them says is null. */
export function common(subjects, key) {
  const [first, ...others] = subjects.map((subject) => subject[key] ?? null);
  const alike = others.every((other) => sameValue(first, other));
  return { value: alike ? (first ?? null) : null, mixed: !alike };
}

function sameValue(one, other) {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item) => other.includes(item));
}

/** A number that people wrote: "0,8", "0.8", "80 %"; NaN for anything else. */
export function readNumber(text) {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace("−", "-").replace(",", ".");
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+))(%?)$/.exec(plain);
  if (!found) return Number.NaN;
  return found[2] ? Number(found[1]) / 100 : Number(found[1]);
}

const formats = new Map();

/** A number as the language writes it, with all that was said of it. */
export function writeNumber(value, language) {
  if (!formats.has(language)) {
    formats.set(language, new Intl.NumberFormat(language, { maximumFractionDigits: 12, useGrouping: false }));
  }
  return formats.get(language).format(value);
}

const folded = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().replace(/[’']/g, "'").replace(/\s+/g, " ").trim();

/** A text as it is searched for: without accents, capitals or doubled spaces. */
export { folded };

const ORDER = new Intl.Collator(undefined, { numeric: true });
const kept = new WeakMap();

/** The options of a field: what the editor offers, then the words that the map already uses. [{value, label, note?}] */
export function optionsOf(field, editor) {
  const { document, offers } = editor;
  const offered = offers?.[field.offers] ?? [];
  const known = kept.get(document) ?? kept.set(document, new Map()).get(document);
  const stands = known.get(field.key);
  if (stands?.offered === offered) return stands.options;
  const options = field.type === "element" ? elementOptions(editor) : wordOptions(field, document, offered);
  known.set(field.key, { offered, options });
  return options;
}

function wordOptions(field, document, offered) {
  const block = field.offers === "kinds" ? "ties" : "actors";
  const used = new Set((document[block] ?? []).map((value) => value[field.key]).filter(Boolean));
  const own = [...used].filter((word) => !offered.some(({ value }) => value === word));
  return [...offered, ...own.sort(ORDER.compare).map((word) => ({ value: word, label: word }))];
}

function elementOptions({ document }) {
  const { elements } = indexOf(document);
  const names = [...distinctNames(document)].map(([value, label]) => ({
    value,
    label,
    note: elements.get(value).value.unit,
  }));
  return names.sort((one, other) => ORDER.compare(one.label, other.label));
}

/** The option that a text names: by its label, else by its value; undefined where none does. */
export function optionNamed(options, text) {
  const wanted = folded(text);
  const exact = options.find(({ label }) => label === text);
  return exact ?? options.find(({ label }) => folded(label) === wanted) ?? options.find(({ value }) => value === text);
}

/** The options that a search finds, those that begin with it first; at most `most`. */
export function optionsFound(options, text, most = 50) {
  const wanted = folded(text);
  if (!wanted) return options.slice(0, most);
  const begins = [];
  const holds = [];
  for (const option of options) {
    const at = folded(option.label).indexOf(wanted);
    if (at === 0) begins.push(option);
    else if (at > 0) holds.push(option);
    if (begins.length === most) break;
  }
  return [...begins, ...holds].slice(0, most);
}

/**
 * Reads what was typed in a field: { value } (null takes the key away) or { fault: key of the words }.
 * Empty means that it is not known.
 */
export function readField(field, typed, editor) {
  const text = typed.replace(CONTROLS, "");
  const trimmed = text.trim();
  if (!trimmed) return field.needed ? { fault: "field_fault_needed" } : { value: null };
  return READERS[field.type](field, trimmed, editor);
}

const READERS = {
  text: (_, text) => (text.length > LONGEST_TEXT ? { fault: "field_fault_long" } : { value: text.replace(/\s*[\r\n]+\s*/g, " ") }),
  long: (_, text) => (text.length > LONGEST_TEXT ? { fault: "field_fault_long" } : { value: text }),
  word: readWord,
  rank: readRank,
  share: readShare,
  steps: readSteps,
  people: readPeople,
  element(field, text, editor) {
    const found = optionNamed(optionsOf(field, editor), text);
    return found ? { value: found.value } : { fault: "field_fault_element" };
  },
};

function readPeople(field, text, { document }) {
  const declared = new Set((document.participants ?? []).map(({ id }) => id));
  const named = declared.has(text) ? [text] : [...new Set(text.split(/[,;]/).map((one) => one.trim()).filter(Boolean))];
  const strangers = named.filter((id) => !declared.has(id));
  if (strangers.length > 0) return { fault: "field_fault_people", names: brief(strangers.join(", ")) };
  return { value: named };
}

function readWord(field, text, editor) {
  const found = optionNamed(optionsOf(field, editor), text);
  if (found) return { value: found.value };
  return text.length > LONGEST_WORD ? { fault: "field_fault_long" } : { value: text };
}

function readRank(field, text) {
  const number = readNumber(text);
  if (!Number.isNaN(number) && Math.abs(number) <= LARGEST_NUMBER && !text.includes("%")) return { value: number };
  return text.length > LONGEST_WORD ? { fault: "field_fault_long" } : { value: text };
}

function readShare(field, text) {
  const number = readNumber(text);
  return number >= 0 && number <= 1 ? { value: number } : { fault: "field_fault_share" };
}

function readSteps(field, text) {
  const number = readNumber(text);
  const whole = Number.isInteger(number) && number >= 0 && number <= LARGEST_NUMBER && !text.includes("%");
  return whole ? { value: number } : { fault: "field_fault_steps" };
}

/** The text of a value in its field; empty where nothing is known. */
export function writeField(field, value, editor) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return writeNumber(value, editor.language);
  if (field.type === "word" && field.offers === "kinds") return offeredName(field, value, editor) ?? kindName(value, editor);
  if (field.type === "word") return offeredName(field, value, editor) ?? value;
  if (field.type === "element") return distinctNames(editor.document).get(value) ?? value;
  if (field.type === "people") return value.join(", ");
  if (field.type === "sign") return editor.say(value === "+" ? "field_sign_same" : "field_sign_opposite");
  if (field.type === "flag") return editor.say(value ? "field_yes" : "field_no");
  return String(value);
}

function offeredName(field, value, { offers }) {
  return offers?.[field.offers]?.find((option) => option.value === value)?.label;
}

/** What a new value changes on one subject: only what differs, with what must go for it. */
export function patchOf(subject, key, value) {
  const wanted = { [key]: value };
  if (key === "kind" && value !== "causes") Object.assign(wanted, { polarity: null, delay: null });
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, said]) => !sameValue(said, subject[name] ?? null)),
  );
}

/** The changes that set a field on several: [] where nothing differs. */
export function edits(block, subjects, key, value) {
  return subjects
    .map((subject) => ({ do: "set", block, id: subject.id, values: patchOf(subject, key, value) }))
    .filter(({ values }) => Object.keys(values).length > 0);
}
