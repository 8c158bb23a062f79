// The bar of filters: native selects, each under its label, and the line that says that work is under way.
import { optionText, same, uniqueKeys } from "../document.js";
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";

let made = 0;

/** Filters {id, items: [{id, label, value, options}]}; a change is the action `id`, with the values of all of them. */
export function makeFilters(wire) {
  const list = element("div", { class: "ap-filters" });
  const line = element("div", { class: "ap-filters-line", "aria-hidden": "true" });
  const bar = element("div", { class: "ap-filters-bar" }, list, line);
  let shown = { items: [] };
  const tell = () => wire.tell(shown.id, Object.fromEntries(shown.items.map(({ id }) => [id, filters.get(id).value()])));
  const filters = keyedChildren(list, () => makeFilter(tell));
  return {
    element: bar,
    update(block) {
      shown = block;
      setAttribute(list, "aria-label", block.label ?? null);
      setAttribute(list, "role", block.label ? "group" : null);
      // While a later change waits for its answer, what was chosen stands: two quick changes add up.
      const waits = wire.waitsFor(block.id) > 1;
      filters.update(uniqueKeys(block.items.map(({ id }) => id)), block.items, waits);
    },
    destroy: () => filters.destroy(),
  };
}

function makeFilter(tell) {
  const id = `ap-filter-${++made}`;
  const label = element("label", { for: id, class: "ap-filter-label" });
  const select = element("select", { id, class: "ap-select" });
  const block = element("div", { class: "ap-filter" }, label, element("div", { class: "ap-select-frame" }, select));
  const stop = listen(select, "change", tell);
  let options = null;
  return {
    element: block,
    value: () => select.value,
    update(filter, waits) {
      const kept = waits ? select.value : filter.value;
      setText(label, filter.label);
      if (!same(options, filter.options)) {
        select.replaceChildren(...filter.options.map(makeOption));
        options = filter.options;
      }
      select.value = kept;
      if (select.value !== kept) select.value = filter.value; // what was chosen is no longer offered
      const chosen = filter.options.find((option) => option.value === select.value);
      setAttribute(select, "title", chosen ? optionText(chosen) : null);
    },
    destroy: stop,
  };
}

function makeOption(option) {
  return element("option", { value: option.value, disabled: option.disabled, text: optionText(option) });
}
