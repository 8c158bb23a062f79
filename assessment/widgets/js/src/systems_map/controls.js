// A labelled control for each field: the same in the inspector and, compact, in the cells of the table.
import { element, listen, setAttribute, setText } from "../elements.js";
import { makeChooser } from "./chooser.js";
import {
  LONGEST_TEXT, LONGEST_WORD, common, formalByNature, optionsOf, readField, writeField,
} from "./fields.js";
import { nameOf } from "./names.js";

const MOST_BARS = 3;
const COMPACT = { sign: makeMenu, flag: makeMenu, share: makeText, steps: makeText, people: makeText };
const ROOMY = { sign: makeSegments, flag: makeSegments, share: makeShare, steps: makeSteps, people: makePeople };

/** Where a text field does not grow with its text by itself, its lines are reckoned at so many characters. */
const GROWS = globalThis.CSS?.supports?.("field-sizing", "content");
const LINE = 26;

let made = 0;

/**
 * The control of a field. `change(value)` is called with what people set (null takes the key away).
 * `compact` leaves out the visible label: `update` is then given the name of what the row is about. `hint` stands in an
 * empty field with a list.
 * Returns { element, update(subjects, name), focus(), destroy() }; `subjects` are the values of one or of several.
 */
export function makeControl(field, editor, change, { compact = false, hint = null } = {}) {
  const make = (compact ? COMPACT : ROOMY)[field.type] ?? { word: makeWord, element: makeWord }[field.type] ?? makeText;
  return make({ field, editor, change, compact, hint, id: `ap-field-${++made}` });
}

/** Around a control: its label above, what is wrong with it below. */
function makeFrame({ field, editor, compact, id }, control, input) {
  const fault = element("span", { class: "ap-field-fault", id: `${id}-fault`, text: "" });
  const note = element("span", { class: "ap-note", id: `${id}-note`, text: "" });
  const parts = compact ? [control, fault] : [control, note, fault];
  const block = element("div", { class: compact ? "ap-cell-field" : "ap-field" });
  if (!compact) block.append(element("label", { class: "ap-label", for: id, text: editor.say(`field_${field.key}`) }));
  block.append(...parts);
  const describe = () => {
    const told = [note, fault].filter((part) => part.isConnected && !part.hidden).map((part) => part.id);
    setAttribute(input, "aria-describedby", told.length > 0 ? told.join(" ") : null);
  };
  return {
    block,
    name(subject) {
      if (compact) setAttribute(input, "aria-label", editor.say("field_of", { field: editor.say(`field_${field.key}`), name: subject }));
    },
    note(text) {
      setText(note, text);
      describe();
    },
    fault(text) {
      if (text && text !== fault.textContent) editor.announce?.(text);
      setText(fault, text);
      setAttribute(input, "aria-invalid", text ? "true" : null);
      describe();
    },
  };
}

/** What was typed in a text: sets it, or says what is wrong; whether it holds. */
function take({ field, editor, change }, frame, text) {
  const read = readField(field, text, editor);
  frame.fault(read.fault ? editor.say(read.fault, read) : "");
  if (read.fault) return false;
  change(read.value);
  return true;
}

function makeText(of) {
  const { field, editor, compact, id } = of;
  const long = field.type === "long" || field.type === "text";
  const most = { text: LONGEST_TEXT, long: LONGEST_TEXT, rank: LONGEST_WORD }[field.type];
  const attributes = { id, class: "ap-input", autocomplete: "off", maxlength: most, dir: "auto" };
  const input = long
    ? element("textarea", { ...attributes, rows: compact ? 1 : field.type === "long" ? 3 : 1 })
    : element("input", { ...attributes, type: "text", inputmode: { share: "decimal", steps: "numeric" }[field.type] });
  const frame = makeFrame(of, input, input);
  const keep = keepTyped(input, (text) => take(of, frame, text), () => frame.fault(""), field.type !== "long");
  return {
    element: frame.block,
    update(subjects, name) {
      const { value, mixed } = common(subjects, field.key);
      frame.name(name);
      if (field.type === "rank") frame.note(compact ? "" : editor.say("field_rank_note"));
      setAttribute(input, "placeholder", compact ? "–" : editor.say(mixed ? "field_mixed" : "field_unknown"));
      keep.show(writeField(field, value, editor), () => frame.fault(""));
      if (long && !GROWS) input.rows = Math.min(5, Math.max(1, Math.ceil(input.value.length / LINE)));
    },
    focus: () => input.focus(),
    destroy: keep.destroy,
  };
}

