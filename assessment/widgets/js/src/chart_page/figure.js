// A chart of a passage: the finding above, whom the numbers come from below, and the picture to take along.
import { makeChart } from "../chart.js";
import { element, listen, setAttribute, setText } from "../elements.js";
import { download } from "../saving.js";
import { fileName, pictureOf } from "./picture.js";

const TYPES = { png: "image/png", svg: "image/svg+xml" };

/** A figure; `update(chart, context)` takes {spec, alt, title, note}. */
export function makeFigure(level) {
  const chart = makeChart(level);
  const note = element("p", { class: "ap-source" });
  const buttons = Object.keys(TYPES).map((format) => [format, element("button", { type: "button", class: "ap-take" })]);
  const takes = element("div", { class: "ap-takes" }, ...buttons.map(([, button]) => button));
  const whole = element("div", { class: "ap-figure" }, chart.element, element("div", { class: "ap-figure-foot" }, note, takes));
  let shown = {};
  let context = {};
  const stops = buttons.map(([format, button]) => listen(button, "click", () => take(format)));

  async function take(format) {
    const content = await pictureOf(shown, { ...context, root: whole.closest(".apprenance"), format });
    download(`${fileName(shown.title || shown.alt)}.${format}`, content, TYPES[format]);
  }

  return {
    element: whole,
    update(next, nextContext) {
      [shown, context] = [next, nextContext];
      chart.update(next, nextContext);
      setText(note, next.note);
      for (const [format, button] of buttons) {
        setText(button, format.toUpperCase());
        setAttribute(button, "aria-label", `${context.words[`take_${format}`] ?? format.toUpperCase()} ${next.title ?? ""}`.trim());
      }
    },
    settled: chart.settled,
    drawn: chart.drawn,
    destroy() {
      stops.forEach((stop) => stop());
      chart.destroy();
    },
  };
}
