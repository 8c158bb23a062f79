// The chapters of a page, one of which is shown: on a narrow page a row that moves sideways.
import { uniqueKeys } from "../document.js";
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";

function makeTab(choose) {
  const button = element("button", { type: "button", class: "ap-tab" });
  let id = null;
  const stop = listen(button, "click", () => choose(id));
  return {
    element: button,
    update(item, current) {
      id = item.id;
      setText(button, item.label);
      setAttribute(button, "aria-current", item.id === current ? "true" : null);
    },
    destroy: stop,
  };
}

/** Chapters {id, label, value, items}; choosing one is the action `id`, with {id: the chapter's}. */
export function makeTabs(wire) {
  const row = element("nav", { class: "ap-tabs" });
  let shown = {};
  let asked = null; // chosen here, not answered yet
  const show = (current) => tabs.update(uniqueKeys(shown.items.map(({ id }) => id)), shown.items, current);
  const choose = (id) => {
    if (id === (asked ?? shown.value)) return;
    asked = id;
    show(id);
    wire.tell(shown.id, { [shown.id]: id });
  };
  const tabs = keyedChildren(row, () => makeTab(choose));
  return {
    element: row,
    update(block) {
      const before = shown.value;
      shown = block;
      if (wire.waitsFor(block.id) < 2) asked = null;
      setAttribute(row, "aria-label", block.label);
      show(asked ?? block.value);
      if (before !== block.value) bringInto(row, row.querySelector("[aria-current]"));
    },
    destroy: () => tabs.destroy(),
  };
}

/** Moves a row sideways until one of its buttons is in sight; the page itself stays where it is. */
function bringInto(row, button) {
  if (!button) return;
  const [frame, place] = [row.getBoundingClientRect(), button.getBoundingClientRect()];
  if (place.left < frame.left || place.right > frame.right) row.scrollLeft += place.left - frame.left - 24;
}
