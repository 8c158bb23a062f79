// What can be read from the map: an overlay, or a measure as colour; a measure as size. `editor.view` holds the choice.
import { element, listen, setAttribute, setText } from "../elements.js";
import { same } from "../document.js";
import { paintingOf } from "./painting.js";
import { makeReadingView } from "./reading_view.js";

/** Options by their group, in the order in which each is met: [[group, options], …]. Pure. */
export function grouped(options) {
  const groups = new Map();
  for (const option of options) {
    const group = option.group ?? "";
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(option);
  }
  return [...groups];
}

/** What choosing does to the view: an overlay and a measure as colour take each other's place. Pure. */
export function chosen(part, value) {
  const wanted = value === "" ? null : value;
  if (wanted === null || part === "size") return { [part]: wanted };
  return part === "overlay" ? { overlay: wanted, colour: null } : { colour: wanted, overlay: null };
}

/** The panel of readings. */
export function makeReadings(editor, canvas) {
  const heading = element("h3", { class: "ap-panel-title" });
  const intro = element("p", { class: "ap-note" });
  const fields = Object.fromEntries(["overlay", "colour", "size"].map((part) => [part, makeChoice(part, choose)]));
  const clear = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" });
  const measures = element("div", { class: "ap-reading-measures" }, fields.colour.element, fields.size.element);
  const status = element("p", { class: "ap-note ap-busy-note", role: "status" });
  const refusal = element("p", { class: "ap-refusal", role: "status" });
  const views = Object.fromEntries(["overlay", "colour", "size"].map((part) => [part, makeReadingView(editor, canvas)]));
  const shown = element("div", { class: "ap-readings-shown" }, ...Object.values(views).map((view) => view.element));
  const choices = element("div", { class: "ap-readings-choices" }, fields.overlay.element, measures, clear);
  const panel = element("div", { class: "ap-readings" }, heading, intro, choices, status, refusal, shown);
  const painting = paintingOf(editor, canvas);

  function choose(part, value) {
    editor.look(chosen(part, value));
  }

  function draw() {
    const { readings = [], measures: offered = [] } = editor.offers;
    setText(heading, editor.say("reading_heading"));
    setText(intro, editor.say("reading_intro"));
    setText(clear, editor.say("reading_clear"));
    clear.hidden = !ours("overlay") && !editor.view.colour && !editor.view.size;
    fields.overlay.update(editor, grouped(readings), ours("overlay") ? editor.view.overlay : "");
    fields.colour.update(editor, grouped(offered), editor.view.colour ?? "");
    fields.size.update(editor, grouped(offered), editor.view.size ?? "");
    for (const [part, view] of Object.entries(views)) view.update(ours(part) ? painting.state[part].reading : null);
    const parts = Object.values(painting.state);
    setText(status, parts.some(({ busy }) => busy) ? editor.say("reading_busy") : "");
    setAttribute(shown, "aria-busy", parts.some(({ busy }) => busy) ? "true" : null);
    setText(refusal, parts.flatMap(({ refused }) => refused.map(({ text }) => text)).join(" "));
  }

  /** A layer or a difference is painted too, but told by the panel that asked for it. */
  const ours = (part) => part !== "overlay" || typeof editor.view.overlay === "string";

  const stop = listen(clear, "click", () => {
    editor.look({ overlay: null, colour: null, size: null });
    fields.overlay.select.focus();
  });
  const offs = [editor.on("view", draw), editor.on("words", draw), painting.join(draw)];
  draw();
  return {
    element: panel,
    destroy() {
      stop();
      for (const off of offs) off();
      for (const part of [...Object.values(fields), ...Object.values(views)]) part.destroy();
    },
  };
}

function makeChoice(part, choose) {
  const label = element("span", { class: "ap-label" });
  const select = element("select", { class: "ap-select" });
  const frame = element("span", { class: "ap-select-frame" }, select);
  const stop = listen(select, "change", () => choose(part, select.value));
  let offered = null;
  return {
    element: element("label", { class: "ap-field" }, label, frame),
    select,
    update(editor, groups, value) {
      setText(label, editor.say(`reading_choose_${part}`));
      const wanted = [editor.say(`reading_none_${part}`), groups];
      if (!same(offered, wanted)) {
        offered = wanted;
        const none = element("option", { value: "", text: wanted[0] });
        select.replaceChildren(none, ...groups.flatMap(optionGroup));
      }
      if (select.value !== value) select.value = value;
      if (select.selectedIndex < 0) select.value = "";
    },
    destroy: stop,
  };
}

function optionGroup([group, options]) {
  const made = options.map(({ value, label }) => element("option", { value, text: label }));
  return group === "" ? made : [element("optgroup", { label: group }, ...made)];
}
