// The lines above the tables where new elements and ties are written, one after the other.
import { element, listen, setText } from "../elements.js";
import { addActor, addTie, addVariable, kindBetween, authored } from "./commands.js";
import { makeControl } from "./controls.js";
import { LONGEST_TEXT, fieldOf, readField } from "./fields.js";

const RELATION = "cooperates";

let made = 0;

/** Adds actors and variables by their name; the focus stays, so that a list can be typed in. */
export function makeAddElement(editor, reveal) {
  const id = `ap-add-${++made}`;
  const input = element("input", { id, class: "ap-input", type: "text", autocomplete: "off", maxlength: LONGEST_TEXT, dir: "auto" });
  const fault = element("span", { class: "ap-field-fault", id: `${id}-fault`, text: "" });
  const actor = element("button", { type: "submit", class: "ap-button ap-button-small", text: editor.say("table_add_actor") });
  const variable = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small", text: editor.say("table_add_variable") });
  const label = element("label", { class: "ap-label", for: id, text: editor.say("table_add_name") });
  const form = element("form", { class: "ap-add", novalidate: true },
    element("div", { class: "ap-field ap-add-name" }, label, input, fault), element("div", { class: "ap-add-buttons" }, actor, variable));

  function add(command) {
    const read = readField(fieldOf("actors", "label"), input.value, editor);
    tell(read.fault);
    if (read.fault) return input.focus();
    const { changes, ids } = command(editor.document, { label: read.value });
    if (editor.commit(changes) === false) return undefined;
    input.value = "";
    input.focus();
    editor.select(ids);
    return reveal(ids[0]);
  }

  function tell(key) {
    setText(fault, key ? editor.say(key) : "");
    if (key) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", fault.id);
      editor.announce(fault.textContent);
    } else for (const name of ["aria-invalid", "aria-describedby"]) input.removeAttribute(name);
  }

  const stops = [
    listen(form, "submit", (event) => {
      event.preventDefault();
      add(addActor);
    }),
    listen(variable, "click", () => add(addVariable)),
    listen(input, "input", () => tell(null)),
  ];
  return { element: form, update() {}, destroy: () => stops.forEach((stop) => stop()) };
}

/** Adds ties by choosing both ends; start and kind stay, so that several can be drawn from one element. */
export function makeAddTie(editor, reveal) {
  const draft = { source: null, target: null, kind: null };
  const field = (key) => ({ ...fieldOf("ties", key), needed: false });
  const controls = Object.fromEntries(["source", "kind", "target"].map((key) => [
    key, makeControl(field(key), editor, (value) => {
      draft[key] = value;
      update();
    }, { hint: editor.say(key === "kind" ? "table_add_kind" : "table_add_end") }),
  ]));
  const submit = element("button", { type: "submit", class: "ap-button ap-button-small", text: editor.say("table_add_tie_done") });
  const form = element("form", { class: "ap-add ap-add-tie", novalidate: true, "aria-label": editor.say("table_add_tie") },
    controls.source.element, controls.kind.element, controls.target.element, element("div", { class: "ap-add-buttons" }, submit));

  const kind = () => draft.kind ?? kindBetween(editor.document, draft.source, draft.target, RELATION);

  /** Shows the draft; an end that has left the map leaves it too. */
  function update() {
    for (const end of ["source", "target"]) if (draft[end] && !editor.find(draft[end])) draft[end] = null;
    for (const key of ["source", "target"]) controls[key].update([draft]);
    controls.kind.update([{ kind: draft.source && draft.target ? kind() : draft.kind }]);
  }

  function add() {
    const missing = ["source", "target"].find((key) => !draft[key]);
    if (missing) {
      editor.announce(editor.say("field_fault_element"));
      return controls[missing].focus();
    }
    const { changes, ids } = addTie(editor.document, draft.source, draft.target, { kind: kind(), ...authored(editor.document, editor.view.drawing_as) });
    if (editor.commit(changes) === false) return undefined;
    draft.target = null;
    update();
    controls.target.focus();
    editor.select(ids);
    return reveal(ids[0]);
  }

  const stop = listen(form, "submit", (event) => {
    event.preventDefault();
    add();
  });
  return {
    element: form,
    update,
    destroy() {
      stop();
      Object.values(controls).forEach((control) => control.destroy());
    },
  };
}
