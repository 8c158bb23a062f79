// A field that finds an actor or makes a new one (ARIA's combobox: arrows move, Enter chooses, Escape empties).
import { shortLabel } from "./loop_story.js";
import { element, listen, setAttribute, setText } from "../elements.js";

const MOST = 8;
let made = 0;

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/**
 * What a search finds: those that begin with the words, then those with a word that does, then those that hold them;
 * accents and capitals aside. `exact` says whether one is called just so. Pure.
 */
export function found(elements, words, most = MOST) {
  const wanted = plain(words);
  if (wanted === "") return { options: [], exact: false };
  const rank = ({ label }) => {
    const text = plain(label);
    if (text.startsWith(wanted)) return 0;
    if (text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 1;
    return text.includes(wanted) ? 2 : 3;
  };
  const ranked = elements.map((one) => [rank(one), one]).filter(([place]) => place < 3);
  ranked.sort(([one], [other]) => one - other);
  return { options: ranked.slice(0, most).map(([, one]) => one), exact: elements.some(({ label }) => plain(label) === wanted) };
}

/** `elements()` gives [{id, label}]; `choose(id or {label})` is told what is chosen. */
export function makeFinder(editor, { elements, choose }) {
  const id = `ap-finder-${++made}`;
  const label = element("label", { class: "ap-label", for: id });
  const input = element("input", {
    class: "ap-input", id, type: "text", role: "combobox", autocomplete: "off", maxlength: "200", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
  });
  const list = element("ul", { class: "ap-finder-list", id: `${id}-list`, role: "listbox", hidden: true });
  const whole = element("div", { class: "ap-field ap-finder" }, label, input, list);
  let options = [];
  let at = -1;

  function look() {
    const words = input.value.trim();
    const result = found(elements(), words);
    options = result.options.map((one) => ({ text: shortLabel(one.label), value: one.id }));
    if (words && !result.exact) options.push({ text: editor.say("people_make", { label: words }), value: { label: words } });
    at = options.length > 0 ? 0 : -1;
    draw();
    list.scrollIntoView({ block: "nearest" });
  }

  function draw() {
    list.hidden = options.length === 0;
    setAttribute(input, "aria-expanded", String(options.length > 0));
    setAttribute(input, "aria-activedescendant", at < 0 ? null : `${id}-${at}`);
    list.replaceChildren(...options.map(({ text, value }, index) => element("li", {
      id: `${id}-${index}`, role: "option", class: typeof value === "string" ? "ap-finder-option" : "ap-finder-option ap-finder-new",
      "aria-selected": String(index === at), text,
    })));
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function empty() {
    input.value = "";
    look();
  }

  function pick(index) {
    const chosen = options[index];
    if (!chosen) return;
    empty();
    choose(chosen.value);
  }

  function key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && options.length > 0) at = (at + move + options.length) % options.length;
    else if (event.key === "Enter" && at >= 0) pick(at);
    else if (event.key === "Escape" && input.value) empty();
    else return;
    event.preventDefault();
    event.stopPropagation();
    draw();
  }

  const stops = [
    listen(input, "input", look),
    listen(input, "keydown", key),
    listen(input, "blur", () => ((options = []), (at = -1), draw())),
    listen(input, "focus", look),
    // the field keeps the focus while its list is pressed
    listen(list, "pointerdown", (event) => event.preventDefault()),
    listen(list, "click", ({ target }) => pick([...list.children].indexOf(target.closest("li")))),
  ];
  return {
    element: whole,
    focus: () => input.focus(),
    relabel(text, hint) {
      setText(label, text);
      setAttribute(input, "placeholder", hint);
      setAttribute(list, "aria-label", text);
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}
