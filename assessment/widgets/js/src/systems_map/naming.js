// Writing a name where it stands on the map.
import { element, listen, setAttribute } from "../elements.js";
import { nodeId } from "./appearance.js";
import { renamed } from "./commands.js";

const LONGEST = 300;

export function makeNaming(editor, canvas) {
  const input = element("input", { type: "text", class: "ap-input ap-naming", maxlength: LONGEST, hidden: true });
  canvas.element.append(input);
  let current = null;
  let before = "";

  function end(keep) {
    if (current === null) return;
    const id = current;
    current = null;
    const label = input.value.trim();
    const focused = document.activeElement === input;
    input.hidden = true;
    if (keep && label && label !== before) editor.commit(renamed(editor.document, id, label).changes);
    if (focused) canvas.element.focus({ preventScroll: true });
  }

  function place() {
    const node = canvas.cy.getElementById(nodeId(current));
    if (node.empty()) return end(false);
    const { x, y } = node.renderedPosition();
    const below = node.data("type") === "actor" ? (node.renderedHeight() / 2 + 16) : 0;
    const width = Math.min(260, canvas.cy.width() - 16);
    input.style.inlineSize = `${width}px`;
    input.style.insetInlineStart = `${Math.max(8, Math.min(canvas.cy.width() - width - 8, x - width / 2))}px`;
    input.style.insetBlockStart = `${Math.max(8, Math.min(canvas.cy.height() - 44, y + below - 18))}px`;
  }

  const moved = () => current !== null && place();
  canvas.cy.on("viewport resize", moved);
  const stops = [
    listen(input, "keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") end(true);
      else if (event.key === "Escape") end(false);
      else return;
      event.preventDefault();
    }),
    listen(input, "blur", () => end(true)),
  ];
  return {
    /** Opens the name of an element for writing; does nothing for a tie. */
    open(id) {
      const found = editor.find(id);
      if (!found || found.block === "ties") return;
      end(true);
      current = id;
      before = found.value.label ?? "";
      input.value = before;
      setAttribute(input, "aria-label", editor.say("map_name_of", { label: before }));
      input.hidden = false;
      place();
      input.focus({ preventScroll: true });
      input.select();
    },
    destroy() {
      canvas.cy.off("viewport resize", moved);
      stops.forEach((stop) => stop());
      input.remove();
    },
  };
}
