// What a person is told: in passing, as a success, as a warning, as something that went wrong.
import { same } from "./document.js";
import { element, setAttribute, setText } from "./elements.js";

const SIGNS = { info: "i", good: "✓", warning: "!", error: "×" };
const ROLES = { good: "status", error: "alert" };

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
