// The sections of a page, with their charts and tables.
import { makeChart } from "./chart.js";
import { same, uniqueKeys } from "./document.js";
import { element, keyedChildren, setText } from "./elements.js";
import { bodyRow, headCell } from "./table.js";

/** Rows up to which the table of a section without a drawing stands open. */
const SHORT = 15;

let made = 0;

/** The sections of the page, each kept by its id: what is open stays open. */
export function makeSections() {
  const list = element("div", { class: "ap-sections" });
  const sections = keyedChildren(list, makeSection);
  return {
    element: list,
    update(page, context) {
      const wanted = page.sections ?? [];
      sections.update(uniqueKeys(wanted.map(({ id }) => id)), wanted, context);
    },
    settled: () => Promise.all(sections.parts().map((section) => section.settled())),
    drawn: () => sections.parts().every((section) => section.drawn()),
    destroy: () => sections.destroy(),
  };
}

function makeSection() {
  const id = `ap-section-${++made}`;
  const title = element("h2", { class: "ap-section-title", id });
  const sentence = element("p", { class: "ap-sentence" });
  const points = element("ul", { class: "ap-points" });
  const stack = element("div", { class: "ap-charts" });
  const charts = keyedChildren(stack, makeChart);
  const table = makeTable(`${id}-table`);
  const note = element("p", { class: "ap-note" });
  const words = element("div", { class: "ap-section-words" }, title, sentence);
  const matter = element("div", { class: "ap-section-matter" }, stack, table.element, note);
  let plain = false;
  let said = null;
  return {
    element: element("section", { class: "ap-section", "aria-labelledby": id }, words, matter),
    update(section, context) {
      const wanted = section.charts ?? [];
      setText(title, section.title);
      setText(sentence, section.sentence);
      setText(note, section.note);
      if (plain !== (wanted.length === 0)) {
        plain = !plain;
        // without a drawing the words are the matter, and what they do not say stands beside them
        if (plain) (matter.prepend(sentence, points), words.append(note));
        else (words.append(sentence), matter.append(note), points.remove());
        table.open(plain && (section.table?.rows.length ?? 0) <= SHORT && !section.points?.length);
      }
      if (!same(said, section.points)) {
        said = section.points ?? [];
        points.replaceChildren(...said.map((text) => element("li", { text })));
        points.hidden = said.length === 0;
      }
      charts.update(wanted.map((_, index) => String(index)), wanted, context);
      table.update(section, context.language);
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
    update(section, language) {
      const wanted = section.table ?? null;
      details.hidden = wanted === null;
      setText(label, section.table_label ?? wanted?.caption);
      if (wanted === null || (same(shown, wanted) && shownIn === language)) return;
      [shown, shownIn] = [wanted, language];
      setText(caption, wanted.caption);
      head.replaceChildren(element("tr", {}, ...wanted.columns.map(headCell)));
      body.replaceChildren(...wanted.rows.map((row) => bodyRow(row, wanted.columns, language)));
    },
  };
}
