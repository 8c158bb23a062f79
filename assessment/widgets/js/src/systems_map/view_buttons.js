// On the map itself: nearer, farther, all of it.
import { element, listen, setAttribute, setText } from "../elements.js";
import { icon } from "./icons.js";

export function makeViewButtons(editor, canvas) {
  const parts = [["plus", "map_nearer", () => canvas.zoom(1.3)], ["minus", "map_farther", () => canvas.zoom(1 / 1.3)], ["fit", "map_fit", () => canvas.fit()]].map(
    ([name, key, run]) => {
      const words = element("span", { class: "ap-only-read" });
      const button = element("button", { type: "button", class: "ap-map-button" }, icon(name), words);
      return { button, words, key, stop: listen(button, "click", run) };
    },
  );
  const root = element("div", { class: "ap-view-buttons", role: "group" }, ...parts.map(({ button }) => button));
  function relabel() {
    setAttribute(root, "aria-label", editor.say("map_zoom"));
    for (const { button, words, key } of parts) {
      setText(words, editor.say(key));
      setAttribute(button, "title", editor.say(key));
    }
  }
  relabel();
  const stop = editor.on("words", relabel);
  return {
    element: root,
    destroy() {
      stop();
      parts.forEach((part) => part.stop());
    },
  };
}
