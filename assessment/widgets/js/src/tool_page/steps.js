// The journey: what is done, what comes next, what is for later; each a link, a button, or words.
import { uniqueKeys } from "../document.js";
import { element, keyedChildren, setAttribute, setText } from "../elements.js";
import { makeActions } from "./buttons.js";

const SIGNS = { done: "✓" };

function makeStep(wire) {
  const sign = element("span", { class: "ap-journey-step-sign", "aria-hidden": "true" });
  const title = element("span", { class: "ap-journey-step-title" });
  const state = element("span", { class: "ap-journey-step-state" });
  const text = element("p", { class: "ap-journey-step-text" });
  const note = element("p", { class: "ap-journey-step-note" });
  const actions = makeActions(wire);
  const words = element("div", { class: "ap-journey-step-words" }, element("p", { class: "ap-journey-step-line" }, title, " ", state), text, note);
  const step = element("li", { class: "ap-journey-step" }, sign, words, actions.element);
  return {
    element: step,
    update([item, number], context) {
      setAttribute(step, "data-state", item.state);
      setAttribute(step, "aria-current", item.state === "next" ? "step" : null);
      sign.textContent = SIGNS[item.state] ?? String(number);
      setText(title, item.title);
      setText(state, item.state_label ?? context.words[`step_${item.state}`]);
      setText(text, item.text);
      setText(note, item.note);
      actions.update((item.actions ?? []).map((action) => ({ about: item.title, ...action })));
    },
    destroy: actions.destroy,
  };
}

export function makeSteps(wire) {
  const list = element("ol", { class: "ap-journey" });
  const steps = keyedChildren(list, () => makeStep(wire));
  return {
    element: list,
    update(block, context) {
      setAttribute(list, "aria-label", block.label);
      steps.update(uniqueKeys(block.items.map(({ id }) => id)), block.items.map((item, index) => [item, index + 1]), context);
    },
    destroy: () => steps.destroy(),
  };
}
