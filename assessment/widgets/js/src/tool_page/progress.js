// Work that takes longer than a moment: how far it is, and the way out.
import { element, listen, setAttribute, setText } from "../elements.js";

let made = 0;

export function makeProgress(wire) {
  const id = `ap-work-${++made}`;
  const label = element("p", { class: "ap-work-label", id });
  const line = element("div", { class: "ap-work-line" });
  const bar = element("div", { class: "ap-work-bar", role: "progressbar", "aria-labelledby": id, "aria-valuemin": "0", "aria-valuemax": "100" }, line);
  const cancel = element("button", { type: "button", class: "ap-button ap-button-quiet" });
  const whole = element("div", { class: "ap-work" }, label, element("div", { class: "ap-work-row" }, bar, cancel));
  let shown = {};
  const stop = listen(cancel, "click", () => wire.ask(shown.cancel.id, {}));
  const draw = ({ done, total }) => {
    const share = total > 0 ? Math.min(100, Math.round((100 * done) / total)) : null;
    setAttribute(bar, "aria-valuenow", share);
    whole.classList.toggle("ap-work-open", share === null);
    line.style.inlineSize = share === null ? "" : `${share}%`;
  };
  return {
    element: whole,
    update(block, context) {
      shown = block;
      setText(label, block.label);
      setText(cancel, block.cancel?.label);
      draw(context.work[block.id] ?? block);
    },
    destroy: stop,
  };
}
