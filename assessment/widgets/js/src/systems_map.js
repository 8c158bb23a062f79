// The widget: the map drawn and edited here, decided in Python.
import { element, listen, setAttribute, setText } from "./elements.js";
import { makeCanvas } from "./systems_map/canvas.js";
import { makeEditor } from "./systems_map/editor.js";
import { makeExportMenu } from "./systems_map/exports.js";
import { makeHand } from "./systems_map/hand.js";
import { makeHandle } from "./systems_map/handle.js";
import { makeHeading } from "./systems_map/heading.js";
import { makeHistory } from "./systems_map/history.js";
import { makeInspector } from "./systems_map/inspector.js";
import { makeLegend } from "./systems_map/legend.js";
import { makeLoops } from "./systems_map/loops.js";
import { makeMeeting } from "./systems_map/meeting.js";
import { makeNaming } from "./systems_map/naming.js";
import { makePeople } from "./systems_map/people.js";
import { makePresentation } from "./systems_map/presentation.js";
import { makeReadings } from "./systems_map/readings.js";
import { makeScenario } from "./systems_map/scenario.js";
import { makeSide } from "./systems_map/side.js";
import { makeTable } from "./systems_map/table.js";
import { makeToolbar } from "./systems_map/toolbar.js";
import { makeViewButtons } from "./systems_map/view_buttons.js";
import { makeVoice } from "./systems_map/voice.js";
import { readTokens, watchTheme } from "./theme.js";

/** The line under the map: what the tool in hand does, or how to begin. */
function makeHint(editor, hand) {
  const hint = element("p", { class: "ap-map-hint" });
  const show = () => {
    const empty = editor.ready && (editor.document.actors ?? []).length + (editor.document.variables ?? []).length === 0;
    setText(hint, editor.say(empty ? "map_hint_empty" : `map_hint_${hand.tool}`));
  };
  const stops = [editor.on("document", show), editor.on("words", show), hand.on(show)];
  show();
  return { element: hint, destroy: () => stops.forEach((stop) => stop()) };
}

/** The table's fold: the map's double for whoever does not see or point; everything can be done from it. */
function makeFold(editor, table) {
  const button = element("button", { type: "button", class: "ap-table-fold" });
  const root = element("div", { class: "ap-folded" }, button, table.element);
  const show = () => {
    const open = Boolean(editor.view.table);
    setAttribute(button, "aria-expanded", String(open));
    table.element.hidden = !open;
  };
  const words = () => setText(button, editor.say("tool_table"));
  const stops = [listen(button, "click", () => editor.look({ table: !editor.view.table })), editor.on("view", show), editor.on("words", words)];
  words();
  show();
  return {
    element: root,
    destroy() {
      stops.forEach((stop) => stop());
      table.destroy();
    },
  };
}

function makeParts(root, model) {
  const voice = makeVoice();
  const editor = makeEditor(model, voice);
  root.append(voice.region);
  const canvas = makeCanvas(editor, { tokens: readTokens(root) });
  const naming = makeNaming(editor, canvas);
  const hand = makeHand(editor, canvas, naming);
  const handle = makeHandle(editor, canvas, hand);
  const heading = makeHeading(editor);
  const meeting = makeMeeting(editor);
  const exportMenu = makeExportMenu(editor, canvas);
  const presentation = makePresentation(editor, canvas);
  const toolbar = makeToolbar(editor, canvas, { hand, present: () => presentation.open(), exportMenu });
  const legend = makeLegend(editor, canvas);
  const buttons = makeViewButtons(editor, canvas);
  const hint = makeHint(editor, hand);
  const side = makeSide(editor, {
    inspect: makeInspector(editor, canvas), loops: makeLoops(editor, canvas), reading: makeReadings(editor, canvas),
    scenario: makeScenario(editor, canvas), people: makePeople(editor, canvas), history: makeHistory(editor, canvas),
  });
  const fold = makeFold(editor, makeTable(editor, canvas));
  canvas.element.append(legend.element, buttons.element);
  const stage = element("div", { class: "ap-map-stage" }, canvas.element, hint.element);
  const work = element("div", { class: "ap-map-work" }, stage, side.element);
  if (heading.bar) root.append(heading.bar);
  root.append(heading.element, meeting.element, toolbar.element, work, fold.element, presentation.element, voice.messages);
  return { editor, canvas, voice, parts: [presentation, fold, toolbar, exportMenu, legend, buttons, hint, side, naming, handle, hand, heading, meeting, canvas, voice, editor] };
}

/** Draws a model into an element; returns what takes all away again (anywidget's contract). */
export function render({ model, el }) {
  const root = element("div", { class: "apprenance ap-map" });
  el.append(root);
  // JupyterLab's command mode takes the keys meant for our controls, except from an element that asks for them itself.
  const keepKeys = listen(root, "focusin", ({ target }) => setAttribute(target, "data-lm-suppress-shortcuts", "true"));
  const firstTheme = watchTheme((theme) => setAttribute(root, "data-theme", theme));
  firstTheme();
  const { editor, canvas, voice, parts } = makeParts(root, model);
  const endTheme = watchTheme((theme) => {
    setAttribute(root, "data-theme", theme);
    canvas.setTheme(readTokens(root));
    editor.emit("theme");
  });
  const words = () => {
    setAttribute(root, "lang", editor.language);
    voice.closeLabel = editor.say("map_close");
  };
  const endWords = editor.on("words", words);
  const drawn = editor.on("document", () => (root.dataset.revision = editor.revision));
  words();
  editor.open();
  return () => {
    endTheme();
    endWords();
    drawn();
    keepKeys();
    for (const part of parts) part.destroy();
    root.remove();
  };
}

export default { render };
