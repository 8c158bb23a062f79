// Fields of several controls: one choice among a few, several choices, yes or no.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { uniqueKeys } from "../document.js";
import { makeDraft } from "./draft.js";
import { makeShell, reasonWords } from "./shell.js";

let made = 0;

function makeOption(type, name, chosen) {
  const id = `ap-tick-${++made}`;
  const control = element("input", { type, id, name, class: "ap-tick" });
  const words = element("span", { class: "ap-tick-words" });
  const note = element("span", { class: "ap-tick-note" });
  const label = element("label", { class: "ap-tick-line", for: id }, control, element("span", {}, words, note));
  let value = "";
  const stop = listen(control, "change", () => chosen(value, control.checked));
  return {
    element: label,
    control,
    update(option, isChosen) {
      value = option.value;
      setText(words, option.label);
      setText(note, option.note);
      control.checked = isChosen(value);
    },
    destroy: stop,
  };
}

/** A field of ticks. `take(value, option, on)` gives the new value, `has(value, option)` whether an option is in it. */
function makeTicks(type, { empty, take, has, options }, changed) {
  const shell = makeShell(true);
  const draft = makeDraft(empty);
  const list = element("div", { class: "ap-ticks" });
  let field = {};
  let words = {};
  shell.place.append(list);
  if (type === "radio") setAttribute(shell.element, "role", "radiogroup");
  const ticks = keyedChildren(list, () =>
    makeOption(type, shell.id, (option, on) => {
      draft.typed(take(draft.value(), option, on));
      shell.tell(null);
      changed();
    }),
  );
  return {
    element: shell.element,
    update(next, context) {
      [field, words] = [next, context.words];
      draft.given(field.value ?? empty);
      const offered = options(field, words);
      ticks.update(uniqueKeys(offered.map(({ value }) => String(value))), offered, (option) => has(draft.value(), option));
      setAttribute(list, "data-few", offered.every(({ label, note }) => label.length < 16 && !note) ? "true" : null);
      shell.update(field, words);
    },
    value: () => draft.value(),
    sent: () => draft.sent(),
    check(whole = true) {
      const value = draft.value();
      const missing = whole && field.required && (value === null || value.length === 0);
      if (missing) shell.tell(reasonWords(["needed", {}], words));
      return !missing;
    },
    focus: () => (list.querySelector(":checked") ?? list.querySelector("input"))?.focus(),
    destroy: () => ticks.destroy(),
  };
}

const offered = (field) => field.options;
const one = { empty: null, take: (_value, option) => option, has: (value, option) => value === option };

const several = {
  empty: [],
  // in the order of the options, whatever the order of the ticks
  take: (value, option, on) => (on ? [...value, option] : value.filter((other) => other !== option)),
  has: (value, option) => value.includes(option),
  options: offered,
};

const answers = (_field, words) => [{ value: true, label: words.yes }, { value: false, label: words.no }];

export const makers = {
  choice: (changed) => makeTicks("radio", { ...one, options: offered }, changed),
  choices: (changed) => makeTicks("checkbox", several, changed),
  yes_no: (changed) => makeTicks("radio", { ...one, options: answers }, changed),
};
