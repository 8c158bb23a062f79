// Writing a name where it stands on the map.
import { element, listen, setAttribute } from "../elements.js";
import { nodeId } from "./appearance.js";
import { renamed } from "./commands.js";

const LONGEST = 300;

export function makeNaming(editor, canvas) {
  const input = element("input", { type: "text", class: "ap-input ap-naming", maxlength: LONGEST, hidden: true });
  canvas.element.append(input);
  let asked = null; // { at: () => where it stands in the frame, done: (text | null) => … }

  /** Ends the writing: `text` null when it was given up. */
  function end(text) {
    if (!asked) return;
    const { done } = asked;
    asked = null;
    const focused = document.activeElement === input;
    input.hidden = true;
    if (focused) canvas.element.focus({ preventScroll: true });
    done(text);
  }

  function place() {
    const at = asked.at();
    if (!at) return end(null);
    const width = Math.min(260, canvas.cy.width() - 16);
    input.style.inlineSize = `${width}px`;
    input.style.insetInlineStart = `${Math.max(8, Math.min(canvas.cy.width() - width - 8, at.x - width / 2))}px`;
    input.style.insetBlockStart = `${Math.max(8, Math.min(canvas.cy.height() - 44, at.y - 18))}px`;
  }

  /** Asks for a text at a place of the frame. */
  function ask({ at, value, label, done }) {
    end(input.value.trim());
    asked = { at, done };
    input.value = value;
    setAttribute(input, "aria-label", label);
    setAttribute(input, "placeholder", value ? null : label);
    input.hidden = false;
    place();
    input.focus({ preventScroll: true });
    input.select();
  }

  function whereIs(id) {
    const node = canvas.cy.getElementById(nodeId(id));
    if (node.empty()) return null;
    const { x, y } = node.renderedPosition();
    return { x, y: y + (node.data("type") === "actor" ? node.renderedHeight() / 2 + 16 : 0) };
  }

  const moved = () => asked && place();
  canvas.cy.on("viewport resize", moved);
  const stops = [
    listen(input, "keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") end(input.value.trim());
      else if (event.key === "Escape") end(null);
      else return;
      event.preventDefault();
    }),
    listen(input, "blur", () => end(input.value.trim())),
  ];
  return {
    /** Opens the name of an element for writing; does nothing for a tie. */
    open(id) {
      const found = editor.find(id);
      if (!found || found.block === "ties") return;
      const before = found.value.label ?? "";
      const keep = (text) => text && text !== before && editor.commit(renamed(editor.document, id, text).changes);
      ask({ at: () => whereIs(id), value: before, label: editor.say("map_name_of", { label: before }), done: keep });
    },
    /** Asks for the name of what is about to stand somewhere on the map; `done(text)` unless it is given up. */
    begin(position, label, done) {
      const at = () => ({ x: position.x * canvas.cy.zoom() + canvas.cy.pan().x, y: position.y * canvas.cy.zoom() + canvas.cy.pan().y });
      ask({ at, value: "", label, done: (text) => text !== null && done(text || label) });
    },
    destroy() {
      canvas.cy.off("viewport resize", moved);
      stops.forEach((stop) => stop());
      input.remove();
    },
  };
}
