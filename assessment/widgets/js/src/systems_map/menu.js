// A button that opens a menu: arrows move, Enter chooses, Escape closes and gives the focus back (ARIA's pattern).
import { element, listen, setAttribute, setText } from "../elements.js";

let made = 0;

/** `entries()` gives [{ label, group?, note?, checked?, run }] each time the menu opens. */
export function makeMenu({ icon, entries, extra = null }) {
  const id = `ap-menu-${++made}`;
  const button = element("button", { type: "button", class: "ap-tool", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id });
  const words = element("span", { class: "ap-tool-words" });
  if (icon) button.append(icon);
  button.append(words);
  const list = element("div", { class: "ap-menu", id, role: "menu", hidden: true });
  const root = element("div", { class: "ap-menu-root" }, button, list);
  if (extra) root.append(extra);

  const items = () => [...list.querySelectorAll("[role^=menuitem]")];
  const isOpen = () => !list.hidden;

  function open(last = false) {
    list.replaceChildren(...grouped(entries()));
    list.hidden = false;
    setAttribute(button, "aria-expanded", "true");
    list.classList.toggle("ap-menu-left", root.getBoundingClientRect().left + list.offsetWidth > root.closest(".apprenance").getBoundingClientRect().right - 8);
    items().at(last ? -1 : 0)?.focus();
  }

  function close(focus = true) {
    if (!isOpen()) return;
    list.hidden = true;
    setAttribute(button, "aria-expanded", "false");
    if (focus) button.focus();
  }

  function grouped(all) {
    const names = [...new Set(all.map(({ group }) => group ?? ""))];
    return names.map((name) => {
      const mine = all.filter(({ group }) => (group ?? "") === name).map(item);
      if (!name) return element("div", { role: "none" }, ...mine);
      return element("div", { role: "group", "aria-label": name }, element("div", { class: "ap-menu-group", text: name, "aria-hidden": "true" }), ...mine);
    });
  }

  function item({ label, note, checked, run }) {
    const radio = checked !== undefined;
    const node = element("button", {
      type: "button", class: "ap-menu-item", role: radio ? "menuitemcheckbox" : "menuitem", tabindex: "-1",
      "aria-checked": radio ? String(checked) : null,
    });
    node.append(element("span", { text: label }));
    if (note) node.append(element("span", { class: "ap-menu-note", text: note }));
    node.addEventListener("click", () => {
      close();
      run();
    });
    return node;
  }

  function keys(event) {
    const all = items();
    const at = all.indexOf(document.activeElement);
    const go = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return close(false);
    else if (go !== undefined) all.at(go % all.length)?.focus();
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== " ") {
      const letter = event.key.toLowerCase();
      const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      after.find((one) => one.textContent.toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const stops = [
    listen(button, "click", () => (isOpen() ? close() : open())),
    listen(button, "keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      open(event.key === "ArrowUp");
    }),
    listen(list, "keydown", keys),
    listen(document, "pointerdown", ({ target }) => root.contains(target) || close(false)),
    listen(root, "focusout", ({ relatedTarget }) => relatedTarget && !root.contains(relatedTarget) && close(false)),
  ];
  return {
    element: root,
    button,
    label(text, hint) {
      setText(words, text);
      setAttribute(button, "title", hint ?? text);
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}
