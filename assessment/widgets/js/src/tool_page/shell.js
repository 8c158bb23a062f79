// What every field has around it: its label, a hint, the reason why it cannot stand.
import { element, setAttribute, setText } from "../elements.js";

let made = 0;

/** A field's frame. `group`: several controls under one legend instead of one control with a label. */
export function makeShell(group = false) {
  const id = `ap-entry-${++made}`;
  const name = element("span", {});
  const optional = element("span", { class: "ap-optional" });
  const label = element(group ? "legend" : "label", { class: "ap-entry-label", for: group ? null : id }, name, " ", optional);
  const hint = element("p", { class: "ap-entry-hint", id: `${id}-hint` });
  const fault = element("p", { class: "ap-entry-fault", id: `${id}-fault` });
  const place = element("div", { class: "ap-entry-place" });
  const frame = element(group ? "fieldset" : "div", { class: "ap-entry" }, label, hint, place, fault);
  let given = null; // by Python
  let own = null; // found here, until the field is changed

  function show(control) {
    setText(fault, own ?? given);
    const told = [!hint.hidden && hint.id, !fault.hidden && fault.id].filter(Boolean).join(" ");
    setAttribute(control, "aria-describedby", told || null);
    if (!group) setAttribute(control, "aria-invalid", fault.hidden ? null : "true");
    frame.classList.toggle("ap-entry-wrong", !fault.hidden);
  }
  return {
    id,
    element: frame,
    place,
    update(field, words, control = frame) {
      setText(name, field.label);
      setText(optional, field.required ? "" : words.optional);
      setText(hint, field.hint);
      if ((field.fault ?? null) !== given) own = null;
      given = field.fault ?? null;
      setAttribute(frame, "data-width", field.width ?? null);
      show(control);
    },
    tell(reason, control = frame) {
      own = reason;
      if (reason === null) given = null;
      show(control);
    },
  };
}

/** The words of a reason: [key, values] in the page's words. */
export function reasonWords(reason, words) {
  if (!reason) return null;
  const [key, values] = reason;
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] ?? key);
}
