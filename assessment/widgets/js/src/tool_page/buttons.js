// What can be done: buttons that ask Python, links that lead elsewhere; at most one of them stands out.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { uniqueKeys } from "../document.js";
import { makeLink } from "./links.js";

const face = (action) => `ap-button${action.primary ? "" : " ap-button-quiet"}`;

function makeButton(wire) {
  const button = element("button", { type: "button" });
  let asked = {};
  const stop = listen(button, "click", () => wire.ask(asked.id, asked.values ?? {}));
  return {
    element: button,
    update(action) {
      asked = action;
      setAttribute(button, "class", face(action));
      setText(button, action.label);
      setAttribute(button, "aria-label", action.about ? `${action.label}, ${action.about}` : null);
    },
    destroy: stop,
  };
}

function makeLinkButton() {
  const link = makeLink();
  return {
    element: link.element,
    update(action) {
      setAttribute(link.element, "class", face(action));
      setText(link.element, action.label);
      setAttribute(link.element, "aria-label", action.about ? `${action.label}, ${action.about}` : null);
      link.update(action.href);
    },
    destroy: link.destroy,
  };
}

/** A row of actions {id, label, primary, values} or {href, label, primary}; `about` says of what, for who only listens. */
export function makeActions(wire) {
  const row = element("div", { class: "ap-actions" });
  const actions = keyedChildren(row, (key) => (key.startsWith("link") ? makeLinkButton() : makeButton(wire)));
  return {
    element: row,
    update(items) {
      const wanted = items ?? [];
      row.hidden = wanted.length === 0;
      // not by what it carries or where it leads: an address changes with the language, and the focus stays on the link
      const keys = wanted.map(({ id, href }) => (href ? "link" : `button ${id}`));
      actions.update(uniqueKeys(keys), wanted);
    },
    destroy: () => actions.destroy(),
  };
}
