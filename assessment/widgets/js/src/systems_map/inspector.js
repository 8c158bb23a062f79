// The panel of what is chosen: what is known of it, what it is tied to, and what can be done with it.
import { element, listen, setAttribute, setText } from "../elements.js";
import { duplicated, removal, reversed } from "./commands.js";
import { makeControl } from "./controls.js";
import { FIELDS, appliesTo, edits, isCausal } from "./fields.js";
import { icon } from "./icons.js";
import { brief, indexOf, namer, tieSentence } from "./names.js";
import { makeSurroundings, visit } from "./surroundings.js";

const BLOCKS = ["actors", "variables", "ties"];

/** Panel of what is selected on the map; `canvas` shows where it stands. */
export function makeInspector(editor, canvas) {
  const root = element("div", { class: "ap-inspector" });
  let parts = makeParts(root, editor, canvas);
  const render = () => isShown(editor) && parts.update();
  const anew = () => {
    parts.destroy();
    parts = makeParts(root, editor, canvas);
    render();
  };
  const stops = ["document", "selection", "view", "loops"].map((event) => editor.on(event, render));
  stops.push(editor.on("words", anew));
  render();
  return {
    element: root,
    destroy() {
      stops.forEach((stop) => stop());
      parts.destroy();
    },
  };
}

const isShown = ({ view }) => !view.panel || view.panel === "inspect";

/** What is selected, sorted by block: {block: [values]}. Pure. */
export function selected(document, ids) {
  const { elements, ties } = indexOf(document);
  const found = { actors: [], variables: [], ties: [] };
  for (const id of ids) {
    const one = elements.get(id);
    if (one) found[one.block].push(one.value);
    else if (ties.has(id)) found.ties.push(ties.get(id));
  }
  return found;
}

function makeParts(root, editor, canvas) {
  const kind = element("p", { class: "ap-inspector-kind", text: "" });
  const title = element("h3", { class: "ap-inspector-title", tabindex: "-1", dir: "auto" });
  const empty = makeEmpty(editor);
  const groups = BLOCKS.map((block) => makeGroup(block, editor, canvas));
  const lists = makeSurroundings(editor, canvas);
  const actions = makeActions(editor, canvas, () => title.focus());
  root.replaceChildren(kind, title, empty.element, ...groups.map((group) => group.element), lists.element, actions.element);
  return {
    update() {
      const found = selected(editor.document, editor.selection);
      const all = BLOCKS.flatMap((block) => found[block]);
      setText(kind, whatOf(found, all, editor));
      setText(title, headingOf(found, all, editor));
      empty.update(all.length === 0);
      groups.forEach((group, index) => group.update(found[BLOCKS[index]], all.length));
      lists.update(found, all);
      actions.update(found, all);
    },
    destroy() {
      for (const part of [...groups, lists, actions]) part.destroy();
    },
  };
}

function whatOf(found, all, editor) {
  if (all.length === 0) return editor.say("inspector_map");
  if (all.length > 1) {
    const counts = BLOCKS.filter((block) => found[block].length > 0);
    return counts.map((block) => editor.count(`inspector_${block}`, found[block].length)).join(", ");
  }
  if (found.ties.length === 1) return editor.say(isCausal(all[0]) ? "inspector_causal" : "inspector_relation");
  return editor.say(found.actors.length === 1 ? "inspector_actor" : "inspector_variable");
}

function headingOf(found, all, editor) {
  if (all.length === 0) return brief(editor.document.name ?? "") || editor.say("map_unnamed");
  if (all.length > 1) return editor.say("inspector_several", { count: all.length });
  const name = namer(editor.document, editor);
  return found.ties.length === 1 ? tieSentence(all[0], name, editor) : name(all[0].id);
}

