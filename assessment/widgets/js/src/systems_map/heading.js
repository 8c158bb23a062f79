// The head of the editor: the map's name, whether everything is kept, the language; in a workspace, whose it is.
import { element, listen, setAttribute, setText } from "../elements.js";
import { makeWhose } from "../whose.js";

const LANGUAGES = { fr: "Français", en: "English" };
const NOW = { saving: "saving", lost: "problem", unsaved: "problem" };
let made = 0;

export function makeHeading(editor) {
  const id = `ap-map-name-${++made}`;
  const title = element("h2", { class: "ap-only-read" });
  const label = element("label", { for: id, class: "ap-only-read" });
  const name = element("input", { type: "text", id, class: "ap-map-name", maxlength: 200, autocomplete: "off", spellcheck: "false" });
  const state = element("span", { class: "ap-map-state" });
  const counts = element("span", { class: "ap-map-counts" });
  const buttons = Object.entries(LANGUAGES).map(([value, text]) => {
    const button = element("button", { type: "button", class: "ap-language", lang: value, text });
    button.addEventListener("click", () => editor.speak(value));
    return [value, button];
  });
  const languages = element("div", { class: "ap-languages", role: "group" }, ...buttons.map(([, button]) => button));
  const root = element("div", { class: "ap-map-head" }, title, label, name, counts);
  const bar = editor.header ? makeWhose() : null;
  if (bar) bar.side.append(languages);
  else root.append(state, languages);

  function rename() {
    const wanted = name.value.trim();
    if (wanted !== (editor.document.name ?? "")) editor.commit([{ do: "set", block: "map", values: { name: wanted } }]);
  }

  function show() {
    const map = editor.document;
    if (document.activeElement !== name) name.value = map.name ?? "";
    setText(title, map.name || editor.say("map_unnamed"));
    const [actors, variables, ties] = [map.actors, map.variables, map.ties].map((block) => (block ?? []).length);
    const told = [actors && editor.count("map_actors", actors), variables && editor.count("map_variables", variables), ties && editor.count("map_ties", ties)];
    setText(counts, told.filter(Boolean).join(" · "));
  }

  function states() {
    const stored = editor.offers.store ? "" : "_memory";
    const key = editor.state === "saved" ? `map_state_saved${stored}` : `map_state_${editor.state}`;
    const text = editor.say(editor.overtaken ? "map_state_overtaken" : key);
    setText(state, text);
    setAttribute(state, "data-state", editor.state);
    bar?.update(editor.header, { kind: editor.overtaken ? "problem" : (NOW[editor.state] ?? "saved"), text });
  }

  function words() {
    setText(label, editor.say("map_name"));
    setAttribute(name, "placeholder", editor.say("map_unnamed"));
    setAttribute(languages, "aria-label", editor.say("map_language"));
    for (const [value, button] of buttons) setAttribute(button, "aria-pressed", String(value === editor.language));
    show();
    states();
  }

  const stops = [
    listen(name, "change", rename),
    listen(name, "keydown", (event) => event.key === "Enter" && name.blur()),
    editor.on("document", show),
    editor.on("state", states),
    editor.on("words", words),
  ];
  words();
  return {
    element: root,
    bar: bar?.element,
    destroy() {
      stops.forEach((stop) => stop());
      bar?.destroy();
    },
  };
}
