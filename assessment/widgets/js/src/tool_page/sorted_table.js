// A table that can be read in another order.
import { same } from "../document.js";
import { element, setAttribute, setText } from "../elements.js";
import { bodyRow, headCell } from "../table.js";

let made = 0;

/** Rows in the order of a column; what is empty comes last both ways, equals stay as they were. Pure. */
export function inOrder(rows, column, direction, language) {
  const collator = new Intl.Collator(language, { numeric: true });
  const empty = (value) => value === null || value === undefined || value === "";
  const compare = (one, other) => (typeof one === "number" && typeof other === "number" ? one - other : collator.compare(String(one), String(other)));
  return [...rows].sort((a, b) => {
    const [one, other] = [a[column], b[column]];
    if (empty(one) || empty(other)) return empty(one) - empty(other);
    return direction * compare(one, other);
  });
}

export function makeTable() {
  const id = `ap-tool-table-${++made}`;
  const caption = element("caption", { id, class: "ap-caption" });
  const head = element("thead", {});
  const body = element("tbody", {});
  const table = element("table", { class: "ap-table" }, caption, head, body);
  const frame = element("div", { class: "ap-table-frame", role: "group", tabindex: "0", "aria-labelledby": id }, table);
  const empty = element("p", { class: "ap-empty" });
  const whole = element("div", { class: "ap-tool-table" }, frame, empty);
  let shown = null;
  let language = "fr";
  let order = null; // {column, direction}

  function heading(column, index) {
    const cell = headCell(shown.sortable ? { ...column, label: "" } : column);
    if (!shown.sortable) return cell;
    const button = element("button", { type: "button", class: "ap-order", text: column.label });
    button.addEventListener("click", () => sort(index));
    cell.hidden = false;
    cell.append(button);
    return cell;
  }

  function sort(column) {
    order = { column, direction: order?.column === column ? -order.direction : 1 };
    rows();
  }

  function rows() {
    [...(head.firstChild?.children ?? [])].forEach((cell, index) => {
      const sorted = order?.column === index ? (order.direction > 0 ? "ascending" : "descending") : null;
      setAttribute(cell, "aria-sort", shown.sortable ? sorted : null);
    });
    const wanted = order ? inOrder(shown.rows, order.column, order.direction, language) : shown.rows;
    body.replaceChildren(...wanted.map((row) => bodyRow(row, shown.columns, language)));
  }

  return {
    element: whole,
    update(block, context) {
      if (same(shown, block) && language === context.language) return;
      const sameHead = shown && same([shown.columns, shown.sortable], [block.columns, block.sortable]);
      if (order && order.column >= block.columns.length) order = null;
      [shown, language] = [block, context.language];
      setText(caption, block.caption);
      setText(empty, block.rows.length ? "" : (block.empty ?? ""));
      frame.hidden = block.rows.length === 0 && Boolean(block.empty);
      if (!sameHead) head.replaceChildren(element("tr", {}, ...block.columns.map(heading)));
      rows();
    },
  };
}
