// What would follow if something were pushed or held: sliders, the run on the map step by step, its chart.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { highlightingOf } from "./highlighting.js";
import { makePlayer } from "./player.js";
import { makeQuestion, matters } from "./question.js";
import { freed, held, isNothing, lastStep, NOTHING, pruned, pushable, pushed, fillsAt } from "./scenario_state.js";
import { makeTrajectories, signed } from "./trajectories.js";
import { untilSettled } from "./trajectory_lines.js";

const STEPS = 40; // a run that has not settled by then is read no better later
const MANY = 10; // elements from which on a field to find one is worth its place

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The elements whose name holds these words, accents and capitals aside, and those already moved. Pure. */
export function sought(elements, words, { push, hold }) {
  const wanted = plain(words.trim());
  return elements.filter(({ id, label }) => plain(label).includes(wanted) || id in push || id in hold);
}

/** The panel of scenarios. */
export function makeScenario(editor, canvas) {
  const parts = skeleton();
  const rows = keyedChildren(parts.list, (id) => makeRow(editor, id, change));
  const chart = makeTrajectories(editor);
  const player = makePlayer(editor, showStep);
  parts.result.append(chart.element, parts.note);
  parts.element.insertBefore(player.element, parts.result);
  let state = NOTHING;
  let answer = null;
  let slow = false;
  let playing = false;
  let stale = false;

  const shown = () => editor.view.panel === "scenario";
  const question = makeQuestion(editor, {
    answered: take,
    refused: (faults) => setText(parts.refusal, faults.map(({ text }) => text).join(" ")),
    busy: (yes) => slow !== yes && ((slow = yes), draw()),
  });

  function take(next, values) {
    answer = { ...next, concepts: untilSettled(next.concepts), moved: Object.keys({ ...values.push, ...values.hold }) };
    highlightingOf(canvas).drop();
    setText(parts.refusal, "");
    chart.update(answer, 0);
    player.load(lastStep(answer.concepts), playing);
    editor.announce(answer.sentence);
    draw();
  }

  function showStep(step) {
    if (!answer || !shown()) return;
    canvas.values(fillsAt(answer.concepts, step));
    chart.update(answer, step);
  }

  /** `rest`: the slider was let go, so the run may play. */
  function change(next, rest) {
    state = next(state);
    playing = rest;
    ask("soon");
    draw();
  }

  function ask(way) {
    if (isNothing(state)) return stop();
    if (!shown()) return void (stale = true);
    stale = false;
    return question[way]("scenario", { ...state, steps: STEPS });
  }

  function stop() {
    question.cancel();
    answer = null;
    player.load(0, false);
    chart.update(null, 0);
    canvas.values(null);
  }

  function reset() {
    state = NOTHING;
    setText(parts.refusal, "");
    stop();
    draw();
    parts.list.querySelector("input")?.focus();
    editor.announce(editor.say("scenario_reset_done"));
  }

  /** Brings the panel up to date while it is seen: a large map pays nothing for it otherwise. */
  function draw() {
    if (!shown()) return;
    const elements = pushable(editor.document);
    const found = sought(elements, parts.search.value, state);
    const linked = elements.some((one) => one.linked);
    setText(parts.heading, editor.say("scenario_title"));
    setText(parts.intro, linked ? editor.say("scenario_intro") : "");
    setText(parts.empty, linked ? "" : editor.say("scenario_empty"));
    setText(parts.searchLabel, editor.say("scenario_search"));
    parts.searchField.hidden = !linked || elements.length <= MANY;
    rows.update(linked ? found.map(({ id }) => id) : [], found, state);
    parts.list.hidden = !linked || found.length === 0;
    setText(parts.none, linked && found.length === 0 ? editor.say("scenario_none_found") : "");
    parts.reset.textContent = editor.say("scenario_reset");
    parts.reset.hidden = isNothing(state);
    setText(parts.busy, slow ? editor.say("scenario_busy") : "");
    setText(parts.note, answer ? answer.note : "");
    player.element.hidden = !answer;
    parts.result.hidden = !answer;
  }

  function follow(changes) {
    const left = pruned(state, editor.document);
    const same = JSON.stringify(left) === JSON.stringify(state);
    if (!same) state = left;
    if (matters(changes)) {
      playing = false;
      ask("soon");
    }
    draw();
  }

  /** The map shows a run only while this panel does. */
  function look() {
    if (!shown()) {
      player.pause();
      if (answer) canvas.values(null);
    } else if (stale) ask("now");
    else if (answer) showStep(player.step());
  }

  let wasShown = shown();
  const offs = [
    editor.on("document", follow),
    editor.on("view", () => {
      if (wasShown === shown()) return;
      wasShown = shown();
      look();
      draw();
    }),
    editor.on("words", () => {
      chart.relabel();
      player.relabel();
      draw();
      ask("now");
    }),
    listen(parts.reset, "click", reset),
    listen(parts.search, "input", draw),
  ];
  draw();
  return {
    element: parts.element,
    destroy() {
      for (const off of offs) off();
      question.destroy();
      player.destroy();
      chart.destroy();
      rows.destroy();
    },
  };
}

