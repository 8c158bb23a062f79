// A few figures in a row.
import { element, keyedChildren, setText } from "./elements.js";

/** The figures: `update({ facts })` takes a list of {label, value, note}. */
export function makeFacts() {
  const list = element("dl", { class: "ap-facts" });
  const facts = keyedChildren(list, makeFact);
  return {
    element: list,
    update(page) {
      const wanted = page.facts ?? [];
      list.hidden = wanted.length === 0;
      facts.update(wanted.map((_, index) => String(index)), wanted);
    },
    destroy: () => facts.destroy(),
  };
}

function makeFact() {
  const label = element("dt", { class: "ap-fact-label" });
  const value = element("dd", { class: "ap-fact-value" });
  const note = element("dd", { class: "ap-fact-note" });
  return {
    element: element("div", { class: "ap-fact" }, label, value, note),
    update(fact) {
      setText(label, fact.label);
      setText(value, fact.value);
      setText(note, fact.note);
    },
  };
}
