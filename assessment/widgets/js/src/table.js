// The rows of a table: numbers on the right, the first text of a row as its heading.
import { element } from "./elements.js";
import { cellText } from "./formatting.js";

/** A cell keeps its place when it says nothing: hidden, those after it would stand under other headings. */
function inPlace(cell) {
  cell.hidden = false;
  return cell;
}

/** A heading of a column {label, numeric}. */
export function headCell(column) {
  return inPlace(element("th", { scope: "col", class: column.numeric ? "ap-numeric" : null, text: column.label }));
}

/** A row of cells under their columns. */
export function bodyRow(row, columns, language) {
  return element("tr", {}, ...row.map((value, index) => {
    const numeric = columns[index]?.numeric;
    const heads = index === 0 && !numeric;
    const text = cellText(value, language);
    return inPlace(element(heads ? "th" : "td", { scope: heads ? "row" : null, class: numeric ? "ap-numeric" : null, text }));
  }));
}
