// A form: fields under one another, and what is done with them.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { makeActions } from "./buttons.js";
import { makers as ticks } from "./choices.js";
import { makers as controls } from "./fields.js";
import { makeGrid } from "./grid.js";

const MAKERS = { ...controls, ...ticks, grid: makeGrid };
const RESTS = 500; // milliseconds after the last change until Python is told

const keyOf = ({ kind, id }) => `${kind} ${id}`;

/** A form of the document: {id, fields, submit: {id, label}, actions, change: an action told of every change}. */
export function makeForm(wire) {
  const list = element("div", { class: "ap-entries" });
  const submit = element("button", { type: "submit", class: "ap-button" });
  const others = makeActions({ ...wire, ask: (action, more) => send(action, more) });
  const row = element("div", { class: "ap-form-actions" }, submit, others.element);
  const form = element("form", { class: "ap-form", novalidate: true }, list, row);
  let shown = { fields: [] };
  let timer = null;

  const fields = keyedChildren(list, (key) => MAKERS[key.slice(0, key.indexOf(" "))](rest));
  const parts = () => shown.fields.map((field) => fields.get(keyOf(field))); // in their order on the page
  const valuesOf = () => Object.fromEntries(shown.fields.map((field) => [field.id, fields.get(keyOf(field)).value()]));
  const sent = () => parts().forEach((field) => field.sent());

  function settle() {
    clearTimeout(timer);
    timer = null;
  }

  function send(action, more = {}) {
    settle();
    if (wire.ask(action, { ...valuesOf(), ...more })) sent();
  }

  function rest() {
    if (!shown.change) return;
    settle();
    timer = setTimeout(tell, RESTS);
  }

  function tell() {
    settle();
    if (!parts().every((field) => field.check(false))) return; // what is still to be filled in is no fault yet
    wire.tell(shown.change, valuesOf());
    sent();
  }

  const stops = [
    listen(form, "submit", (event) => {
      event.preventDefault();
      const wrong = parts().filter((field) => !field.check());
      if (wrong.length) wrong[0].focus();
      else if (shown.submit) send(shown.submit.id, shown.submit.values);
    }),
    // Whoever leaves a field may leave the page with the next click: what was typed goes first.
    listen(form, "focusout", () => timer && tell()),
    // Enter in a line of text sends the form; JupyterLab would keep the browser from doing so by itself.
    listen(form, "keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || event.target.type !== "text") return;
      event.preventDefault();
      if (shown.submit) form.requestSubmit(submit);
    }),
  ];

  return {
    element: form,
    update(block, context) {
      shown = block;
      setAttribute(form, "aria-label", block.label ?? null);
      fields.update(block.fields.map(keyOf), block.fields, context);
      setText(submit, block.submit?.label);
      setAttribute(submit, "class", `ap-button${block.submit?.quiet ? " ap-button-quiet" : ""}`);
      others.update(block.actions);
      row.hidden = !block.submit && !block.actions?.length;
    },
    destroy() {
      settle();
      stops.forEach((stop) => stop());
      fields.destroy();
      others.destroy();
    },
  };
}
