// The bar of filters: native selects, each under its label, and the words that say that work is under way.
import { optionText, same } from "./document.js";
import { element, keyedChildren, listen, setAttribute, setText } from "./elements.js";

let made = 0;

/** The bar; `choose(id, value)` is called when a filter changes. */
export function makeFilters(choose) {
  const list = element("div", { class: "ap-filters" });
  const busy = element("p", { class: "ap-busy-words", "aria-hidden": "true" });
  const line = element("div", { class: "ap-progress", "aria-hidden": "true" });
  const bar = element("div", { class: "ap-bar" }, element("div", { class: "ap-bar-inside" }, list, busy), line);
  const filters = keyedChildren(list, (id) => makeFilter(id, choose));
  return {
    element: bar,
    update(page, values) {
      const wanted = page.filters ?? [];
      filters.update(wanted.map(({ id }) => id), wanted, values);
      busy.textContent = page.busy_label ?? "";
      bar.classList.toggle("ap-bar-empty", wanted.length === 0);
    },
    destroy: () => filters.destroy(),
  };
}

function makeFilter(key, choose) {
  const id = `ap-filter-${++made}`;
  const label = element("label", { for: id, class: "ap-filter-label" });
  const select = element("select", { id, class: "ap-select" });
  const block = element("div", { class: "ap-filter" }, label, element("div", { class: "ap-select-frame" }, select));
  const stop = listen(select, "change", () => choose(key, select.value));
  let options = null;
  return {
    element: block,
    update(filter, values) {
      setText(label, filter.label);
      if (!same(options, filter.options)) {
        select.replaceChildren(...filter.options.map(makeOption));
        options = filter.options;
      }
      const value = values[filter.id] ?? filter.value;
      if (select.value !== value) select.value = value;
      if (select.value !== value) select.value = filter.value; // what was chosen is no longer offered
      const chosen = filter.options.find((option) => option.value === select.value);
      setAttribute(select, "title", chosen ? optionText(chosen) : null);
    },
    destroy: stop,
  };
}

function makeOption(option) {
  return element("option", { value: option.value, disabled: option.disabled, text: optionText(option) });
}
