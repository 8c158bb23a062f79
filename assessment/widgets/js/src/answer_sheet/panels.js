// The panels beside the desk: a number asked for, a sheet saved, two entries that differ, the sheets of this session.
import { element, listen, setText } from "../elements.js";
import { offersOf } from "./keying.js";
import { valueName } from "./words.js";

/** Asks for the number that is written on a paper. */
export function makeStart(say, begin) {
  const label = element("label", { class: "ap-start-label", for: "ap-serial" });
  const box = element("input", { class: "ap-serial", id: "ap-serial", type: "text", inputmode: "numeric", maxlength: "9", autocomplete: "off" });
  const go = element("button", { type: "submit", class: "ap-button" });
  const sign = element("p", { class: "ap-sign", "data-refused": "true" });
  const form = element("form", { class: "ap-panel ap-start" }, label, element("div", { class: "ap-tools" }, box, go), sign);
  listen(form, "submit", (event) => {
    event.preventDefault();
    sign.textContent = "";
    if (/^[1-9]\d*$/.test(box.value.trim())) begin(Number(box.value));
  });
  return {
    element: form,
    tell: (text) => (sign.textContent = text),
    word() {
      setText(label, say("serial_label"));
      setText(go, say("serial_start"));
    },
    focus() {
      box.value = "";
      sign.textContent = "";
      box.focus();
    },
  };
}

/** Says what became of a sheet: its number, large; or why it is not saved yet. */
export function makeSaved(say, { next, retry }) {
  const words = element("p", { class: "ap-saved-title" });
  const number = element("p", { class: "ap-saved-number" });
  const hint = element("p", { class: "ap-statement" });
  const more = element("p", { class: "ap-hint" });
  const again = element("button", { type: "button", class: "ap-button" });
  const on = element("button", { type: "button", class: "ap-button" });
  const panel = element("section", { class: "ap-panel ap-saved" }, words, number, hint, more, element("div", { class: "ap-tools" }, again, on));
  let entry = null;
  listen(again, "click", () => retry(entry));
  listen(on, "click", next);

  function show(shown) {
    entry = shown;
    const kept = entry.status === "kept";
    const first = entry.kind === "keep";
    const done = { keep: say("saved_title"), correct: say(entry.settled ? "settled" : "corrected", entry), compare: say("same") }[entry.kind];
    panel.dataset.status = entry.status;
    setText(words, kept ? done : say(entry.status === "saving" ? "saving" : "failed"));
    setText(number, kept && first ? String(entry.serial) : "");
    setText(hint, kept ? (first ? say("saved_hint") : "") : entry.reason);
    setText(more, kept ? shareOf(entry) : "");
    setText(again, entry.status === "failed" ? say("retry") : "");
    setText(on, entry.status === "saving" ? "" : say("next_sheet"));
    return [words, number, hint, more].map((part) => part.textContent).filter(Boolean).join(" ");
  }

  function shareOf({ compared, differing }) {
    if (!compared) return "";
    return say("share", { differing, compared, share: (Math.round((differing / compared) * 1000) / 10).toLocaleString(document.documentElement.lang || undefined) });
  }

  return { element: panel, show, word: () => entry && show(entry), focus: () => (entry.status === "failed" ? again : on).focus({ preventScroll: true }) };
}

