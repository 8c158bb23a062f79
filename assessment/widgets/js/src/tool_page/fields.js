// Fields of one control: text, long text, numbers, dates, a choice from a menu.
import { same } from "../document.js";
import { element, listen, setAttribute } from "../elements.js";
import { makeDraft } from "./draft.js";
import { numberFault, parsedNumber, typedNumber } from "./numbers.js";
import { makeShell, reasonWords } from "./shell.js";

/** What a missing answer is told, where one is needed. */
const needed = (field, empty) => (field.required && empty ? ["needed", {}] : null);

/**
 * A field of one control. `read(control, language)` gives its value, `write(control, value, language)` shows one,
 * `wrong(value, field, language)` the reason why it cannot stand, `set(control, field)` what else the document says.
 */
function makeField(control, { empty, read, write, wrong = () => null, set = () => {} }, changed) {
  const shell = makeShell();
  const draft = makeDraft(empty);
  let field = {};
  let language = "fr";
  let words = {};
  setAttribute(control, "id", shell.id);
  shell.place.append(control.closest(".ap-select-frame") ?? control);
  const change = () => {
    draft.typed(read(control, language));
    shell.tell(null, control);
    changed();
  };
  const stop = listen(control, "input", change);
  return {
    element: shell.element,
    update(next, context) {
      const spoken = language !== context.language;
      [field, language, words] = [next, context.language, context.words];
      set(control, field, words);
      const taken = draft.given(field.value ?? empty);
      // what is no number yet stays as it was typed
      if (taken || (spoken && !Number.isNaN(draft.value()))) write(control, draft.value(), language);
      setAttribute(control, "aria-required", field.required ? "true" : null);
      shell.update(field, words, control);
    },
    value: () => draft.value(),
    sent: () => draft.sent(),
    check(whole = true) {
      const value = draft.value();
      const reason = (whole && needed(field, same(value, empty))) || wrong(value, field, language);
      if (reason) shell.tell(reasonWords(reason, words), control);
      return !reason;
    },
    focus: () => control.focus(),
    destroy: stop,
  };
}

const show = (control, value) => control.value !== value && (control.value = value);
const asText = { empty: "", read: (control) => control.value, write: show };

function makeText(changed) {
  const set = (control, field) => {
    setAttribute(control, "maxlength", field.longest ?? 400);
    setAttribute(control, "autocomplete", field.autocomplete ?? "off");
  };
  return makeField(element("input", { type: "text", class: "ap-box" }), { ...asText, set }, changed);
}

function makeLongText(changed) {
  const set = (control, field) => {
    setAttribute(control, "maxlength", field.longest ?? 20_000);
    setAttribute(control, "rows", field.rows ?? 4);
  };
  return makeField(element("textarea", { class: "ap-box ap-long" }), { ...asText, set }, changed);
}

function makeDate(changed) {
  const set = (control, field) => {
    setAttribute(control, "min", field.min ?? null);
    setAttribute(control, "max", field.max ?? null);
  };
  return makeField(element("input", { type: "date", class: "ap-box ap-short" }), { ...asText, set }, changed);
}

function makeNumber(kind, changed) {
  const mode = kind === "decimal" ? "decimal" : "numeric";
  const control = element("input", { type: "text", inputmode: mode, autocomplete: "off", class: "ap-box ap-short ap-box-number" });
  const number = {
    empty: null,
    read: ({ value }, language) => parsedNumber(value, language),
    write: (input, value, language) => show(input, typedNumber(value, language)),
    wrong: (value, field, language) => numberFault(value, { ...field, kind }, language),
  };
  return makeField(control, number, changed);
}

function makeMenu(changed) {
  const select = element("select", { class: "ap-select" });
  element("div", { class: "ap-select-frame" }, select);
  let offered = null;
  const set = (control, field, words) => {
    const options = [...(field.required && field.value ? [] : [{ value: "", label: words.choose }]), ...field.options];
    if (same(options, offered)) return;
    offered = options;
    const chosen = control.value;
    control.replaceChildren(...options.map(({ value, label }) => element("option", { value, text: label })));
    control.value = chosen;
  };
  return makeField(select, { ...asText, set }, changed);
}

export const makers = {
  text: makeText,
  long_text: makeLongText,
  whole: (changed) => makeNumber("whole", changed),
  decimal: (changed) => makeNumber("decimal", changed),
  date: makeDate,
  menu: makeMenu,
};
