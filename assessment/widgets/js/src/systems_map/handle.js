// A small handle beside the element under the pointer, or the one that is chosen: drag it to tie, or touch it, then the other end.
import { element, listen, setAttribute } from "../elements.js";
import { oneLine, plainId } from "./appearance.js";
import { icon } from "./icons.js";

const LINGERS = 350; // milliseconds between leaving an element and losing its handle
const MOVED = 5; // pixels that make a drag of a touch

export function makeHandle(editor, canvas, hand) {
  const { cy } = canvas;
  const button = element("button", { type: "button", class: "ap-handle", hidden: true, tabindex: "-1" }, icon("connect"));
  canvas.element.append(button);
  let at = null;
  let leaving = null;
  let pressed = null;

  function show(node) {
    clearTimeout(leaving);
    if (hand.tool !== "select" || !node || node.empty() || node.grabbed()) return hide();
    at = node.id();
    const { x, y } = node.renderedPosition();
    const [across, up] = [node.renderedWidth() / 2, node.renderedHeight() / 2];
    button.style.insetInlineStart = `${x + across + 2}px`;
    button.style.insetBlockStart = `${y - up - 22}px`;
    const label = editor.say("map_tie_from", { label: oneLine(editor.find(plainId(at))?.value.label ?? "", 60) });
    setAttribute(button, "aria-label", label);
    setAttribute(button, "title", label);
    button.hidden = false;
  }

  function hide() {
    at = null;
    button.hidden = true;
  }

  let chosen = cy.collection(); // remembered: a frame of a drag has no time to look for it
  const look = () => {
    chosen = cy.nodes("[type = 'actor']:selected, [type = 'variable']:selected");
    rest();
  };
  const rest = () => (chosen.length === 1 && chosen.inside() ? show(chosen[0]) : hide());
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(rest, LINGERS);
  };

  const over = ({ target }) => target.data("type") !== "unit" && show(target);
  cy.on("mouseover", "node", over);
  cy.on("mouseout", "node", leave);
  cy.on("viewport drag", rest);
  cy.on("select unselect remove", look);
  const stops = [
    listen(button, "pointerenter", () => clearTimeout(leaving)),
    listen(button, "pointerleave", () => pressed || leave()),
    listen(button, "pointerdown", (event) => {
      if (event.pointerType !== "mouse" || !at) return;
      event.preventDefault();
      pressed = { x: event.clientX, y: event.clientY, id: plainId(at) };
      hand.startTie(pressed.id);
    }),
    listen(button, "click", (event) => {
      event.stopPropagation();
      if (at) hand.tieFrom(plainId(at));
    }),
    listen(document, "pointerup", (event) => {
      if (!pressed) return;
      const touch = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < MOVED;
      if (!touch) hide();
      pressed = null;
    }),
    hand.on(rest),
  ];
  return {
    destroy() {
      clearTimeout(leaving);
      cy.off("mouseover", "node", over);
      cy.off("mouseout", "node", leave);
      cy.off("viewport drag", rest);
      cy.off("select unselect remove", look);
      stops.forEach((stop) => stop());
      button.remove();
    },
  };
}
