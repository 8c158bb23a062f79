// The chart of a scenario: a line a concept, how far it departs from what would be without (dashed), its label at its
// end; a table beside it. Departures alone may be read of such a run, so they alone are drawn.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { makeReadingTable, tokenColour } from "./reading_view.js";
import { chartOf, departures, leading, nearest, STILL } from "./trajectory_lines.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 264;

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A value of a state in a language's figures: three decimals, as departures are often small. Pure. */
export function stateText(value, language) {
  if (!Number.isFinite(value)) return "–";
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value);
}

/** A difference with its sign and two figures: its direction is what may be read, so it never rounds away. Pure. */
export function signed(value, language) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size < STILL) return "0";
  const text = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(size);
  return `${value > 0 ? "+" : "−"}${text}`;
}

/** The rows of the table: [label, without, with, difference], those that change most first. Pure. */
export function rowsOf(concepts, language) {
  const order = [...concepts].sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
  return order.map(({ label, baseline, scenario, difference }) => [
    label, stateText(baseline.at(-1), language), stateText(scenario.at(-1), language), signed(difference, language),
  ]);
}

/** The chart; `update({concepts, sentence, moved}, step)` draws it, with a mark at this step. */
export function makeTrajectories(editor) {
  const title = element("h4", { class: "ap-trajectory-title" });
  const lines = drawn("g", {});
  const cursor = drawn("line", { class: "ap-trajectory-cursor" });
  const axis = drawn("g", { class: "ap-trajectory-axis" });
  const svg = drawn("svg", { class: "ap-trajectory-svg", role: "img" }, axis, cursor, lines);
  const frame = element("div", { class: "ap-trajectory-frame" }, svg);
  const readout = element("p", { class: "ap-note ap-trajectory-readout" });
  const key = element("p", { class: "ap-note ap-trajectory-key" });
  const chooser = makeChooser(editor, pick, emphasise);
  const table = makeReadingTable(editor);
  const whole = element("div", { class: "ap-trajectories" }, title, frame, readout, key, chooser.element, table.element);
  let answer = null;
  let picked = null;
  let chart = null;
  let step = 0;
  let pointed = null;

  const shownIds = () => {
    const there = (picked ?? []).filter((id) => answer.concepts.some((one) => one.id === id));
    return picked ? there : leading(answer.concepts, answer.moved);
  };

  function pick(id, yes) {
    const now = shownIds().filter((one) => one !== id);
    picked = yes ? [...now, id] : now;
    draw();
  }

  function emphasise(id) {
    pointed = id ? { id, step } : null;
    point();
  }

  function draw() {
    const width = Math.floor(frame.clientWidth);
    const ids = shownIds();
    chooser.update(answer.concepts, ids);
    if (width === 0) return; // hidden: drawn when it is seen
    const shown = ids.map((id) => answer.concepts.find((one) => one.id === id));
    chart = chartOf(shown, width, HEIGHT);
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT })) {
      setAttribute(svg, name, value);
    }
    lines.replaceChildren(...chart.lines.map((line, index) => drawnLine(line, chart.labels.find(({ id }) => id === line.id), index)));
    axis.replaceChildren(...drawnAxis(chart, editor));
    point();
  }

  function point() {
    if (!chart) return;
    const at = chart.x(Math.min(pointed?.step ?? step, chart.steps));
    const { top, bottom } = chart.plot;
    for (const [name, value] of Object.entries({ x1: at, x2: at, y1: top, y2: bottom })) setAttribute(cursor, name, value);
    for (const line of lines.children) {
      line.classList.toggle("ap-dimmed", pointed !== null && line.dataset.id !== pointed.id);
    }
    readout.textContent = readoutText();
  }

  function readoutText() {
    const one = pointed && answer.concepts.find(({ id }) => id === pointed.id);
    if (!one) return editor.say("scenario_hover");
    const at = (values) => stateText(values[Math.min(pointed.step, values.length - 1)], editor.language);
    const run = departures(one);
    const difference = signed(run[Math.min(pointed.step, run.length - 1)], editor.language);
    const values = { label: one.label, step: pointed.step, difference, with: at(one.scenario), without: at(one.baseline) };
    return editor.say("scenario_readout", values);
  }

  function relabel() {
    setText(title, answer.sentence);
    setAttribute(svg, "aria-label", editor.say("scenario_chart_alt", { sentence: answer.sentence ?? "" }));
    setText(key, editor.say("scenario_key"));
    chooser.relabel(answer.concepts.length);
    const columns = ["concept", "without", "with", "difference"].map((name, index) => (
      { label: editor.say(`scenario_column_${name}`), numeric: index > 0 }
    ));
    table.update({ caption: editor.say("scenario_table"), columns, rows: rowsOf(answer.concepts, editor.language) });
  }

  const stops = [
    listen(svg, "pointermove", (event) => {
      if (!chart) return;
      const box = svg.getBoundingClientRect();
      pointed = nearest(chart, { x: event.clientX - box.x, y: event.clientY - box.y });
      point();
    }),
    listen(svg, "pointerleave", () => emphasise(null)),
  ];
  const resized = new ResizeObserver(() => answer && draw());
  resized.observe(frame);
  return {
    element: whole,
    update(next, at) {
      whole.hidden = !next;
      if (!next) return (answer = chart = null);
      step = at;
      if (next === answer) return point();
      answer = next;
      relabel();
      return draw();
    },
    relabel: () => answer && (relabel(), draw()),
    destroy() {
      for (const stop of stops) stop();
      resized.disconnect();
      chooser.destroy();
    },
  };
}

