// A text field with a list that it searches: the ARIA combobox pattern. Any text may be typed; the caller reads it.
import { element, listen, setAttribute } from "../elements.js";
import { optionsFound } from "./fields.js";

const MOST = 60; // rows of the list; typing finds the others
const ROOM = 280; // pixels that the list would like to have

let made = 0;

/** Where a list stands below or above its field, whichever has more room; all in pixels of the window. Pure. */
export function listPlace(field, window, wanted = ROOM) {
  const below = window.height - field.bottom - 8;
  const above = field.top - 8;
  const under = below >= Math.min(wanted, 160) || below >= above;
  const height = Math.max(96, Math.min(wanted, under ? below : above));
  const width = Math.min(Math.max(field.width, 208), window.width - 16);
  const left = Math.max(8, Math.min(field.left, window.width - width - 8));
  return { left, width, height, ...(under ? { top: field.bottom + 4 } : { bottom: window.height - field.top + 4 }) };
}

/**
 * `options()` gives [{value, label, note?}]; `strict` that only they count, so that the first one found is taken;
 * `label` names the list; `enter(text)` gets what was typed or chosen, once, when it is done, and says whether it holds;
 * `back()` is called when it is given up. With `echo`, the text at rest is shown on as many lines as it needs, which a
 * field cannot.
 */
export function makeChooser({ id, options, strict, label, unknown, noMatch, enter, back, echo }) {
  const listId = `ap-options-${++made}`;
  const input = element("input", {
    id, class: "ap-input ap-chooser-input", type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    autocomplete: "off", spellcheck: "false",
  });
  const reading = echo ? element("span", { class: "ap-chooser-echo", "aria-hidden": "true", dir: "auto" }) : null;
  const block = element("span", { class: "ap-chooser" }, input, ...(reading ? [reading] : []));
  let list = null;
  let rows = [];
  let active = -1;
  let shown = "";

  function open(search) {
    const text = search ? input.value : "";
    const found = optionsFound(options(), text, MOST);
    const away = !search && unknown && shown ? [{ value: null, label: "", text: unknown() }] : [];
    rows = [...away, ...found];
    active = search && strict && rows.length > 0 ? 0 : -1;
    if (!search) active = rows.findIndex((option) => option.label === shown && option.label !== "");
    fill(text);
    place();
  }

  function fill(text) {
    list ??= makeList();
    list.replaceChildren(...rows.map(makeRow));
    if (rows.length === 0) list.append(element("li", { class: "ap-option-none", role: "option", "aria-disabled": "true", text: noMatch(text) }));
    setAttribute(input, "aria-expanded", "true");
    setAttribute(input, "aria-controls", listId);
    mark();
  }

  function makeList() {
    const made = element("ul", { id: listId, class: "ap-options", role: "listbox", "aria-label": label(), popover: "manual" });
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // focus stays in the field
    made.addEventListener("click", ({ target }) => {
      const row = target.closest("[role=option]");
      const option = rows[[...made.children].indexOf(row)];
      if (option) pick(option);
    });
    block.append(made);
    made.showPopover?.();
    for (const type of ["scroll", "resize"]) window.addEventListener(type, place, { capture: true, passive: true });
    return made;
  }

  function makeRow(option, index) {
    const chosen = option.label === shown && option.label !== "";
    const row = element("li", { id: `${listId}-${index}`, class: "ap-option", role: "option", "aria-selected": String(chosen) });
    row.append(element("span", { class: "ap-option-label", dir: "auto", text: option.text ?? option.label }));
    if (option.note) row.append(element("span", { class: "ap-option-note", dir: "auto", text: option.note }));
    return row;
  }

  function place() {
    if (!list) return;
    const window_ = { width: document.documentElement.clientWidth, height: window.visualViewport?.height ?? window.innerHeight };
    const { left, width, height, top, bottom } = listPlace(input.getBoundingClientRect(), window_);
    const pixels = (value) => (value === undefined ? "auto" : `${value}px`);
    Object.assign(list.style, {
      left: pixels(left), width: pixels(width), maxHeight: pixels(height), top: pixels(top), bottom: pixels(bottom),
    });
  }

  function mark() {
    [...list.children].forEach((row, index) => row.classList.toggle("ap-active", index === active));
    const row = list.children[active];
    setAttribute(input, "aria-activedescendant", active >= 0 ? row.id : null);
    if (active >= 0) row.scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (!list) return;
    for (const type of ["scroll", "resize"]) window.removeEventListener(type, place, { capture: true });
    list.remove();
    list = null;
    setAttribute(input, "aria-expanded", "false");
    setAttribute(input, "aria-controls", null);
    setAttribute(input, "aria-activedescendant", null);
  }

  function pick(option) {
    input.value = option.label;
    close();
    done();
  }

  function done() {
    close();
    if (input.value.trim() === shown || enter(input.value)) input.value = shown;
  }

  function step(by) {
    if (!list) return open(false);
    if (rows.length === 0) return undefined;
    active = active < 0 && by < 0 ? rows.length - 1 : (active + by + rows.length) % rows.length;
    return mark();
  }

  const KEYS = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => (list && active >= 0 ? pick(rows[active]) : done()),
    Escape() {
      if (list) return close();
      input.value = shown;
      return back();
    },
  };

  const stops = [
    listen(input, "click", () => (list ? close() : open(false))),
    listen(input, "input", () => open(true)),
    listen(input, "blur", () => {
      if (list && strict && active >= 0 && input.value.trim() && input.value.trim() !== shown) return pick(rows[active]);
      return done();
    }),
    listen(input, "keydown", (event) => {
      if (!(event.key in KEYS) || event.isComposing || event.ctrlKey || event.metaKey) return;
      const resting = !list && input.value === shown;
      if (resting && (event.key === "Escape" || event.key === "Enter")) return; // for whoever stands around
      event.preventDefault();
      event.stopPropagation();
      KEYS[event.key]();
    }),
  ];

  return {
    element: block,
    input,
    /** Shows a text, unless someone is typing another one. */
    show(text) {
      if (reading && reading.textContent !== text) reading.textContent = text;
      if (text === shown && input.value !== shown) return; // being typed, or wrong and said to be
      const typing = input.matches(":focus") && input.value !== shown;
      shown = text;
      if (!typing && input.value !== text) input.value = text;
    },
    destroy() {
      stops.forEach((stop) => stop());
      close();
    },
  };
}
