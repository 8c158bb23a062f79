// The panel of what is chosen: what is known of it, what it is tied to, and what can be done with it.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { duplicated, removal, reversed } from "./commands.js";
import { makeControl } from "./controls.js";
import { FIELDS, appliesTo, edits, isCausal } from "./fields.js";
import { highlightingOf } from "./highlighting.js";
import { icon } from "./icons.js";
import { kindOf, loopKey } from "./loop_story.js";
import { titleOf } from "./loops.js";
import { brief, indexOf, namer, tieSentence } from "./names.js";

const MOST_TIES = 8;
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

/** Other ties between the same two, whichever way they go. Pure. */
export function parallelTo(document, tie) {
  const pair = ({ source, target }) => [source, target].sort().join("\n");
  const all = indexOf(document).tiesOf.get(tie.source) ?? [];
  return all.filter((other) => other.id !== tie.id && pair(other) === pair(tie));
}

/** Loops that run through an element or a tie; `loops` is what Python answered, or nothing yet. Pure. */
export function loopsThrough(loops, id) {
  return (loops?.loops ?? []).filter(({ nodes, ties }) => nodes?.includes(id) || ties?.includes(id));
}

function makeParts(root, editor, canvas) {
  const kind = element("p", { class: "ap-inspector-kind", text: "" });
  const title = element("h3", { class: "ap-inspector-title", tabindex: "-1", dir: "auto" });
  const empty = makeEmpty(editor);
  const groups = BLOCKS.map((block) => makeGroup(block, editor, canvas));
  const lists = makeLists(editor, canvas);
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

function visit(editor, canvas, id) {
  editor.select([id]);
  canvas.show([id]);
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

/** Ties of an element, parallel ties of a tie, loops through either. */
function makeLists(editor, canvas) {
  const ties = makeList((id) => visit(editor, canvas, id));
  const loops = makeList((key) => light(loopsThrough(editor.loops, shown).find((loop) => loopKey(loop) === key)));
  let shown = null;
  const highlighting = highlightingOf(canvas);
  const owner = {};
  function light({ nodes, ties: through }) {
    highlighting.show(owner, { nodes, ties: through });
    canvas.show(nodes);
  }
  const more = element("button", { type: "button", class: "ap-link" });
  const stop = listen(more, "click", () => editor.look({ table: true, ties_of: shown }));
  ties.element.append(more);
  return {
    element: element("div", { class: "ap-inspector-lists" }, ties.element, loops.element),
    update(found, all) {
      const one = all.length === 1 ? all[0] : null;
      if (shown !== (one?.id ?? null)) highlighting.clear(owner);
      shown = one?.id ?? null;
      showTies(ties, more, one, found.ties.length === 1, editor);
      const through = one ? loopsThrough(editor.loops, one.id) : [];
      loops.update(through.length > 0 ? editor.say("inspector_loops_title") : "", through.map((loop) => ({
        key: loopKey(loop), text: titleOf(editor.document, loop), badge: loop.badge, kind: kindOf(loop),
      })));
    },
    destroy() {
      highlighting.clear(owner);
      stop();
      ties.destroy();
      loops.destroy();
    },
  };
}

function showTies(list, more, one, isTie, editor) {
  if (!one) return list.update("", []);
  const name = namer(editor.document, editor);
  const all = isTie ? parallelTo(editor.document, one) : (indexOf(editor.document).tiesOf.get(one.id) ?? []);
  const rows = all.slice(0, MOST_TIES).map((tie) => ({ key: tie.id, text: tieSentence(tie, name, editor) }));
  const title = isTie ? (all.length > 0 ? "inspector_parallel_title" : null) : "inspector_ties_title";
  list.update(title ? editor.say(title) : "", rows, isTie ? "" : editor.say("inspector_no_ties"));
  setText(more, all.length > MOST_TIES ? editor.say("inspector_more", { count: all.length - MOST_TIES }) : "");
}

/** A titled list of rows that can be pressed. */
function makeList(press) {
  const title = element("h4", { class: "ap-inspector-subtitle" });
  const rows = element("ul", { class: "ap-list" });
  const none = element("p", { class: "ap-note", text: "" });
  const block = element("div", { class: "ap-inspector-list" }, title, rows, none);
  const stop = listen(rows, "click", ({ target }) => {
    const button = target.closest("button");
    if (button) press(button.dataset.key);
  });
  const children = keyedChildren(rows, (key) => {
    const badge = element("span", { class: "ap-badge-loop", text: "" });
    const text = element("span", { class: "ap-list-text", dir: "auto" });
    const button = element("button", { type: "button", class: "ap-list-row", "data-key": key }, badge, text);
    return {
      element: element("li", {}, button),
      update(row) {
        setText(badge, row.badge);
        setAttribute(badge, "data-kind", row.kind);
        setText(text, row.text);
      },
    };
  });
  return {
    element: block,
    update(heading, items, nothing = "") {
      block.hidden = heading === "";
      setText(title, heading);
      rows.hidden = items.length === 0;
      setText(none, items.length === 0 ? nothing : "");
      children.update(items.map(({ key }) => key), items);
    },
    destroy() {
      stop();
      children.destroy();
    },
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