/** Two entries that differ, one line after the other: 1 or 2, by the paper. */
export function makeDifferences(say, settled, leave) {
  const title = element("h2", { class: "ap-end" });
  const where = element("p", { class: "ap-where" });
  const line = element("p", { class: "ap-statement" });
  const first = choiceButton("1");
  const second = choiceButton("2");
  const pair = element("div", { class: "ap-answers ap-answers-many" }, first.element, second.element);
  const away = element("button", { type: "button", class: "ap-button ap-button-quiet" });
  const panel = element("section", { class: "ap-panel ap-differences", tabindex: "-1" }, title, where, line, pair, away);
  let state = null;

  const choose = (side) => {
    const { found, at, values } = state;
    const chosen = found[at][side];
    if (chosen === null || chosen === undefined) delete values[found[at].name];
    else values[found[at].name] = chosen;
    state.at += 1;
    if (state.at === found.length) return settled(state.entry, values);
    draw();
  };
  listen(first.element, "click", () => choose("first"));
  listen(second.element, "click", () => choose("second"));
  listen(away, "click", leave);
  listen(panel, "keydown", (event) => {
    const digit = event.key === "1" || event.key === "2" ? event.key : event.code?.match(/^(?:Digit|Numpad)([12])$/)?.[1];
    if (!digit || event.ctrlKey || event.metaKey || event.altKey || pair.hidden) return;
    event.preventDefault();
    choose(digit === "1" ? "first" : "second");
  });

  function draw() {
    const { plan, entry, found, at } = state;
    const { name, first: one, second: other } = found[at];
    const steps = plan.forms.find(({ key }) => key === entry.sheet.form).steps;
    const step = steps.find(({ id }) => id === name);
    pair.hidden = !step;
    setText(title, say("differ"));
    setText(where, step ? say("differ_of", { number: at + 1, count: found.length }) : "");
    setText(line, step ? [step.number, step.text].filter(Boolean).join(". ") : say("differ_form"));
    if (step) {
      first.show(say("first"), valueName(plan, say, step, one), keyOf(plan, step, one));
      second.show(say("second"), valueName(plan, say, step, other), keyOf(plan, step, other));
    }
    setText(away, say("cancel"));
    return `${title.textContent} ${line.textContent} ${first.element.textContent}. ${second.element.textContent}.`;
  }

  return {
    element: panel,
    show(plan, entry, found) {
      state = { plan, entry, found, at: 0, values: { ...entry.sheet.values } };
      return draw();
    },
    word(plan) {
      state.plan = plan;
      draw();
    },
    focus: () => (pair.hidden ? away : first.element).focus({ preventScroll: true }),
  };
}

function keyOf(plan, step, value) {
  return offersOf(plan, step).find((one) => one.value === value)?.key ?? "";
}

function choiceButton(key) {
  const who = element("span", { class: "ap-which" });
  const what = element("span", {});
  const button = element("button", { type: "button", class: "ap-answer" }, element("kbd", { class: "ap-key", text: key }), element("span", { class: "ap-pair" }, who, what));
  return {
    element: button,
    show(name, value, number) {
      setText(who, name);
      setText(what, number && number !== value ? `${number} · ${value}` : value);
    },
  };
}

/** The sheets of this session, the last one first. */
export function makeSheets(say, { correct, drop, restore, retry }) {
  const title = element("h2", { class: "ap-side-title" });
  const empty = element("p", { class: "ap-hint" });
  const list = element("ul", { class: "ap-sheets" });
  const act = (word, entry, work, told = word) => {
    const button = element("button", { type: "button", class: "ap-link", text: say(word), "aria-label": say(told, entry) });
    listen(button, "click", () => work(entry));
    return button;
  };

  function row(plan, entry) {
    const lines = Object.keys(entry.sheet.values).length;
    const name = entry.serial ? String(entry.serial) : "…";
    const state = { failed: say("list_failed"), dropped: say("list_dropped"), saving: say("saving"), kept: say("list_answers", { count: lines }) }[entry.status];
    const acts = { failed: [act("retry", entry, retry)], dropped: [act("list_restore", entry, restore, "restore_this")], saving: [], kept: [act("list_correct", entry, correct, "correct_this"), act("list_drop", entry, drop, "drop_this")] }[entry.status];
    return element("li", { class: "ap-sheet-row", "data-status": entry.status },
      element("span", { class: "ap-sheet-number", text: name }),
      element("span", { class: "ap-sheet-words", text: `${plan.forms.find(({ key }) => key === entry.sheet.form)?.title ?? ""} · ${state}` }),
      element("span", { class: "ap-sheet-acts" }, ...acts));
  }

  return {
    element: element("section", {}, title, empty, list),
    show(plan, sheets) {
      setText(title, say("list"));
      setText(empty, sheets.length ? "" : say("list_empty"));
      list.replaceChildren(...sheets.map((entry) => row(plan, entry)));
      list.hidden = sheets.length === 0;
    },
  };
}
