// Ways to go on, side by side: each says what it is for and where it leads.
import { same, uniqueKeys } from "../document.js";
import { element, keyedChildren, setAttribute, setText } from "../elements.js";
import { makeActions } from "./buttons.js";

function makeCard(wire, tag) {
  const badge = element("p", { class: "ap-card-badge" });
  const title = element(tag, { class: "ap-card-title" });
  const text = element("p", { class: "ap-card-text" });
  const lines = element("ol", { class: "ap-card-lines" });
  const actions = makeActions(wire);
  const card = element("li", { class: "ap-card" }, badge, title, text, lines, actions.element);
  let said = null;
  return {
    element: card,
    update(item) {
      setText(badge, item.badge);
      setText(title, item.title);
      setText(text, item.text);
      actions.update((item.actions ?? []).map((action) => ({ about: item.title, ...action })));
      if (same(said, item.lines ?? [])) return;
      said = item.lines ?? [];
      lines.replaceChildren(...said.map((line) => element("li", { text: line })));
      lines.hidden = said.length === 0;
    },
    destroy: actions.destroy,
  };
}

export function makeCards(wire, level) {
  const list = element("ul", { class: "ap-cards", role: "list" });
  const cards = keyedChildren(list, () => makeCard(wire, `h${level}`));
  return {
    element: list,
    update(block) {
      setAttribute(list, "aria-label", block.label);
      setAttribute(list, "data-look", block.look ?? null);
      cards.update(uniqueKeys(block.items.map(({ id }) => id)), block.items);
    },
    destroy: () => cards.destroy(),
  };
}