function skeleton() {
  const heading = element("h3", { class: "ap-panel-title" });
  const intro = element("p", { class: "ap-note" });
  const empty = element("p", { class: "ap-panel-empty" });
  const searchLabel = element("span", { class: "ap-label" });
  const search = element("input", { type: "search", class: "ap-input", autocomplete: "off" });
  const searchField = element("label", { class: "ap-field" }, searchLabel, search);
  const list = element("ul", { class: "ap-scenario-list" });
  const none = element("p", { class: "ap-note" });
  const reset = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" });
  const busy = element("p", { class: "ap-note ap-busy-note", role: "status" });
  const refusal = element("p", { class: "ap-refusal", role: "status" });
  const note = element("p", { class: "ap-note" });
  const result = element("div", { class: "ap-scenario-result" });
  const whole = element(
    "div", { class: "ap-scenario" }, heading, intro, empty, searchField, list, none, reset, busy, refusal, result,
  );
  return { element: whole, heading, intro, empty, searchLabel, search, searchField, list, none, reset, busy, refusal, note, result };
}

/** One element: a slider that pushes it, or holds it where "hold" is pressed. */
function makeRow(editor, id, change) {
  const name = element("span", { class: "ap-scenario-name" });
  const value = element("output", { class: "ap-scenario-value" });
  const slider = element("input", { type: "range", class: "ap-slider" });
  const hold = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" });
  const free = element("button", { type: "button", class: "ap-button-bare" });
  free.append("×");
  const words = element("label", { class: "ap-scenario-label" }, name, slider);
  const row = element("li", { class: "ap-scenario-row" }, words, value, hold, free);
  let isHeld = false;
  const move = (rest) => {
    const at = Number(slider.value);
    change((state) => (isHeld ? held(state, id, at) : pushed(state, id, at)), rest);
  };
  const stops = [
    listen(slider, "input", () => move(false)),
    listen(slider, "change", () => move(true)),
    listen(hold, "click", () => change((state) => (isHeld ? freed(state, id) : held(state, id, held01(state, id))), true)),
    listen(free, "click", () => {
      change((state) => freed(state, id), true);
      slider.focus();
    }),
  ];
  return {
    element: row,
    update({ label }, { push, hold: holds }) {
      isHeld = id in holds;
      const at = isHeld ? holds[id] : (push[id] ?? 0);
      const range = isHeld ? { min: 0, max: 1, step: 0.05 } : { min: -1, max: 1, step: 0.1 };
      for (const [key, wanted] of Object.entries(range)) setAttribute(slider, key, wanted);
      if (Number(slider.value) !== at) slider.value = String(at);
      slider.style.setProperty("--ap-from", isHeld ? "0%" : `${Math.min(50, 50 + at * 50)}%`);
      slider.style.setProperty("--ap-to", isHeld ? `${at * 100}%` : `${Math.max(50, 50 + at * 50)}%`);
      const text = signed(at, editor.language);
      const told = isHeld ? text.replace("+", "") : text;
      setText(name, label);
      value.textContent = isHeld ? editor.say("scenario_held_at", { value: told }) : told;
      setAttribute(slider, "aria-valuetext", editor.say(isHeld ? "scenario_held_told" : "scenario_pushed_told", { value: told }));
      setAttribute(row, "data-moved", isHeld || at !== 0);
      hold.textContent = editor.say("scenario_hold");
      setAttribute(hold, "aria-pressed", String(isHeld));
      setAttribute(hold, "aria-label", editor.say("scenario_hold_of", { label }));
      setAttribute(free, "aria-label", editor.say("scenario_free", { label }));
      setAttribute(free, "title", editor.say("scenario_free", { label }));
      free.style.visibility = isHeld || at !== 0 ? "visible" : "hidden";
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}

/** Where an element is first held: as high or as low as it was pushed, in the middle otherwise. */
const held01 = ({ push }, id) => 0.5 + (push[id] ?? 0) / 2;
