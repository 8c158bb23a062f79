// The top of every tool: the organisation and its campaign, whether all is kept, the language.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { makeWhose } from "../whose.js";

function makeLanguage(value, wire) {
  const button = element("button", { type: "button", class: "ap-language", lang: value });
  const stop = listen(button, "click", () => wire.ask("language", { language: value }));
  return {
    element: button,
    update(language, current) {
      setText(button, language.label);
      setAttribute(button, "aria-pressed", String(language.value === current));
    },
    destroy: stop,
  };
}

export function makeBar(wire) {
  const whose = makeWhose();
  const group = element("div", { class: "ap-languages", role: "group" });
  const languages = keyedChildren(group, (value) => makeLanguage(value, wire));
  whose.side.append(group);
  return {
    element: whose.element,
    update(page) {
      whose.update(page.header);
      setAttribute(group, "aria-label", page.words?.language);
      const offered = page.languages ?? [];
      group.hidden = offered.length < 2;
      languages.update(offered.map(({ value }) => value), offered, page.language);
    },
    destroy() {
      whose.destroy();
      languages.destroy();
    },
  };
}
