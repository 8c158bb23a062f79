// The tool in hand: what a touch of the map does. One tool at a time; Escape goes back to choosing.
import { listen } from "../elements.js";
import { nodeId, oneLine, plainId } from "./appearance.js";
import { addElement, addTie, authored, duplicated, pasted, copied, removal } from "./commands.js";
import { makeConnecting } from "./connecting.js";

export function makeHand(editor, canvas, naming) {
  const { cy } = canvas;
  const listeners = new Set();
  let tool = "select";
  let many = false;
  let clip = null;

  const connecting = makeConnecting(cy, {
    connect: (from, to) => connect(plainId(from), plainId(to)),
    began: (id) => id && editor.announce(editor.say("map_tie_began", { label: labelOf(plainId(id)) })),
  });
  const labelOf = (id) => oneLine(editor.find(id)?.value.label ?? id, 80);

  const connect = (source, target) =>
    put(addTie(editor.document, source, target, authored(editor.document, editor.view.drawing_as)));

  /** Asks for a name where something is to stand, and puts it there. */
  function add(block, { x, y }) {
    naming.begin({ x, y }, editor.say(block === "actors" ? "map_new_actor" : "map_new_variable"), (label) => {
      put(addElement(editor.document, block, { label, x: Math.round(x), y: Math.round(y) }));
    });
  }

  function tapped({ target, position }) {
    if (target !== cy && target.data("type") !== "unit") return;
    if (tool === "actor") add("actors", position);
    if (tool === "variable") add("variables", position);
  }

  function tappedTwice({ target, position }) {
    if (tool !== "select") return;
    if (target === cy) add((editor.document.variables ?? []).length > (editor.document.actors ?? []).length ? "variables" : "actors", position);
    else if (target.isNode() && target.data("type") !== "unit") naming.open(plainId(target.id()));
  }

  function take(next) {
    tool = next;
    connecting.use(tool === "connect");
    canvas.element.dataset.tool = tool;
    editor.announce(editor.say(`map_hint_${tool}`));
    tell();
  }
  const tell = () => listeners.forEach((listener) => listener());

  const copy = () => {
    clip = copied(editor.document, editor.selection);
    const count = clip.actors.length + clip.variables.length;
    if (count > 0) editor.announce(editor.count("map_copied", count));
  };
  const put = ({ changes, ids }) => editor.commit(changes) && editor.select(ids);

  const COMMANDS = {
    z: (event) => (event.shiftKey ? editor.redo() : editor.undo()),
    y: () => editor.redo(),
    c: copy,
    x: () => (copy(), editor.commit(removal(editor.document, editor.selection).changes)),
    v: () => clip && put(pasted(editor.document, clip)),
    d: () => put(duplicated(editor.document, editor.selection)),
    a: () => editor.select(canvas.elements().map(({ id }) => id)),
  };
  const KEYS = {
    Delete: () => editor.commit(removal(editor.document, editor.selection).changes),
    Backspace: () => editor.commit(removal(editor.document, editor.selection).changes),
    Escape: () => (connecting.source ? connecting.cancel() : tool !== "select" ? take("select") : editor.select([])),
    Enter: () => editor.selection.length === 1 && naming.open(editor.selection[0]),
    F2: () => editor.selection.length === 1 && naming.open(editor.selection[0]),
    "+": () => canvas.zoom(1.25), "=": () => canvas.zoom(1.25), "-": () => canvas.zoom(0.8), 0: () => canvas.fit(),
    v: () => take("select"), a: () => take("actor"), b: () => take("variable"), l: () => take("connect"),
  };

  function keys(event) {
    if (event.target !== canvas.element || event.altKey) return;
    const command = event.ctrlKey || event.metaKey ? COMMANDS[event.key.toLowerCase()] : KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command(event);
  }

  cy.on("tap", tapped);
  cy.on("dbltap", tappedTwice);
  const stops = [listen(canvas.element, "keydown", keys)];
  canvas.element.dataset.tool = tool;
  return {
    get tool() {
      return tool;
    },
    get many() {
      return many;
    },
    take,
    takeMany(wanted) {
      many = wanted;
      cy.selectionType(many ? "additive" : "single");
      tell();
    },
    /** A tie begun by dragging from outside of the drawing. */
    startTie: (id) => connecting.start(nodeId(id)),
    /** A tie begun by a touch: the next element touched is its other end. */
    tieFrom(id) {
      take("connect");
      connecting.choose(nodeId(id));
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      stops.forEach((stop) => stop());
      connecting.destroy();
    },
  };
}
