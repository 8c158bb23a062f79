// What every tool has on top: the way home, whose work it is, whether all is kept; the languages join it.
import { element, setAttribute, setText } from "./elements.js";
import { makeLink } from "./tool_page/links.js";

/** What is said of keeping: what happens right now, as a widget knows it, before what Python says of the place. Pure. */
export function keptState(said, now) {
  if (!now || now.kind === "saved") return said ?? null;
  return now;
}

/** The bar; `update(header, now)` shows whose it is; what is put into `side` stands at its end. */
export function makeWhose() {
  const home = makeLink({ class: "ap-bar-home" });
  const organisation = element("p", { class: "ap-bar-organisation" });
  const campaign = element("p", { class: "ap-bar-campaign" });
  const state = element("p", { class: "ap-bar-state" });
  const names = element("div", { class: "ap-bar-names" }, home.element, organisation, campaign);
  const side = element("div", { class: "ap-bar-side" }, state);
  return {
    element: element("div", { class: "ap-tool-bar" }, names, side),
    side,
    update(header, now) {
      const kept = keptState(header?.state, now);
      setText(home.element, header?.home?.label);
      home.update(header?.home?.href);
      setText(organisation, header?.organisation);
      setText(campaign, header?.campaign);
      setText(state, kept?.text);
      setAttribute(state, "data-state", kept?.kind ?? null);
    },
    destroy: home.destroy,
  };
}
