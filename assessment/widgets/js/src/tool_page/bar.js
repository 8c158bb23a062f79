// The top of every tool: the organisation and its campaign, whether all is kept, the language.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { makeLink } from "./links.js";

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
  const home = makeLink({ class: "ap-bar-home" });
  const organisation = element("p", { class: "ap-bar-organisation" });
  const campaign = element("p", { class: "ap-bar-campaign" });
  const state = element("p", { class: "ap-bar-state" });
  const group = element("div", { class: "ap-languages", role: "group" });
  const languages = keyedChildren(group, (value) => makeLanguage(value, wire));
  const names = element("div", { class: "ap-bar-names" }, home.element, organisation, campaign);
  const side = element("div", { class: "ap-bar-side" }, state, group);
  return {
    element: element("div", { class: "ap-tool-bar" }, names, side),
    update(page) {
      const header = page.header ?? {};
      setText(home.element, header.home?.label);
      home.update(header.home?.href);
      setText(organisation, header.organisation);
      setText(campaign, header.campaign);
      setText(state, header.state?.text);
      setAttribute(state, "data-state", header.state?.kind ?? null);
      setAttribute(group, "aria-label", page.words?.language);
      const offered = page.languages ?? [];
      group.hidden = offered.length < 2;
      languages.update(offered.map(({ value }) => value), offered, page.language);
    },
    destroy() {
      home.destroy();
      languages.destroy();
    },
  };
}
