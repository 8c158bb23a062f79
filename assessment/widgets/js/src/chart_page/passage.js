// A passage: a question, its answer in words, its charts, and its table one click away.
import { same } from "../document.js";
import { element, keyedChildren, setText } from "../elements.js";
import { bodyRow, headCell } from "../table.js";
import { makeFigure } from "./figure.js";

/** Rows up to which the table of a passage without a drawing stands open. */
const SHORT = 15;

let made = 0;

/** A passage {id, title, told, points, charts, table, note}; what is open stays open. */
export function makePassage(_wire, level) {
  const id = `ap-passage-${++made}`;
  const title = element(`h${level}`, { class: "ap-section-title", id });
  const told = element("p", { class: "ap-sentence" });
  const points = element("ul", { class: "ap-points" });
  const stack = element("div", { class: "ap-charts" });
  const charts = keyedChildren(stack, () => makeFigure(level + 1));
  const table = makeTable(`${id}-table`);
  const note = element("p", { class: "ap-note" });
  const words = element("div", { class: "ap-section-words" }, title, told, note);
  const matter = element("div", { class: "ap-section-matter" }, stack, points, table.element);
  let drawn = true;
  let said = null;

  /** Without a drawing the words are the matter: they stand where it would, and the table is open where it is short. */
  function arrange(block) {
    const draws = Boolean(block.charts?.length);
    if (draws === drawn) return;
    drawn = draws;
    if (draws) title.after(told);
    else matter.prepend(told);
    table.open(!draws && (block.table?.rows.length ?? 0) <= SHORT && !block.points?.length);
  }

  return {
    element: element("section", { class: "ap-passage", "aria-labelledby": id }, words, matter),
    update(block, context) {
      const wanted = block.charts ?? [];
      setText(title, block.title);
      setText(told, block.told);
      setText(note, block.note);
      arrange(block);
      if (!same(said, block.points ?? [])) {
        said = block.points ?? [];
        points.replaceChildren(...said.map((text) => element("li", { text })));
        points.hidden = said.length === 0;
      }
      charts.update(wanted.map((_, index) => String(index)), wanted, context);
      table.update(block, context);
      stack.hidden = wanted.length === 0;
    },
    settled: () => Promise.all(charts.parts().map((chart) => chart.settled())),
    drawn: () => charts.parts().every((chart) => chart.drawn()),
    destroy: () => charts.destroy(),
  };
}

function makeTable(id) {
  const label = element("span", {});
  const caption = element("caption", { id, class: "ap-caption" });
  const head = element("thead", {});
  const body = element("tbody", {});
  const table = element("table", { class: "ap-table" }, caption, head, body);
  const frame = element("div", { class: "ap-table-frame", role: "group", tabindex: "0", "aria-labelledby": id }, table);
  const summary = element("summary", { class: "ap-summary" }, label);
  const details = element("details", { class: "ap-details" }, summary, frame);
  let shown = null;
  let shownIn = null;
  return {
    element: details,
    open(yes) {
      details.open = yes;
    },
    update(block, { language, words }) {
      const wanted = block.table ?? null;
      details.hidden = wanted === null;
      setText(label, words.see_table ?? wanted?.caption);
      if (wanted === null || (same(shown, wanted) && shownIn === language)) return;
      [shown, shownIn] = [wanted, language];
      setText(caption, wanted.caption);
      head.replaceChildren(element("tr", {}, ...wanted.columns.map(headCell)));
      body.replaceChildren(...wanted.rows.map((row) => bodyRow(row, wanted.columns, language)));
    },
  };
}
