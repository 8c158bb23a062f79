// Finding an element by its name: Enter goes to it, and to the next that matches.
import { element, listen, setAttribute, setText } from "../elements.js";
import { oneLine } from "./appearance.js";
import { elementsOf } from "./commands.js";
import { icon } from "./icons.js";

/** A text without accents and capitals, as people type it. */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** The elements whose label holds the words, those that begin with them first. */
export function matches(elements, words) {
  const wanted = plain(words);
  if (!wanted) return [];
  const found = elements.map((one) => [plain(oneLine(one.label)), one]).filter(([label]) => label.includes(wanted));
  const rank = ([label]) => (label.startsWith(wanted) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || a[0].localeCompare(b[0])).map(([, one]) => one);
}

let made = 0;

export function makeSearch(editor, canvas) {
  const id = `ap-search-${++made}`;
  const input = element("input", { type: "search", id, class: "ap-input ap-search", autocomplete: "off", spellcheck: "false" });
  const label = element("label", { for: id, class: "ap-only-read" });
  const count = element("span", { class: "ap-search-count", "aria-hidden": "true" });
  const root = element("div", { class: "ap-search-frame" }, icon("search"), label, input, count);
  let at = -1;

  function go(step) {
    const found = matches(elementsOf(editor.document), input.value);
    if (found.length === 0) {
      setText(count, input.value.trim() ? "0" : "");
      if (input.value.trim()) editor.announce(editor.say("tool_found_none"));
      return;
    }
    at = (at + step + found.length) % found.length;
    setText(count, `${at + 1}/${found.length}`);
    editor.select([found[at].id]);
    canvas.show([found[at].id]);
    editor.announce(editor.say("tool_found", { label: oneLine(found[at].label), position: at + 1, count: found.length }));
  }

  const stops = [
    listen(input, "input", () => {
      at = -1;
      const found = matches(elementsOf(editor.document), input.value);
      setText(count, input.value.trim() ? String(found.length) : "");
    }),
    listen(input, "keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        go(event.shiftKey ? -1 : 1);
      }
    }),
    editor.on("words", words),
  ];
  function words() {
    setText(label, editor.say("tool_search"));
    setAttribute(input, "placeholder", editor.say("tool_search"));
  }
  words();
  return { element: root, destroy: () => stops.forEach((stop) => stop()) };
}
