// What a person is told: in passing, as a success, as a warning, as something that went wrong.
import { same, uniqueKeys } from "./document.js";
import { element, keyedChildren, setAttribute, setText } from "./elements.js";

const SIGNS = { info: "i", good: "✓", warning: "!", error: "×" };
const ROLES = { good: "status", error: "alert" };

/** The notices, in a region that is read aloud when they change. */
export function makeNotices() {
  const list = element("div", { class: "ap-notices", "aria-live": "polite" });
  const notices = keyedChildren(list, makeNotice);
  return {
    element: list,
    update(page) {
      const wanted = page.notices ?? [];
      notices.update(uniqueKeys(wanted.map(({ kind, title }) => `${kind} ${title}`)), wanted);
    },
    destroy: () => notices.destroy(),
  };
}

/** One notice. */
export function makeNotice() {
  const title = element("p", { class: "ap-notice-title" });
  const lines = element("div", { class: "ap-notice-lines" });
  const sign = element("span", { class: "ap-notice-sign", "aria-hidden": "true" });
  const words = element("div", {}, title, lines);
  const block = element("div", { class: "ap-notice" }, sign, words);
  let said = null;
  return {
    element: block,
    words,
    update(notice) {
      setAttribute(block, "data-kind", notice.kind);
      setAttribute(block, "role", ROLES[notice.kind]);
      sign.textContent = SIGNS[notice.kind] ?? SIGNS.info;
      setText(title, notice.title);
      if (same(said, notice.lines)) return;
      said = notice.lines ?? [];
      lines.replaceChildren(...said.map((text) => element("p", { text })));
    },
  };
}
