// A reading of the map in words: title, sentences, legend, items that light up on the map, its table one click away.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { same, uniqueKeys } from "../document.js";
import { highlightingOf } from "./highlighting.js";

const TOKEN = /^(category-[1-6]|ramp-[1-5]|diverging-[1-5]|positive|caution|negative|muted|accent|ink|ink-2|ink-3)$/;

/** The style property of a colour of the theme; anything else is no colour. Pure. */
export function tokenColour(token) {
  return TOKEN.test(token ?? "") ? `var(--ap-${token})` : "transparent";
}

/** Whether an item has anything to show on the map. Pure. */
export function lights({ nodes, ties }) {
  return (nodes?.length ?? 0) + (ties?.length ?? 0) > 0;
}

/** Shows one reading at a time; `update(reading)` with null shows nothing. */
export function makeReadingView(editor, canvas) {
  const title = element("h4", { class: "ap-reading-title" });
  const sentences = element("div", { class: "ap-reading-sentences" });
  const legend = makeLegend(editor);
  const items = makeItems(editor, canvas);
  const table = makeReadingTable(editor);
  const whole = element("div", { class: "ap-reading" }, title, sentences, legend.element, items.element, table.element);
  let told = null;
  return {
    element: whole,
    update(reading) {
      whole.hidden = !reading;
      if (!reading) return items.update([]);
      setText(title, reading.title);
      if (!same(told, reading.sentences)) {
        told = reading.sentences ?? [];
        sentences.replaceChildren(...told.map((text) => element("p", { text })));
      }
      legend.update(reading.legend ?? []);
      items.update(reading.items ?? []);
      return table.update(reading.table ?? null);
    },
    destroy: () => items.destroy(),
  };
}

/** A legend: each entry with its swatch (colour, border, shape, badge) and its words. */
export function makeLegend(editor) {
  const list = element("ul", { class: "ap-reading-key" });
  let shown = null;
  return {
    element: list,
    update(entries) {
      setAttribute(list, "aria-label", editor.say("reading_legend"));
      list.hidden = entries.length === 0;
      if (same(shown, entries)) return;
      shown = entries;
      list.replaceChildren(...entries.map(legendEntry));
    },
  };
}

function legendEntry({ label, colour, shape, pattern, badge }) {
  const swatch = element("span", {
    class: "ap-swatch", "aria-hidden": "true", "data-shape": shape, "data-pattern": pattern, text: badge,
  });
  swatch.hidden = false; // a swatch without a badge is still one
  swatch.style.setProperty("--ap-swatch", tokenColour(colour));
  swatch.classList.toggle("ap-swatch-plain", !colour);
  return element("li", { class: "ap-reading-key-entry" }, swatch, element("span", { text: label }));
}

function makeItems(editor, canvas) {
  const list = element("ul", { class: "ap-items" });
  const highlighting = highlightingOf(canvas);
  const owner = { lost: () => ((lit = null), draw()) };
  const parts = keyedChildren(list, (key) => makeItem(key, toggle));
  let shown = [];
  let keys = [];
  let lit = null;

  function toggle(key, item) {
    if (lit === key) {
      lit = null;
      highlighting.clear(owner);
    } else {
      lit = key;
      highlighting.show(owner, { nodes: item.nodes ?? [], ties: item.ties ?? [] });
      lit = key;
      if (item.nodes?.length) canvas.show(item.nodes);
    }
    draw();
  }

  function draw() {
    list.hidden = shown.length === 0;
    setAttribute(list, "aria-label", editor.say("reading_items"));
    parts.update(keys, shown, lit);
  }

  return {
    element: list,
    update(items) {
      shown = items;
      keys = uniqueKeys(items.map(({ title }) => title));
      if (lit !== null && !keys.includes(lit)) {
        lit = null;
        highlighting.clear(owner);
      }
      draw();
    },
    destroy() {
      parts.destroy();
      highlighting.clear(owner);
    },
  };
}

function makeItem(key, toggle) {
  const badge = element("span", { class: "ap-item-badge", "aria-hidden": "true" });
  const title = element("span", { class: "ap-item-title" });
  const button = element("button", { type: "button", class: "ap-item-button" }, badge, title);
  const sentences = element("div", { class: "ap-item-sentences" });
  let item = null;
  let told = null;
  const stop = listen(button, "click", () => lights(item) && toggle(key, item));
  return {
    element: element("li", { class: "ap-item" }, button, sentences),
    update(next, lit) {
      item = next;
      setText(badge, item.badge);
      setText(title, item.title);
      setAttribute(button, "aria-pressed", lights(item) ? String(lit === key) : null);
      setAttribute(button, "disabled", !lights(item));
      if (same(told, item.sentences)) return;
      told = item.sentences ?? [];
      sentences.replaceChildren(...told.map((text) => element("p", { text })));
    },
    destroy: stop,
  };
}

let made = 0;

/** A table of texts, folded; `update(table)` with null hides it. */
export function makeReadingTable(editor) {
  const id = `ap-reading-table-${++made}`;
  const caption = element("caption", { class: "ap-reading-caption", id });
  const [head, body] = [element("thead", {}), element("tbody", {})];
  const table = element("table", { class: "ap-reading-table" }, caption, head, body);
  const frame = element("div", { class: "ap-reading-table-frame", role: "group", tabindex: "0", "aria-labelledby": id }, table);
  const label = element("span", {});
  const details = element("details", { class: "ap-unfold" }, element("summary", { class: "ap-unfold-summary" }, label), frame);
  let shown = null;
  return {
    element: details,
    update(wanted) {
      details.hidden = wanted === null;
      setText(label, editor.say("reading_table"));
      if (wanted === null || same(shown, wanted)) return;
      shown = wanted;
      setText(caption, wanted.caption);
      head.replaceChildren(element("tr", {}, ...wanted.columns.map(headCell)));
      body.replaceChildren(...wanted.rows.map((row) => element("tr", {}, ...row.map(bodyCell(wanted.columns)))));
    },
  };
}

const headCell = ({ label, numeric }) => element("th", { scope: "col", class: numeric ? "ap-numeric" : null, text: label });

const bodyCell = (columns) => (value, index) => {
  const heads = index === 0 && !columns[0].numeric;
  const text = value === null || value === "" ? "–" : String(value);
  const attributes = { scope: heads ? "row" : null, class: columns[index]?.numeric ? "ap-numeric" : null, text };
  return element(heads ? "th" : "td", attributes);
};