/** What stands here while nothing is chosen: the map's size, and how to go on. */
function makeEmpty(editor) {
  const counts = element("p", { class: "ap-inspector-counts", text: "" });
  const title = element("p", { class: "ap-inspector-hint-title" });
  const lines = [element("p"), element("p")];
  const hint = element("div", { class: "ap-inspector-hint" }, title, ...lines);
  const block = element("div", { class: "ap-inspector-empty" }, counts, hint);
  return {
    element: block,
    update(shown) {
      block.hidden = !shown;
      const counted = BLOCKS.map((key) => [key, editor.count(`inspector_${key}`, (editor.document[key] ?? []).length)]);
      setText(counts, editor.say("inspector_map_counts", Object.fromEntries(counted)));
      const blank = indexOf(editor.document).elements.size === 0;
      const said = blank ? ["blank_title", "blank", "blank_table"] : ["empty_title", "empty", "empty_several"];
      [title, ...lines].forEach((line, index) => setText(line, editor.say(`inspector_${said[index]}`)));
    },
  };
}

/** The fields of one block, for one or several of it. */
function makeGroup(block, editor, canvas) {
  let subjects = [];
  const heading = element("h4", { class: "ap-inspector-subtitle" });
  const change = (key) => (value) => editor.commit(edits(block, subjects, key, value));
  const controls = FIELDS[block].map((field) => {
    const control = makeControl(field, editor, change(field.key));
    const end = field.type === "element" ? makeEnd(control, () => subjects[0]?.[field.key], editor, canvas) : control;
    return { field, control: end };
  });
  const group = element("div", { class: "ap-inspector-fields", role: "group" }, heading, ...controls.map(({ control }) => control.element));
  return {
    element: group,
    update(next, count) {
      subjects = next;
      group.hidden = subjects.length === 0;
      if (subjects.length === 0) return;
      const several = subjects.length > 1;
      setText(heading, count > subjects.length ? editor.count(`inspector_${block}`, subjects.length) : "");
      for (const { field, control } of controls) {
        const fits = (!several || field.several) && appliesTo(field, subjects);
        if (fits) control.update(subjects);
        if (field.type !== "people" || !fits) control.element.hidden = !fits;
      }
    },
    destroy: () => controls.forEach(({ control }) => control.destroy()),
  };
}

/** An end of a tie: who it is, and the way there. */
function makeEnd(control, end, editor, canvas) {
  const go = iconButton("go", () => visit(editor, canvas, end()));
  const block = element("div", { class: "ap-inspector-end" }, control.element, go.element);
  return {
    element: block,
    update(subjects) {
      control.update(subjects);
      go.name(editor.say("inspector_go", { name: namer(editor.document, editor)(end()) }));
    },
    destroy() {
      control.destroy();
      go.destroy();
    },
  };
}

function iconButton(name, press) {
  const button = element("button", { type: "button", class: "ap-icon-button" }, icon(name));
  const stop = listen(button, "click", press);
  return {
    element: button,
    name(text) {
      setAttribute(button, "aria-label", text);
      setAttribute(button, "title", text);
    },
    destroy: stop,
  };
}

/** What can be done with what is chosen. */
function makeActions(editor, canvas, refocus) {
  const ids = () => editor.selection;
  const act = {
    show: () => canvas.show(ids()),
    reverse: () => editor.commit(reversed(editor.document, ids()[0]).changes),
    duplicate() {
      const { changes, ids: fresh } = duplicated(editor.document, ids());
      if (editor.commit(changes) !== false) editor.select(fresh);
    },
    delete() {
      editor.commit(removal(editor.document, ids()).changes);
      refocus();
    },
    deselect() {
      editor.select([]);
      refocus();
    },
  };
  const buttons = Object.fromEntries(Object.keys(act).map((name) => [name, actionButton(name, act[name], editor)]));
  const bar = element("div", { class: "ap-inspector-actions" }, ...Object.values(buttons).map((button) => button.element));
  return {
    element: bar,
    update(found, all) {
      bar.hidden = all.length === 0;
      buttons.reverse.element.hidden = !(all.length === 1 && found.ties.length === 1);
      buttons.duplicate.element.hidden = found.actors.length + found.variables.length === 0;
      buttons.deselect.element.hidden = all.length < 2;
    },
    destroy: () => Object.values(buttons).forEach((button) => button.destroy()),
  };
}

function actionButton(name, press, editor) {
  const quiet = name === "delete" ? "ap-button-quiet ap-button-danger" : "ap-button-quiet";
  const button = element("button", { type: "button", class: `ap-button ap-button-small ${quiet}`, text: editor.say(`inspector_${name}`) });
  return { element: button, destroy: listen(button, "click", press) };
}
