// The top of the page: badge, title, subtitle, languages.
import { element, keyedChildren, listen, setAttribute, setText } from "./elements.js";

/** The page's header; `choose("language", "en")` is called when a language is pressed. */
export function makeHeader(choose) {
  const badge = element("p", { class: "ap-badge" });
  const title = element("h1", { class: "ap-title", tabindex: "-1" });
  const subtitle = element("p", { class: "ap-subtitle" });
  const group = element("div", { class: "ap-languages", role: "group" });
  const languages = keyedChildren(group, (value) => makeLanguage(value, choose));
  const words = element("div", { class: "ap-header-words" }, badge, title, subtitle);
  const side = element("div", { class: "ap-header-side" }, group);
  return {
    element: element("div", { class: "ap-header" }, words, side),
    side,
    languages: group,
    title,
    update(page, language) {
      const offered = page.languages ?? [];
      setText(badge, page.badge);
      setText(title, page.title);
      setText(subtitle, page.subtitle);
      setAttribute(group, "aria-label", page.languages_label ?? "Langue · Language");
      group.hidden = offered.length < 2;
      languages.update(offered.map(({ value }) => value), offered, language);
    },
    destroy: () => languages.destroy(),
  };
}

function makeLanguage(value, choose) {
  const button = element("button", { type: "button", class: "ap-language", lang: value });
  const stop = listen(button, "click", () => choose("language", value));
  return {
    element: button,
    update(language, current) {
      setText(button, language.label);
      setAttribute(button, "aria-pressed", String(language.value === current));
    },
    destroy: stop,
  };
}