function drawnLine({ id, colour, path, label }, place, index) {
  const paint = tokenColour(colour);
  const group = drawn("g", { class: "ap-trajectory", "data-id": id });
  group.style.setProperty("--ap-line-colour", paint);
  group.append(drawn("path", { class: "ap-trajectory-line", d: path }));
  if (!place) return group;
  const [x, y] = place.from;
  group.append(endMark(index, x, y));
  group.append(drawn("path", { class: "ap-trajectory-leader", d: `M${x + 6} ${y}L${place.x - 3} ${place.y}` }));
  const text = drawn("text", { x: place.x, y: place.y, class: "ap-trajectory-label" }, ...place.lines.map((words, row) => {
    const first = `${0.32 - (place.lines.length - 1) * 0.575}em`;
    const line = drawn("tspan", { x: place.x, dy: row === 0 ? first : "1.15em" });
    line.textContent = words;
    return line;
  }));
  const full = drawn("title", {});
  full.textContent = label;
  group.append(text, full);
  return group;
}

const MARKS = ["M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0", "M-3 -3h6v6h-6z", "M0 -4.4l4.4 4.4l-4.4 4.4l-4.4 -4.4z", "M0 -4.2l4 7h-8z"];

/** The mark at a line's end: four shapes, so that neighbours differ by more than colour. */
function endMark(index, x, y) {
  return drawn("path", { class: "ap-trajectory-end", d: MARKS[index % MARKS.length], transform: `translate(${x} ${y})` });
}

function drawnAxis({ plot, steps, zero, x }, editor) {
  const bottom = plot.bottom + 16;
  const text = (at, anchor, words) => {
    const made = drawn("text", { x: at, y: bottom, "text-anchor": anchor });
    made.textContent = words;
    return made;
  };
  const line = drawn("line", { x1: plot.left, x2: plot.right, y1: plot.bottom, y2: plot.bottom });
  const without = drawn("line", { class: "ap-trajectory-base", x1: plot.left, x2: plot.right, y1: zero, y2: zero });
  const last = text(x(steps), "end", editor.say("scenario_axis_end", { count: steps }));
  return [line, without, text(plot.left, "start", editor.say("scenario_axis_start")), last];
}

/** Which concepts have a line: a folded list of boxes to tick; pointing at one brings its line forward. */
function makeChooser(editor, pick, emphasise) {
  const label = element("span", {});
  const list = element("ul", { class: "ap-trajectory-choices" });
  const whole = element("details", { class: "ap-unfold" }, element("summary", { class: "ap-unfold-summary" }, label), list);
  const parts = keyedChildren(list, (id) => makeChoice(id, pick, emphasise));
  return {
    element: whole,
    relabel: (count) => {
      setText(label, editor.say("scenario_choose"));
      whole.hidden = count < 2;
    },
    update(concepts, ids) {
      const order = [...concepts].sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
      parts.update(order.map(({ id }) => id), order, ids, editor.language);
    },
    destroy: () => parts.destroy(),
  };
}

function makeChoice(id, pick, emphasise) {
  const box = element("input", { type: "checkbox", class: "ap-check" });
  const name = element("span", { class: "ap-trajectory-choice-name" });
  const value = element("span", { class: "ap-trajectory-choice-value" });
  const row = element("label", { class: "ap-trajectory-choice" }, box, name, value);
  const stops = [
    listen(box, "change", () => pick(id, box.checked)),
    listen(box, "focus", () => emphasise(id)),
    listen(box, "blur", () => emphasise(null)),
    listen(row, "pointerenter", () => emphasise(id)),
    listen(row, "pointerleave", () => emphasise(null)),
  ];
  return {
    element: element("li", {}, row),
    update({ label, difference }, ids, language) {
      box.checked = ids.includes(id);
      setText(name, label);
      setText(value, signed(difference, language));
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}
