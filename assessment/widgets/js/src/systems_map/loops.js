// The loops of the map: found while it is drawn, shown with their direction, told, named.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { highlightingOf } from "./highlighting.js";
import { counted, givenName, KINDS, kindOf, labelsOf, loopKey, naming, newLoops, shortLabel } from "./loop_story.js";
import { makeQuestion, matters } from "./question.js";

/** How long a new loop is marked as new, in milliseconds. */
const NEW = 8000;

/** More new loops at once are announced by their number. */
const FEW = 3;

/** The letters of Python's badges: R1, B2, ?3. */
const LETTERS = { reinforcing: "R", balancing: "B", unknown: "?" };

let made = 0;

/** The loops that are shown: those of the kind chosen. Pure. */
export function shownLoops(loops, kind) {
  return kind === "all" ? loops : loops.filter((loop) => kindOf(loop) === kind);
}

/** A loop's title: its name, Python's title, or its elements one after the other. Pure. */
export function titleOf(document, loop) {
  const given = givenName(document, loop)?.name;
  if (given) return shortLabel(given);
  const labels = labelsOf(document);
  return shortLabel(loop.title) || loop.nodes.map((id) => labels.get(id) ?? shortLabel(id)).join(" → ");
}

/** The panel of loops. */
export function makeLoops(editor, canvas) {
  const panel = skeleton();
  const rows = keyedChildren(panel.list, (key) => makeRow(editor, key, toggle));
  const highlighting = highlightingOf(canvas);
  const owner = { lost: () => open !== null && ((open = null), draw()) };
  const news = new Map();
  let answer = null;
  let kind = "all";
  let open = null;
  let whole = true;
  let slow = false;

  const question = makeQuestion(editor, { answered: take, refused, busy: (yes) => slow !== yes && ((slow = yes), draw()) });
  const filters = Object.fromEntries(["all", ...KINDS].map((one) => [one, makeFilter(one, choose)]));
  panel.filters.append(...Object.values(filters).map((filter) => filter.element));

  function take(next) {
    if (answer && next.revision < answer.revision) return; // an answer of an older map
    const found = answer && !whole ? newLoops(answer.loops, next.loops) : [];
    [answer, whole] = [next, false];
    editor.loops = next; // for whoever wants to know which run through an element
    editor.emit("loops");
    for (const loop of found) mark(loopKey(loop));
    if (found.length > 0) announce(found);
    if (open !== null && !next.loops.some((loop) => loopKey(loop) === open)) close();
    draw();
  }

  function refused(faults) {
    editor.tell(faults.map(({ text }) => text).join(" ") || editor.say("loops_not_found"), "error");
  }

  function mark(key) {
    clearTimeout(news.get(key));
    news.set(key, setTimeout(() => (news.delete(key), draw()), NEW));
  }

  function announce(found) {
    if (found.length > FEW) return editor.announce(editor.say("loops_new_many", { count: found.length }));
    for (const loop of found) {
      editor.announce(editor.say("loops_new_told", { badge: loop.badge, title: titleOf(editor.document, loop) }));
    }
    return undefined;
  }

  function choose(next) {
    kind = next;
    if (open !== null && !shownLoops(answer.loops, kind).some((loop) => loopKey(loop) === open)) close();
    draw();
  }

  function close() {
    open = null;
    highlighting.clear(owner);
  }

  function toggle(loop) {
    const key = loopKey(loop);
    if (open === key) close();
    else {
      open = key;
      highlighting.show(owner, { nodes: loop.nodes, ties: loop.ties });
      canvas.show(loop.nodes);
    }
    draw();
  }

  function draw() {
    const loops = answer?.loops ?? [];
    const shown = shownLoops(loops, kind);
    const counts = counted(loops);
    setText(panel.heading, editor.say("loops_title"));
    setText(panel.count, answer ? countText(editor, answer, shown, kind) : "");
    setText(panel.busy, slow ? editor.say("loops_busy") : "");
    setText(panel.note, answer?.note);
    setAttribute(panel.filters, "aria-label", editor.say("loops_filter"));
    panel.filters.hidden = loops.length === 0;
    for (const [name, filter] of Object.entries(filters)) filter.update(editor, counts[name], kind === name);
    panel.empty.update(editor, answer !== null && loops.length === 0);
    rows.update(shown.map(loopKey), shown, { open, news });
  }

  const offs = [
    editor.on("document", (changes) => {
      if (!Array.isArray(changes)) whole = true;
      if (matters(changes)) question.soon("loops");
      draw();
    }),
    editor.on("words", () => (draw(), question.now("loops"))),
  ];
  draw();
  question.now("loops");
  return {
    element: panel.element,
    destroy() {
      for (const off of offs) off();
      for (const timer of news.values()) clearTimeout(timer);
      for (const filter of Object.values(filters)) filter.destroy();
      question.destroy();
      rows.destroy();
      highlighting.clear(owner);
    },
  };
}

function countText(editor, answer, shown, kind) {
  if (answer.loops.length === 0) return "";
  if (kind !== "all") return editor.say("loops_count_of", { shown: shown.length, count: answer.loops.length });
  return editor.count("loops_count", answer.count ?? answer.loops.length);
}

