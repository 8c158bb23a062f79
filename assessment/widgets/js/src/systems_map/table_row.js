// A row of the live table: each cell is the field's own control, or a few words where the field has no meaning.
import { element, listen, setAttribute, setText } from "../elements.js";
import { makeControl } from "./controls.js";
import { FIELDS, appliesTo, edits, fieldOf } from "./fields.js";
import { icon } from "./icons.js";
import { distinctNames, indexOf, namer, tieSentence } from "./names.js";
import { NUMERIC } from "./rows.js";

/** A row's key on its page; an element and a tie may bear the same id. */
export const rowKey = ({ block, id }) => `${block} ${id}`;

/** The words at the head of a column. */
export function columnName(key, editor) {
  if (key === "type") return editor.say("table_type");
  if (key === "ties") return editor.say("table_count_ties");
  return editor.say(`field_${key}`);
}

/** What all rows of one drawing share, found once. */
export function rowContext(editor) {
  return {
    chosen: new Set(editor.selection),
    name: namer(editor.document, editor),
    names: distinctNames(editor.document),
    tiesOf: indexOf(editor.document).tiesOf,
  };
}

/** The row of a key. `actions` is { showTies(id), remove({id, block}), canvas }. */
export function makeRow(key, columns, editor, actions) {
  const block = key.slice(0, key.indexOf(" "));
  const id = key.slice(key.indexOf(" ") + 1);
  let subject = null;
  let stamp = null;
  const box = element("input", { type: "checkbox", class: "ap-check" });
  const cells = columns.map((column) => makeCell(column, block, editor, () => subject, actions));
  const show = makeIcon("locate", () => (editor.select([id]), actions.canvas.show([id])));
  const remove = makeIcon("remove", () => actions.remove({ id, block }));
  const row = element("tr", {}, element("td", { "data-column": "chosen" }, box), ...cells.map((cell) => cell.element),
    element("td", { "data-column": "actions" }, element("div", { class: "ap-row-actions" }, show.button, remove.button)));
  const stop = listen(box, "change", () => {
    const others = editor.selection.filter((one) => one !== id);
    editor.select(box.checked ? [...others, id] : others);
  });

  function relabel(name) {
    setAttribute(box, "aria-label", editor.say("table_choose", { name }));
    show.name(editor.say("table_show", { name }));
    remove.name(editor.say("table_delete", { name }));
  }

  return {
    id,
    element: row,
    update({ value }, { chosen, name, names, tiesOf }) {
      box.checked = chosen.has(id);
      row.classList.toggle("ap-row-chosen", box.checked);
      const said = block === "ties" ? tieSentence(value, name, editor) : name(id);
      const ends = block === "ties" ? [names.get(value.source), names.get(value.target)] : [tiesOf.get(id)?.length];
      const now = [said, ...ends].join("\n");
      if (value === subject && now === stamp) return;
      subject = value;
      stamp = now;
      relabel(said);
      for (const cell of cells) cell.update(value, said, tiesOf);
    },
    focus: () => remove.button.focus(),
    destroy() {
      stop();
      for (const part of [...cells, show, remove]) part.destroy();
    },
  };
}

function makeIcon(name, press) {
  const button = element("button", { type: "button", class: "ap-icon-button" }, icon(name));
  return {
    button,
    name(text) {
      setAttribute(button, "aria-label", text);
      setAttribute(button, "title", text);
    },
    destroy: listen(button, "click", press),
  };
}

function makeCell(column, block, editor, subject, actions) {
  if (column === "type") return makeWords(column, editor.say(block === "actors" ? "table_actor" : "table_variable"));
  if (column === "ties") return makeTieCount(editor, subject, actions);
  if (!FIELDS[block].some(({ key }) => key === column)) return makeWords(column, "");
  return makeField(column, block, editor, subject);
}

const cellOf = (column, ...children) =>
  element(column === "label" || column === "source" ? "th" : "td", {
    scope: column === "label" || column === "source" ? "row" : null, "data-column": column, class: NUMERIC.has(column) ? "ap-numeric" : null,
  }, ...children);

function makeWords(column, text) {
  return { element: cellOf(column, element("span", { class: "ap-cell-words", text })), update() {}, destroy() {} };
}

function makeField(column, block, editor, subject) {
  const field = fieldOf(block, column);
  const control = makeControl(field, editor, (value) => editor.commit(edits(block, [subject()], column, value)), { compact: true });
  const cell = cellOf(column, control.element);
  return {
    element: cell,
    update(value, name) {
      const fits = appliesTo(field, [value]);
      control.element.hidden = !fits;
      if (fits) control.update([value], name);
    },
    destroy: control.destroy,
  };
}

/** How many ties an element has, and the way to see them. */
function makeTieCount(editor, subject, actions) {
  const button = element("button", { type: "button", class: "ap-tie-count" });
  return {
    element: cellOf("ties", button),
    update(value, name, tiesOf) {
      const count = tiesOf.get(value.id)?.length ?? 0;
      setText(button, String(count));
      setAttribute(button, "aria-label", `${count}. ${editor.say("table_show_ties", { name })}`);
    },
    destroy: listen(button, "click", () => actions.showTies(subject().id)),
  };
}
