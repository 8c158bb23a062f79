// The live table: all that the canvas shows, to be read and changed with native controls alone.
import { element, listen, setAttribute, setText } from "../elements.js";
import { makeSheet } from "./sheet.js";

const TABS = ["elements", "ties"];

let made = 0;

/** Panel of all elements and ties; it is only built while `editor.view.table` says that it is open. */
export function makeTable(editor, canvas) {
  const root = element("section", { class: "ap-live-table" });
  const kept = { tab: "elements" };
  let parts = makeParts(root, editor, canvas, kept);
  let open = false;
  function render(event) {
    const opens = !open;
    open = Boolean(editor.view.table);
    if (open) parts.update(opens ? {} : event);
  }
  const anew = () => {
    parts.destroy();
    parts = makeParts(root, editor, canvas, kept);
    render();
  };
  const stops = [
    editor.on("document", (changes) => render({ changes })),
    editor.on("selection", () => render({ selection: true })),
    editor.on("view", () => render({ view: true })),
    editor.on("words", anew),
  ];
  render();
  return {
    element: root,
    destroy() {
      stops.forEach((stop) => stop());
      parts.destroy();
    },
  };
}

function makeParts(root, editor, canvas, kept) {
  const id = `ap-live-table-${++made}`;
  const title = element("h3", { class: "ap-only-read", id, text: editor.say("table_title") });
  const note = element("p", { class: "ap-note", text: editor.say("table_note") });
  const toMap = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small", text: editor.say("table_to_map") });
  const sheets = Object.fromEntries(TABS.map((tab) => [tab, makeSheet(tab, editor, canvas, (of) => tiesOf(of))]));
  const tabs = makeTabs(id, editor, sheets, (tab) => {
    kept.tab = tab;
    update();
  });
  const stop = listen(toMap, "click", () => {
    canvas.element.scrollIntoView({ block: "nearest" });
    canvas.element.focus({ preventScroll: true });
  });
  let asked = null;

  /** Shows the ties of one element alone. */
  function tiesOf(of) {
    kept.tab = "ties";
    sheets.ties.only(of);
    update();
    tabs.focus("ties");
  }

  function update(event = {}) {
    const wanted = editor.view.ties_of ?? null;
    if (wanted !== asked) {
      asked = wanted;
      if (wanted && editor.find(wanted)) return tiesOf(wanted);
    }
    tabs.update(kept.tab);
    sheets[kept.tab].update(event);
  }

  setAttribute(root, "aria-labelledby", id);
  root.replaceChildren(
    element("div", { class: "ap-live-head" }, element("div", { class: "ap-live-words" }, title, note), toMap),
    tabs.element, ...TABS.map((tab) => tabs.panels[tab]),
  );
  return {
    update,
    destroy() {
      stop();
      tabs.destroy();
      TABS.forEach((tab) => sheets[tab].destroy());
    },
  };
}

/** Tabs of the two tables: arrows move, the chosen tab alone takes the focus. */
function makeTabs(id, editor, sheets, choose) {
  const buttons = Object.fromEntries(TABS.map((tab) => [
    tab, element("button", { type: "button", role: "tab", class: "ap-live-tab", id: `${id}-${tab}`, "aria-controls": `${id}-${tab}-panel` }),
  ]));
  const list = element("div", { role: "tablist", class: "ap-live-tabs", "aria-label": editor.say("table_tabs") }, ...Object.values(buttons));
  const panels = Object.fromEntries(TABS.map((tab) => [
    tab, element("div", { role: "tabpanel", id: `${id}-${tab}-panel`, "aria-labelledby": `${id}-${tab}` }, sheets[tab].element),
  ]));
  const other = { elements: "ties", ties: "elements" };
  let current = null;
  const stops = [
    ...TABS.map((tab) => listen(buttons[tab], "click", () => choose(tab))),
    listen(list, "keydown", (event) => {
      const go = { ArrowRight: other[current], ArrowLeft: other[current], Home: "elements", End: "ties" }[event.key];
      if (!go) return;
      event.preventDefault();
      choose(go);
      buttons[go].focus();
    }),
  ];
  return {
    element: list,
    panels,
    focus: (tab) => buttons[tab].focus(),
    update(tab) {
      current = tab;
      const { actors = [], variables = [], ties = [] } = editor.document;
      const counts = { elements: actors.length + variables.length, ties: ties.length };
      for (const one of TABS) {
        setText(buttons[one], editor.say(`table_${one}`, { count: counts[one].toLocaleString(editor.language) }));
        setAttribute(buttons[one], "aria-selected", String(one === tab));
        setAttribute(buttons[one], "tabindex", one === tab ? "0" : "-1");
        panels[one].hidden = one !== tab;
      }
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}
