// What a key does to a sheet: a pure machine. Nothing here knows the page, or waits for anything.
//
// A sheet is { form, at, values, typed }: the form's place in the plan (null before it is chosen), the step one stands on,
// what is entered by the step's id ("" = left blank; no value = not reached), and the first keys of a longer answer.
// `press` gives the next sheet and what to tell: { kind, step, … }.

export const ASIDE = "na";
const FORM = { kind: "form", id: "form" };
const END = { kind: "end", id: "end" };

/** A sheet nobody has begun; where there is one form only, it is that one. */
export function begin(plan) {
  return { form: plan.forms.length === 1 ? 0 : null, at: 0, values: {}, typed: "" };
}

/** A sheet that was kept, as it is opened again: at its first line. */
export function reopen(plan, { form, values }) {
  const place = plan.forms.findIndex(({ key }) => key === form);
  const started = { ...begin(plan), form: place, values: { ...values } };
  return { ...started, at: plan.forms.length > 1 ? 1 : 0 };
}

/** All steps of a sheet: the form where there are several, its lines, the end. */
export function stepsOf(plan, { form }) {
  const first = plan.forms.length > 1 ? [FORM] : [];
  return form === null ? first : [...first, ...plan.forms[form].steps, END];
}

export function stepAt(plan, sheet) {
  return stepsOf(plan, sheet)[sheet.at];
}

/** What is offered at a step: { key, value, name } each. */
export function offersOf(plan, step) {
  if (step.kind === "form") return plan.forms.map(({ key, name }) => ({ key, value: key, name }));
  if (step.kind === "answer") return plan.scales[step.scale].answers;
  return (step.options ?? []).map(({ key, id, name }) => ({ key, value: id, name }));
}

/** What a page sends: the form's letter and the values that say something. */
export function sheetOf(plan, sheet) {
  const kept = Object.entries(sheet.values).filter(([, value]) => value !== "" && value.length !== 0);
  return { form: plan.forms[sheet.form].key, values: Object.fromEntries(kept) };
}

/** How many lines are answered, not concerned, blank; and the numbers of the blank ones. */
export function countsOf(plan, sheet) {
  const lines = stepsOf(plan, sheet).filter(({ kind }) => kind === "answer");
  const blank = lines.filter(({ id }) => !sheet.values[id]);
  const aside = lines.filter(({ id }) => sheet.values[id] === ASIDE).length;
  return { answered: lines.length - blank.length - aside, aside, blank: blank.map(({ number }) => number) };
}

