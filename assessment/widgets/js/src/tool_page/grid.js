// A grid of numbers with its totals: headcounts of roles by units, hours by step.
import { same } from "../document.js";
import { element, listen, setAttribute, setText } from "../elements.js";
import { makeDraft } from "./draft.js";
import { numberFault, parsedNumber, pastedCells, readNumber, totals, typedNumber } from "./numbers.js";
import { makeShell, reasonWords } from "./shell.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Whether an arrow leaves a cell: sideways only from the end of what is written there. */
function leaves(key, cell) {
  if (key === "ArrowLeft") return cell.selectionStart === 0 && cell.selectionEnd === 0;
  if (key === "ArrowRight") return cell.selectionStart === cell.value.length;
  return true;
}

const lineOf = (...cells) => element("tr", { role: "row" }, ...cells);
const columnHead = (text) => element("th", { scope: "col", role: "columnheader", class: "ap-numeric", text });
const rowHead = (text) => element("th", { scope: "row", role: "rowheader", text });
/** A cell that knows its column's name: it stands above it where the grid is stacked. */
const cellOf = (column, name, ...within) => element("td", { role: "cell", class: name, "data-column": column }, ...within);

const cellsOf = (field) => field.value ?? field.rows.map(() => field.columns.map(() => null));

export function makeGrid(changed) {
  const shell = makeShell(true);
  const draft = makeDraft();
  // stacked on a phone, browsers no longer take it for a table: roles are said
  const [head, body, foot] = ["thead", "tbody", "tfoot"].map((tag) => element(tag, { role: "rowgroup" }));
  const table = element("table", { class: "ap-numbers", role: "table" }, head, body, foot);
  shell.place.append(element("div", { class: "ap-numbers-frame" }, table));
  let field = { rows: [], columns: [] };
  let shape = null;
  let language = "fr";
  let words = {};
  let cells = []; // rows of inputs
  let sums = { rows: [], columns: [], all: null };

  const read = () => cells.map((row) => row.map((cell) => parsedNumber(cell.value, language)));
  const wrong = (value) => numberFault(value, { min: 0, ...field, kind: field.decimals ? "decimal" : "whole" }, language);

  function add() {
    const found = totals(read(), field.columns.length);
    sums.rows.forEach((place, index) => setText(place, readNumber(found.rows[index], language)));
    sums.columns.forEach((place, index) => setText(place, readNumber(found.columns[index], language)));
    if (sums.all) setText(sums.all, readNumber(found.all, language));
  }

  function change() {
    draft.typed(read());
    shell.tell(null);
    for (const cell of cells.flat()) setAttribute(cell, "aria-invalid", null);
    add();
    changed();
  }

  function build() {
    const total = field.totals === false ? [] : [columnHead(words.total)];
    const corner = field.corner ? element("th", { scope: "col", role: "columnheader", text: field.corner }) : element("td", { role: "cell" });
    head.replaceChildren(lineOf(corner, ...field.columns.map(({ label }) => columnHead(label)), ...total));
    setAttribute(table, "data-wide", field.columns.length > 1 ? "" : null);
    sums = { rows: [], columns: [], all: null };
    cells = field.rows.map((row) => field.columns.map((column) => inputOf(row, column)));
    body.replaceChildren(...field.rows.map((row, index) => rowOf(row, cells[index])));
    foot.replaceChildren(...(field.totals === false ? [] : [totalRow()]));
  }

  function inputOf(row, column) {
    const mode = field.decimals ? "decimal" : "numeric";
    return element("input", { type: "text", inputmode: mode, autocomplete: "off", class: "ap-box ap-cell", "aria-label": `${row.label}, ${column.label}` });
  }

  function rowOf(row, inputs) {
    const line = [rowHead(row.label), ...inputs.map((input, index) => cellOf(field.columns[index].label, null, input))];
    if (field.totals !== false) line.push((sums.rows[sums.rows.length] = cellOf(words.total, "ap-numeric ap-sum")));
    return lineOf(...line);
  }

  function totalRow() {
    sums.columns = field.columns.map(({ label }) => cellOf(label, "ap-numeric ap-sum"));
    sums.all = cellOf(words.total, "ap-numeric ap-sum ap-sum-all");
    return lineOf(rowHead(words.total), ...sums.columns, sums.all);
  }

  const placeOf = (cell) => {
    const row = cells.findIndex((one) => one.includes(cell));
    return row < 0 ? null : [row, cells[row].indexOf(cell)];
  };

  function move(event) {
    const step = STEPS[event.key];
    const place = placeOf(event.target);
    if (!step || !place || event.altKey || event.ctrlKey || event.metaKey || !leaves(event.key, event.target)) return;
    event.preventDefault(); // Enter goes down a row, and sends no form
    const next = cells[place[0] + (event.shiftKey ? -step[0] : step[0])]?.[place[1] + step[1]];
    next?.focus();
    next?.select();
  }

  function paste(event) {
    const copied = pastedCells(event.clipboardData?.getData("text") ?? "");
    const place = placeOf(event.target);
    if (!place || (copied.length === 1 && copied[0].length === 1)) return;
    event.preventDefault();
    copied.forEach((row, down) => row.forEach((text, right) => {
      const cell = cells[place[0] + down]?.[place[1] + right];
      if (cell) cell.value = text.trim();
    }));
    change();
  }

  /** Shows numbers; what is none yet stays as it was typed. */
  function write(value, typed) {
    value.forEach((row, r) => row.forEach((one, c) => {
      cells[r][c].value = Number.isNaN(one) ? (typed[r]?.[c] ?? "") : typedNumber(one, language);
    }));
  }

  const stops = [listen(table, "input", change), listen(table, "keydown", move), listen(table, "paste", paste)];

  return {
    element: shell.element,
    update(next, context) {
      const spoken = language !== context.language;
      const typed = cells.map((row) => row.map(({ value }) => value));
      const wanted = [next.rows, next.columns, next.corner, next.totals, next.decimals];
      [field, language, words] = [next, context.language, context.words];
      const built = !same(shape, wanted) || spoken;
      let taken = draft.given(cellsOf(field));
      if (!fits(draft.value(), field)) taken = Boolean(draft.typed(cellsOf(field)));
      if (built) build();
      if (built || taken) write(draft.value(), typed);
      shape = wanted;
      add();
      shell.update(field, words);
    },
    value: () => draft.value(),
    sent: () => draft.sent(),
    check() {
      const faulty = cells.flat().filter((cell) => wrong(parsedNumber(cell.value, language)));
      for (const cell of faulty) setAttribute(cell, "aria-invalid", "true");
      if (faulty.length) shell.tell(reasonWords(wrong(parsedNumber(faulty[0].value, language)), words));
      return faulty.length === 0;
    },
    focus: () => (table.querySelector('[aria-invalid="true"]') ?? table.querySelector("input"))?.focus(),
    destroy: () => stops.forEach((stop) => stop()),
  };
}

const fits = (value, { rows, columns }) => value?.length === rows.length && value.every((row) => row.length === columns.length);