/** A text field that gives what was typed when one leaves it or presses Enter, and goes back with Escape. */
function keepTyped(input, enter, back, enters = true) {
  let shown = "";
  const done = () => {
    if (input.value !== shown && enter(input.value)) input.value = shown; // as the map writes it
  };
  const stops = [
    listen(input, "blur", done),
    listen(input, "keydown", (event) => {
      if (event.key === "Enter" && enters && !event.isComposing) {
        event.preventDefault();
        done();
      } else if (event.key === "Escape" && input.value !== shown) {
        event.stopPropagation();
        input.value = shown;
        back();
      }
    }),
  ];
  return {
    show(text, fresh) {
      if (text === shown && input.value !== shown) return; // being typed, or wrong and said to be
      const typing = input.matches(":focus") && input.value !== shown;
      shown = text;
      if (typing) return;
      fresh();
      if (input.value !== text) input.value = text;
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}

function makeWord(of) {
  const { field, editor, compact, hint, id } = of;
  const strict = field.type === "element";
  const label = editor.say(`field_${field.key}`);
  const chooser = makeChooser({
    id,
    strict,
    echo: compact,
    options: () => optionsOf(field, editor),
    label: () => editor.say("field_options", { field: label }),
    unknown: field.needed ? null : () => editor.say("field_unknown"),
    noMatch: (text) => editor.say(strict ? "field_no_match" : "field_own_match", { text }),
    enter: (text) => take(of, frame, text),
    back: () => frame.fault(""),
  });
  const frame = makeFrame(of, chooser.element, chooser.input);
  setAttribute(chooser.input, "maxlength", strict ? null : LONGEST_WORD);
  setAttribute(chooser.input, "dir", "auto");
  let shown = "";
  return {
    element: frame.block,
    update(subjects, name) {
      const { value, mixed } = common(subjects, field.key);
      frame.name(name);
      setAttribute(chooser.input, "placeholder", compact ? "–" : (hint ?? editor.say(mixed ? "field_mixed" : "field_unknown")));
      const text = writeField(field, value, editor);
      if (text !== shown) frame.fault("");
      shown = text;
      chooser.show(text);
    },
    focus: () => chooser.input.focus(),
    destroy: chooser.destroy,
  };
}

/** The choices of a sign or of what may be official: [{value, label, short, mark}]. */
function choicesOf(field, editor, subjects) {
  if (field.type === "sign") {
    return [["+", "same", "+"], ["-", "opposite", "−"], [null, "unknown", "?"]].map(([value, name, mark]) => ({
      value, mark, label: editor.say(`field_sign_${name}`), short: editor.say(`field_sign_${name}_short`),
    }));
  }
  const natures = new Set(subjects.map((subject) => formalByNature(subject, editor.offers)));
  const nature = natures.size === 1 ? editor.say([...natures][0] ? "field_by_nature_yes" : "field_by_nature_no") : editor.say("field_unknown");
  return [
    { value: null, label: nature, short: nature },
    { value: true, label: editor.say("field_yes"), short: editor.say("field_yes") },
    { value: false, label: editor.say("field_no"), short: editor.say("field_no") },
  ];
}

/** A select for the cells of the table. */
function makeMenu(of) {
  const { field, editor, change, id } = of;
  const select = element("select", { id, class: "ap-select" });
  const frame = makeFrame(of, element("span", { class: "ap-select-frame" }, select), select);
  let choices = [];
  const stop = listen(select, "change", () => change(choices[select.selectedIndex].value));
  return {
    element: frame.block,
    update(subjects, name) {
      const { value } = common(subjects, field.key);
      const texts = choices.map(({ label }) => label).join("\n");
      choices = choicesOf(field, editor, subjects);
      frame.name(name);
      if (choices.map(({ label }) => label).join("\n") !== texts) {
        select.replaceChildren(...choices.map(({ label, short, mark }) => element("option", { text: mark ? `${mark} ${short}` : label })));
      }
      select.selectedIndex = choices.findIndex((choice) => choice.value === value);
      setAttribute(select, "data-said", value === null ? null : "true");
    },
    focus: () => select.focus(),
    destroy: stop,
  };
}

/** Radio buttons side by side; `faces` are their contents. */
function makeRadios(id, legend, faces, choose) {
  const radios = faces.map((_, index) => element("input", { type: "radio", name: id, value: index, class: "ap-segment-radio" }));
  const labels = faces.map((face, index) => element("label", { class: "ap-segment" }, radios[index], face));
  const row = element("div", { class: "ap-segments" }, ...labels);
  const block = element("fieldset", { class: "ap-field ap-fieldset" }, element("legend", { class: "ap-label", text: legend }), row);
  const stop = listen(row, "change", ({ target }) => radios.includes(target) && choose(Number(target.value)));
  return {
    block,
    labels,
    show: (chosen) => radios.forEach((radio, index) => (radio.checked = index === chosen)),
    focus: () => (radios.find(({ checked }) => checked) ?? radios[0]).focus(),
    destroy: stop,
  };
}

/** What stands on a radio button: a mark, if it has one, and its words. */
function makeFace() {
  const mark = element("span", { class: "ap-segment-mark" });
  const words = element("span");
  return {
    element: element("span", { class: "ap-segment-face" }, mark, words),
    show(choice) {
      setText(mark, choice.mark);
      setText(words, choice.short);
    },
  };
}

/** The sign, or whether a relation is official, as radio buttons side by side. */
function makeSegments({ field, editor, change, id }) {
  const faces = [makeFace(), makeFace(), makeFace()];
  let choices = [];
  const contents = faces.map((face) => face.element);
  const radios = makeRadios(id, editor.say(`field_${field.key}`), contents, (index) => change(choices[index].value));
  const note = element("p", { class: "ap-note", text: "" });
  radios.block.append(note);
  setAttribute(radios.block, "data-field", field.key);
  return {
    element: radios.block,
    update(subjects) {
      const { value, mixed } = common(subjects, field.key);
      choices = choicesOf(field, editor, subjects);
      faces.forEach((face, index) => face.show(choices[index]));
      radios.show(mixed ? -1 : choices.findIndex((choice) => choice.value === value));
      setText(note, mixed ? editor.say("field_mixed") : field.type === "sign" ? signMeans(subjects, value, editor) : "");
    },
    focus: radios.focus,
    destroy: radios.destroy,
  };
}

/** What a sign says of these two, in a sentence; only for one tie. */
function signMeans(subjects, value, editor) {
  if (subjects.length !== 1) return "";
  const name = (id) => nameOf(editor.find(id)?.value, editor);
  const word = { "+": "same", "-": "opposite" }[value] ?? "unknown";
  return editor.say(`field_sign_${word}_means`, { source: name(subjects[0].source), target: name(subjects[0].target) });
}

/** A delay: none, one, two steps, or more with their number; drawn with the bars that the map draws. */
function makeSteps(of) {
  const { field, editor, change, id } = of;
  const faces = [0, 1, 2, MOST_BARS].map((steps) => stepsFace(steps, editor));
  const radios = makeRadios(id, editor.say(`field_${field.key}`), faces, (index) => change(index === 0 ? null : index));
  const exact = makeText({ ...of, id: `${id}-exact`, field: { ...field, key: "delay" } });
  const label = exact.element.querySelector("label");
  setText(label, editor.say("field_delay_exact"));
  const note = element("p", { class: "ap-note", text: "" });
  radios.block.append(exact.element, note);
  return {
    element: radios.block,
    update(subjects) {
      const { value, mixed } = common(subjects, field.key);
      const steps = value ?? 0;
      radios.show(mixed ? -1 : Math.min(steps, MOST_BARS));
      exact.element.hidden = mixed || steps < MOST_BARS;
      exact.update(subjects);
      setText(note, mixed ? editor.say("field_mixed") : "");
    },
    focus: radios.focus,
    destroy() {
      radios.destroy();
      exact.destroy();
    },
  };
}

function stepsFace(steps, editor) {
  const words = steps === 0 ? "field_delay_none" : steps === MOST_BARS ? "field_delay_more" : null;
  const bars = element("span", { class: "ap-bars", "aria-hidden": "true" });
  bars.append(...Array.from({ length: steps }, () => element("span", { class: "ap-bar-mark" })));
  return element("span", { class: "ap-segment-face" },
    element("span", { "aria-hidden": "true", text: steps === MOST_BARS ? `${steps}+` : String(steps) }), bars,
    element("span", { class: "ap-only-read", text: words ? editor.say(words) : editor.count("field_delay_steps", steps) }));
}

/** A share: a slider with its number beside it; the slider is pale where nothing is said. */
function makeShare(of) {
  const { field, editor, change, id } = of;
  const label = editor.say(`field_${field.key}`);
  const range = element("input", { type: "range", class: "ap-range", min: 0, max: 1, step: 0.05, "aria-label": editor.say("field_slider", { field: label }) });
  const input = element("input", { id, class: "ap-input ap-number", type: "text", inputmode: "decimal", autocomplete: "off" });
  const frame = makeFrame(of, element("div", { class: "ap-share" }, range, input), input);
  const keep = keepTyped(input, (text) => take(of, frame, text), () => frame.fault(""));
  const show = (value, mixed) => {
    const text = writeField(field, value, editor);
    const unsaid = editor.say(mixed ? "field_mixed" : "field_unknown");
    setAttribute(range, "data-unsaid", value === null);
    setAttribute(range, "aria-valuetext", text || unsaid);
    range.style.setProperty("--ap-filled", `${(value ?? field.unsaid ?? 0) * 100}%`);
    setAttribute(input, "placeholder", "–");
    return text;
  };
  const stops = [
    listen(range, "input", () => (input.value = show(Number(range.value), false))),
    listen(range, "change", () => change(Number(range.value))),
  ];
  return {
    element: frame.block,
    update(subjects) {
      const { value, mixed } = common(subjects, field.key);
      const text = show(value, mixed);
      range.value = value ?? field.unsaid ?? 0;
      keep.show(text, () => frame.fault(""));
      frame.note(mixed ? editor.say("field_mixed") : value === null && field.unsaid === 1 ? editor.say("field_weight_unsaid") : "");
    },
    focus: () => input.focus(),
    destroy() {
      keep.destroy();
      stops.forEach((stop) => stop());
    },
  };
}

/** Who drew a tie: a tick for each participant of the map. */
function makePeople({ field, editor, change }) {
  const rows = element("div", { class: "ap-checks" });
  const note = element("p", { class: "ap-note", text: "" });
  const legend = element("legend", { class: "ap-label", text: editor.say(`field_${field.key}`) });
  const block = element("fieldset", { class: "ap-field ap-fieldset" }, legend, rows, note);
  const boxes = new Map();
  const stop = listen(rows, "change", () => {
    const ticked = [...boxes].filter(([, { box }]) => box.checked).map(([id]) => id);
    change(ticked.length > 0 ? ticked : null);
  });
  function make(person) {
    const box = element("input", { type: "checkbox", class: "ap-check" });
    const text = element("span", { dir: "auto" });
    return { box, text, row: element("label", { class: "ap-check-row" }, box, text) };
  }
  return {
    element: block,
    update(subjects) {
      const people = editor.document.participants ?? [];
      const { value, mixed } = common(subjects, field.key);
      for (const id of [...boxes.keys()]) if (!people.some((person) => person.id === id)) (boxes.get(id).row.remove(), boxes.delete(id));
      for (const person of people) {
        if (!boxes.has(person.id)) boxes.set(person.id, make(person));
        const { box, text, row } = boxes.get(person.id);
        if (!row.isConnected || row.parentNode !== rows) rows.append(row);
        setText(text, personName(person, editor));
        box.checked = (value ?? []).includes(person.id);
        box.indeterminate = mixed && subjects.some((subject) => subject[field.key]?.includes(person.id));
      }
      block.hidden = people.length === 0;
      setText(note, mixed ? editor.say("field_mixed") : "");
    },
    focus: () => rows.querySelector("input")?.focus(),
    destroy: stop,
  };
}

function personName({ id, role, unit }, { offers, say }) {
  const word = (name, value) => offers?.[name]?.find((one) => one.value === value)?.label ?? value;
  const note = [word("roles", role), word("units", unit)].filter(Boolean).join(", ");
  return note ? say("field_person", { id, note }) : id;
}
