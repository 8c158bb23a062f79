// One tooltip for all charts of a page: shown at the pointer, inside the page so that it wears the page's colours.
import { element, listen } from "./elements.js";

/** The lines of a tooltip: [["Score", "58"], …] or [[null, "a text"]]. Pure. */
export function tooltipLines(value) {
  if (value === null || value === undefined || value === "") return [];
  if (typeof value !== "object") return [[null, String(value)]];
  if (Array.isArray(value)) return [[null, value.join(", ")]];
  return Object.entries(value).map(([name, said]) => [name, String(said)]);
}

/** Where a box of this size stands near a point, inside a frame. Pure. */
export function placed(point, box, frame, gap = 14) {
  const right = point.x + gap;
  const x = right + box.width > frame.width ? Math.max(0, point.x - gap - box.width) : right;
  const y = Math.max(0, Math.min(point.y + gap, frame.height - box.height));
  return { x, y };
}

/** The tooltip of a page: `handler` is Vega's, `destroy` takes all away. */
export function makeTooltip(root) {
  const box = element("div", { class: "ap-tooltip", "aria-hidden": "true", hidden: true });
  root.append(box);
  const hide = () => (box.hidden = true);
  const stop = listen(root, "keydown", (event) => event.key === "Escape" && hide());
  const handler = (_handler, event, _item, value) => {
    const lines = tooltipLines(value);
    if (lines.length === 0) return hide();
    box.replaceChildren(...lines.map(([name, text]) => line(name, text)));
    box.hidden = false;
    const frame = root.getBoundingClientRect();
    const point = { x: event.clientX - frame.x, y: event.clientY - frame.y };
    const { x, y } = placed(point, box.getBoundingClientRect(), frame);
    box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  };
  return {
    handler,
    hide,
    destroy() {
      stop();
      box.remove();
    },
  };
}

function line(name, text) {
  const said = element("span", { class: "ap-tooltip-value", text });
  if (name === null) return element("div", {}, said);
  return element("div", {}, element("span", { class: "ap-tooltip-name", text: name }), said);
}
