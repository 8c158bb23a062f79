// The side: one panel at a time, chosen by tabs (ARIA's pattern: arrows move, the chosen tab alone takes the focus).
import { element, listen, setAttribute, setText } from "../elements.js";

let made = 0;

/** `panels` is { name: { element, destroy } }, in order; a hidden panel stays alive. */
export function makeSide(editor, panels) {
  const id = `ap-side-${++made}`;
  const names = Object.keys(panels);
  const tabs = Object.fromEntries(
    names.map((name) => [name, element("button", { type: "button", role: "tab", class: "ap-tab", id: `${id}-${name}`, "aria-controls": `${id}-${name}-panel` })]),
  );
  const list = element("div", { role: "tablist", class: "ap-tabs" }, ...Object.values(tabs));
  const holders = Object.fromEntries(
    names.map((name) => [
      name,
      element("div", { role: "tabpanel", class: "ap-panel", id: `${id}-${name}-panel`, "aria-labelledby": `${id}-${name}`, tabindex: "0" }, panels[name].element),
    ]),
  );
  const root = element("div", { class: "ap-side" }, list, ...Object.values(holders));
  const current = () => (names.includes(editor.view.panel) ? editor.view.panel : names[0]);

  function show() {
    for (const name of names) {
      const on = name === current();
      setAttribute(tabs[name], "aria-selected", String(on));
      setAttribute(tabs[name], "tabindex", on ? "0" : "-1");
      holders[name].hidden = !on;
    }
  }

  function words() {
    setAttribute(list, "aria-label", editor.say("map_side"));
    for (const name of names) setText(tabs[name], editor.say(`map_tab_${name}`));
  }

  const stops = [
    ...names.map((name) => listen(tabs[name], "click", () => editor.look({ panel: name }))),
    listen(list, "keydown", (event) => {
      const at = names.indexOf(current());
      const go = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
      if (go === undefined) return;
      event.preventDefault();
      const name = names.at(go % names.length);
      editor.look({ panel: name });
      tabs[name].focus();
    }),
    editor.on("view", show),
    editor.on("words", words),
  ];
  words();
  show();
  return {
    element: root,
    destroy() {
      stops.forEach((stop) => stop());
      for (const panel of Object.values(panels)) panel.destroy();
    },
  };
}
