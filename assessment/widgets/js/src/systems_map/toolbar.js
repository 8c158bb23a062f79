// The tools: what a click on the map does, taking back, finding, laying out, starting, presenting.
import { element, listen, setAttribute, setText } from "../elements.js";
import { duplicated, removal } from "./commands.js";
import { icon } from "./icons.js";
import { LAYOUTS } from "./layouts.js";
import { makeMenu } from "./menu.js";
import { makeSearch } from "./search.js";
import { makeStart } from "./start.js";

const TOOLS = ["select", "actor", "variable", "connect"];

function makeButton(name, run) {
  const words = element("span", { class: "ap-tool-words" });
  const button = element("button", { type: "button", class: "ap-tool" }, icon(name), words);
  const stop = listen(button, "click", run);
  return {
    button,
    label(text, keys) {
      setText(words, text);
      setAttribute(button, "title", keys ? `${text} (${keys})` : text);
      setAttribute(button, "aria-keyshortcuts", keys ? keys.replaceAll("Ctrl", "Control").replaceAll(" ", "") : null);
    },
    stop,
  };
}

/** `hand` holds the tool: { tool, take(tool), on(listener) }; `present()` starts the presentation. */
export function makeToolbar(editor, canvas, { hand, present, exportMenu }) {
  const tools = Object.fromEntries(TOOLS.map((name) => [name, makeButton(name, () => hand.take(name))]));
  const undo = makeButton("undo", () => editor.undo());
  const redo = makeButton("redo", () => editor.redo());
  const copy = makeButton("duplicate", () => {
    const { changes, ids } = duplicated(editor.document, editor.selection);
    if (editor.commit(changes)) editor.select(ids);
  });
  const remove = makeButton("remove", () => editor.commit(removal(editor.document, editor.selection).changes));
  const shown = makeButton("present", () => present());
  const search = makeSearch(editor, canvas);
  const start = makeStart(editor, canvas);
  const layout = makeMenu({
    icon: icon("layout"),
    entries: () => [
      ...LAYOUTS.map((name) => ({ label: editor.say(`tool_layout_${name}`), note: editor.say(`tool_layout_${name}_note`), run: () => canvas.layout(name) })),
      { group: editor.say("tool_layout_options"), label: editor.say("tool_snap"), checked: Boolean(editor.view.snap), run: () => editor.look({ snap: !editor.view.snap }) },
      { group: editor.say("tool_layout_options"), label: editor.say("tool_many"), checked: hand.many, run: () => hand.takeMany(!hand.many) },
    ],
  });
  const group = (...parts) => element("div", { class: "ap-tools", role: "group" }, ...parts);
  const drawing = group(...TOOLS.map((name) => tools[name].button));
  const editing = group(undo.button, redo.button, copy.button, remove.button);
  const viewing = group(search.element, layout.element);
  const carrying = group(start.element, exportMenu.element, shown.button);
  const bar = element("div", { class: "ap-toolbar", role: "group" }, drawing, editing, viewing, carrying);

  function words() {
    setAttribute(bar, "aria-label", editor.say("tool_bar"));
    setAttribute(drawing, "aria-label", editor.say("tool_drawing"));
    setAttribute(editing, "aria-label", editor.say("tool_editing"));
    setAttribute(viewing, "aria-label", editor.say("tool_viewing"));
    setAttribute(carrying, "aria-label", editor.say("tool_carrying"));
    const keys = { select: "V", actor: "A", variable: "B", connect: "L" };
    for (const name of TOOLS) tools[name].label(editor.say(`tool_${name}`), keys[name]);
    undo.label(editor.say("tool_undo"), "Ctrl+Z");
    redo.label(editor.say("tool_redo"), "Ctrl+Y");
    copy.label(editor.say("tool_duplicate"), "Ctrl+D");
    remove.label(editor.say("tool_remove"), editor.say("tool_key_delete"));
    layout.label(editor.say("tool_layout"));
    shown.label(editor.say("tool_present"));
  }

  /** What cannot be done stays where it is and keeps the focus: only its state is told. */
  function states() {
    for (const name of TOOLS) setAttribute(tools[name].button, "aria-pressed", String(hand.tool === name));
    const none = editor.selection.length === 0;
    for (const [{ button }, off] of [[undo, !editor.can.undo], [redo, !editor.can.redo], [copy, none], [remove, none]])
      setAttribute(button, "aria-disabled", off ? "true" : null);
  }

  const stops = [
    editor.on("words", words), editor.on("state", states), editor.on("selection", states),
    editor.on("document", states), hand.on(states),
  ];
  words();
  states();
  return {
    element: bar,
    destroy() {
      for (const { stop } of [...Object.values(tools), undo, redo, copy, remove, shown]) stop();
      stops.forEach((stop) => stop());
      for (const part of [layout, search, start]) part.destroy();
    },
  };
}
