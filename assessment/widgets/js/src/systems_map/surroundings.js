// What stands around what is chosen: the ties of an element, those beside a tie, the loops through either.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { highlightingOf } from "./highlighting.js";
import { kindOf, loopKey } from "./loop_story.js";
import { titleOf } from "./loops.js";
import { indexOf, namer, tieSentence } from "./names.js";

const MOST_TIES = 8;

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

/** Chooses an element or a tie, and lets it be seen on the map. */
export function visit(editor, canvas, id) {
  editor.select([id]);
  canvas.show([id]);
}

/** The lists below the fields; only where one thing alone is chosen. */
export function makeSurroundings(editor, canvas) {
  const ties = makeTies(editor, canvas);
  const loops = makeThrough(editor, canvas);
  return {
    element: element("div", { class: "ap-inspector-lists" }, ties.element, loops.element),
    update(found, all) {
      const one = all.length === 1 ? all[0] : null;
      ties.update(one, found.ties.length === 1);
      loops.update(one?.id ?? null);
    },
    destroy() {
      ties.destroy();
      loops.destroy();
    },
  };
}

function makeTies(editor, canvas) {
  const list = makeList((id) => visit(editor, canvas, id));
  const more = element("button", { type: "button", class: "ap-link" });
  let shown = null;
  const stop = listen(more, "click", () => editor.look({ table: true, ties_of: shown }));
  list.element.append(more);
  return {
    element: list.element,
    update(one, isTie) {
      shown = one?.id ?? null;
      showTies(list, more, one, isTie, editor);
    },
    destroy() {
      stop();
      list.destroy();
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

/** The loops through what is chosen: pressed, one is seen on the map with its direction; again, no longer. */
function makeThrough(editor, canvas) {
  const highlighting = highlightingOf(canvas);
  const owner = { lost: () => show(null) };
  const list = makeList((key) => (key === lit ? clear() : light(key)));
  let shown = null;
  let lit = null;
  let through = [];

  function light(key) {
    const { nodes, ties } = through.find((loop) => loopKey(loop) === key);
    highlighting.show(owner, { nodes, ties });
    canvas.show(nodes);
    show(key);
  }

  function clear() {
    highlighting.clear(owner);
    show(null);
  }

  function show(key) {
    lit = key;
    const rows = through.map((loop) => ({
      key: loopKey(loop), text: titleOf(editor.document, loop), badge: loop.badge, kind: kindOf(loop), pressed: loopKey(loop) === lit,
    }));
    list.update(rows.length > 0 ? editor.say("inspector_loops_title") : "", rows);
  }

  return {
    element: list.element,
    update(id) {
      through = id ? loopsThrough(editor.loops, id) : [];
      const stays = id === shown && through.some((loop) => loopKey(loop) === lit);
      shown = id;
      if (stays) show(lit);
      else clear();
    },
    destroy() {
      highlighting.clear(owner);
      list.destroy();
    },
  };
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
        setAttribute(button, "aria-pressed", row.pressed === undefined ? null : String(row.pressed));
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