/** A key as the machine takes it, or null for one that is none of ours. */
export function keyOf({ key, code = "", ctrlKey, metaKey, altKey }, step) {
  if (ctrlKey || metaKey || altKey) return key === "Enter" && !altKey ? "save" : null;
  if (["Enter", "Backspace", "Delete", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", " "].includes(key)) return key;
  if (key.length !== 1) return null;
  // On a French keyboard the digits of the upper row are typed without Shift: "&é\"'(" stand for 1 to 5.
  const digit = /^\d$/.test(key) ? key : code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  if (digit !== undefined && !(step?.kind === "pick" && /\p{L}/u.test(key))) return digit;
  return key;
}

/** Presses a key; gives { sheet, told }. */
export function press(plan, sheet, key) {
  const step = stepAt(plan, sheet);
  if (key === "save") return toEnd(plan, sheet);
  if (key === "Backspace" && sheet.typed) return told({ ...sheet, typed: sheet.typed.slice(0, -1) }, "typed", step);
  if (key === "Backspace" || key === "ArrowUp" || key === "ArrowLeft") return go(plan, sheet, sheet.at - 1);
  if (key === "ArrowDown" || key === "ArrowRight") return forward(plan, sheet, step);
  if (key === "Enter") return enter(plan, sheet, step);
  if (step.kind === "end" || step.kind === "text") return told(sheet, "nothing", step);
  if (key === "Delete") return put(plan, sheet, step, undefined, false);
  if (key === " " && !(step.kind === "pick" && /\p{L}$/u.test(sheet.typed))) return leaveBlank(plan, sheet, step);
  return type(plan, sheet, step, key);
}

/** Goes to a step of the sheet. */
export function go(plan, sheet, at) {
  const last = stepsOf(plan, sheet).length - 1;
  const moved = { ...sheet, at: Math.max(0, Math.min(at, last)), typed: "" };
  return told(moved, "moved", stepAt(plan, moved));
}

/** Writes a text, and stays. */
export function write(plan, sheet, text) {
  return put(plan, sheet, stepAt(plan, sheet), text, false);
}

/** Takes an offer by its value, as a finger does. */
export function take(plan, sheet, value) {
  const step = stepAt(plan, sheet);
  return settle(plan, sheet, step, value);
}

function told(sheet, kind, step, more = {}) {
  return { sheet, told: { kind, step, ...more } };
}

function refused(sheet, step, key, reason) {
  return told(sheet, "refused", step, { key, reason, typed: sheet.typed });
}

function forward(plan, sheet, step) {
  if (step.kind === "form" && sheet.form === null) return refused(sheet, step, "", "form");
  return go(plan, sheet, sheet.at + 1);
}

function toEnd(plan, sheet) {
  if (sheet.form === null) return refused(sheet, FORM, "", "form");
  const steps = stepsOf(plan, sheet);
  return sheet.at === steps.length - 1 ? told(sheet, "save", END) : go(plan, sheet, steps.length - 1);
}

/** Enter: takes what is typed, else goes on and changes nothing. */
function enter(plan, sheet, step) {
  if (!sheet.typed) return step.kind === "end" ? told(sheet, "nothing", step) : forward(plan, sheet, step);
  const found = offersOf(plan, step).find(({ key }) => key === sheet.typed) ?? namedLike(plan, step, sheet.typed)[0];
  return found ? settle(plan, sheet, step, found.value) : refused(sheet, step, sheet.typed, "key");
}

function leaveBlank(plan, sheet, step) {
  if (step.kind === "form") return refused(sheet, step, " ", "form");
  return put(plan, sheet, step, step.kind === "choose" ? [] : "", true);
}

function type(plan, sheet, step, key) {
  if (step.kind === "answer" && !sheet.typed && ["n", "N", ".", ","].includes(key)) return settle(plan, sheet, step, ASIDE);
  const typed = sheet.typed + (step.kind === "form" ? key.toUpperCase() : key);
  const offers = offersOf(plan, step);
  const exact = offers.find((one) => one.key === typed);
  const longer = offers.some((one) => one.key !== typed && one.key.startsWith(typed));
  if (exact && !longer) return settle(plan, sheet, step, exact.value);
  if (exact || longer || (step.kind === "pick" && namedLike(plan, step, typed).length > 0)) {
    return told({ ...sheet, typed }, "typed", step);
  }
  return refused(sheet, step, key, sheet.typed ? "typed" : "key");
}

/** The offers whose name has a word that begins like this; accents and case apart, the name's beginning first. */
export function namedLike(plan, step, typed) {
  const begun = folded(typed);
  if (!/\p{L}/u.test(begun)) return [];
  const offers = offersOf(plan, step).filter(({ name }) => ` ${folded(name)}`.includes(` ${begun}`));
  return [...offers.filter(({ name }) => folded(name).startsWith(begun)), ...offers].filter(isFirst);
}

const isFirst = (one, place, all) => all.indexOf(one) === place;

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trimStart();
}

/** Takes an answer: one more of several, or the one, and on to the next line. */
function settle(plan, sheet, step, value) {
  if (step.kind === "form") return chooseForm(plan, sheet, step, value);
  if (step.kind !== "choose") return put(plan, sheet, step, value, true);
  const chosen = sheet.values[step.id] || [];
  if (chosen.includes(value)) return put(plan, sheet, step, chosen.filter((one) => one !== value), false);
  if (chosen.length >= step.most && step.most > 1) return refused({ ...sheet, typed: "" }, step, value, "many");
  const more = step.most === 1 ? [value] : [...chosen, value];
  return put(plan, sheet, step, more, more.length === step.most);
}

/** Another form has other lines: what was entered stays where the new form asks it, too. */
function chooseForm(plan, sheet, step, value) {
  const form = plan.forms.findIndex(({ key }) => key === value);
  const ids = new Set(plan.forms[form].steps.map(({ id }) => id));
  const values = Object.fromEntries(Object.entries(sheet.values).filter(([id]) => ids.has(id) && id !== "role"));
  const chosen = { ...sheet, form, values, at: sheet.at + 1, typed: "" };
  return told(chosen, "entered", step, { value });
}

function put(plan, sheet, step, value, on) {
  const values = { ...sheet.values };
  if (value === undefined) delete values[step.id];
  else values[step.id] = value;
  const changed = { ...sheet, values, typed: "", at: sheet.at + (on ? 1 : 0) };
  return told(changed, "entered", step, { value: value ?? "" });
}
