// What the shapes, colours and marks on the map mean: only those that are on it, drawn as an exported picture draws them.
import { element, listen, setAttribute, setText } from "../elements.js";
import { node, tag, tie } from "./drawing.js";
import { icon } from "./icons.js";
import { keyEntries } from "./key.js";

/** The sign of an entry; none of its parts holds words that people wrote. */
function pictureOf({ parts, box }) {
  const drawn = parts.map((one) => (one.type === "tie" ? tie(one) : node(one))).join("");
  const size = { viewBox: `0 0 ${box.width} ${box.height}`, width: box.width, height: box.height };
  const text = tag("svg", { xmlns: "http://www.w3.org/2000/svg", "aria-hidden": "true", ...size }, drawn);
  return document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
}

export function makeLegend(editor, canvas) {
  const words = element("span", { class: "ap-only-read" });
  const button = element("button", { type: "button", class: "ap-map-button", "aria-expanded": "false" }, icon("legend"), words);
  const title = element("h3", { class: "ap-legend-title" });
  const list = element("ul", { class: "ap-legend-list" });
  const empty = element("p", { class: "ap-note" });
  const box = element("div", { class: "ap-legend", hidden: true, tabindex: "0", role: "region" }, title, list, empty);
  const root = element("div", { class: "ap-legend-root" }, box, button);

  function show() {
    if (box.hidden) return;
    const entries = keyEntries(editor.document, { offers: editor.offers, say: editor.say, colours: canvas.colours() });
    list.replaceChildren(
      ...entries.map((entry) => element("li", { class: "ap-legend-row" }, pictureOf(entry), element("span", { text: entry.label }))),
    );
    list.hidden = entries.length === 0;
    setText(empty, entries.length === 0 ? editor.say("map_legend_empty") : "");
  }

  function relabel() {
    setText(words, editor.say("map_legend"));
    setAttribute(button, "title", editor.say("map_legend"));
    setText(title, editor.say("map_legend"));
    setAttribute(box, "aria-label", editor.say("map_legend"));
    show();
  }

  const stops = [
    listen(button, "click", () => {
      box.hidden = !box.hidden;
      setAttribute(button, "aria-expanded", String(!box.hidden));
      show();
    }),
    listen(box, "keydown", (event) => event.key === "Escape" && (button.click(), button.focus())),
    editor.on("document", show), editor.on("words", relabel), editor.on("theme", show),
  ];
  relabel();
  return { element: root, destroy: () => stops.forEach((stop) => stop()) };
}