function skeleton() {
  const heading = element("h3", { class: "ap-panel-title" });
  const count = element("p", { class: "ap-note ap-loops-count" });
  const filters = element("div", { class: "ap-loops-filters", role: "group" });
  const busy = element("p", { class: "ap-note ap-busy-note", role: "status" });
  const empty = makeEmpty();
  const list = element("ul", { class: "ap-loops-list" });
  const note = element("p", { class: "ap-note" });
  const whole = element("div", { class: "ap-loops" }, heading, count, filters, busy, empty.element, list, note);
  return { element: whole, heading, count, filters, busy, empty, list, note };
}

function makeFilter(kind, choose) {
  const badge = element("span", { class: "ap-kind", "data-kind": kind, "aria-hidden": "true" });
  const text = element("span", {});
  const button = element("button", { type: "button", class: "ap-loops-filter" }, badge, text);
  const stop = listen(button, "click", () => choose(kind));
  return {
    element: button,
    update(editor, count, chosen) {
      setText(badge, LETTERS[kind]);
      setText(text, editor.say(`loops_only_${kind}`, { count }));
      setAttribute(button, "aria-pressed", String(chosen));
      button.hidden = kind !== "all" && count === 0 && !chosen;
    },
    destroy: stop,
  };
}

/** What stands in an empty list: what a loop is, and how to close one. */
function makeEmpty() {
  const lines = ["what", "how", "example"].map(() => element("p", {}));
  const block = element("div", { class: "ap-loops-empty" }, drawing(), ...lines);
  return {
    element: block,
    update(editor, yes) {
      block.hidden = !yes;
      ["what", "how", "example"].forEach((one, index) => setText(lines[index], editor.say(`loops_empty_${one}`)));
    },
  };
}

const SVG = "http://www.w3.org/2000/svg";

/** Three elements in a round, as a picture beside the words. */
function drawing() {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 96 72", class: "ap-loops-drawing", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  const paths = ["M22 52 A 32 32 0 0 1 40 15", "M58 15 A 32 32 0 0 1 75 52", "M66 62 A 40 40 0 0 1 31 62"];
  const heads = ["M34 13 l8 1 l-4 7 z", "M79 46 l-4 8 l-6 -6 z", "M38 68 l-9 -5 l8 -4 z"];
  const add = (tag, attributes) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    svg.append(node);
  };
  for (const d of paths) add("path", { d, class: "ap-loops-arc" });
  for (const d of heads) add("path", { d, class: "ap-loops-head" });
  for (const [cx, cy] of [[49, 12], [76, 61], [21, 61]]) add("circle", { cx, cy, r: 8, class: "ap-loops-dot" });
  return svg;
}

function makeRow(editor, key, toggle) {
  const id = `ap-loop-${++made}`;
  const badge = element("span", { class: "ap-badge-loop" });
  const title = element("span", { class: "ap-loop-title" });
  const marks = element("span", { class: "ap-loop-marks" });
  const words = element("span", { class: "ap-loop-words" }, title, marks);
  const button = element("button", { type: "button", class: "ap-loop-button", "aria-controls": id }, badge, words);
  const sentence = element("p", { class: "ap-loop-sentence" });
  const name = makeNaming(editor);
  const detail = element("div", { class: "ap-loop-detail", id }, sentence, name.element);
  let loop = null;
  const stop = listen(button, "click", () => toggle(loop));
  return {
    element: element("li", { class: "ap-loop" }, button, detail),
    update(next, { open, news }) {
      loop = next;
      const shown = open === key;
      setText(badge, loop.badge);
      setAttribute(badge, "data-kind", kindOf(loop));
      setText(title, titleOf(editor.document, loop));
      setText(marks, marksOf(editor, loop, news.has(key)).join(" · "));
      setAttribute(button, "aria-expanded", String(shown));
      setAttribute(button.parentElement, "data-new", news.has(key));
      setText(sentence, loop.sentence);
      detail.hidden = !shown;
      name.update(loop, shown);
    },
    destroy() {
      stop();
      name.destroy();
    },
  };
}

function marksOf(editor, loop, isNew) {
  const marks = [editor.say(`loops_kind_${kindOf(loop)}`)];
  if (loop.delayed) marks.push(editor.say("loops_delayed"));
  if (isNew) marks.unshift(editor.say("loops_new"));
  return marks;
}

/** The name people give a loop: a button, then a field in its place. */
function makeNaming(editor) {
  const id = `ap-loop-name-${++made}`;
  const start = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" });
  const label = element("label", { class: "ap-label", for: id });
  const input = element("input", { class: "ap-input", id, type: "text", maxlength: "200", autocomplete: "off" });
  const save = element("button", { type: "submit", class: "ap-button ap-button-small" });
  const form = element("form", { class: "ap-loop-naming", hidden: true }, label, input, save);
  let loop = null;
  const show = (yes) => {
    form.hidden = !yes;
    start.hidden = yes;
  };
  const stops = [
    listen(start, "click", () => {
      input.value = givenName(editor.document, loop)?.name ?? "";
      show(true);
      input.focus();
    }),
    listen(form, "submit", (event) => {
      event.preventDefault();
      const changes = naming(editor.document, loop, input.value);
      show(false);
      start.focus();
      if (changes.length > 0) editor.commit(changes);
    }),
    listen(form, "keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      show(false);
      start.focus();
    }),
  ];
  return {
    element: element("div", {}, start, form),
    update(next, shown) {
      loop = next;
      if (!shown) show(false);
      setText(label, editor.say("loops_name_label"));
      start.textContent = editor.say(givenName(editor.document, loop) ? "loops_rename" : "loops_name");
      save.textContent = editor.say("loops_name_save");
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}
