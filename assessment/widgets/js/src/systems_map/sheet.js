// One of the two tables: adding, searching, sorting, pages of rows, and what can be done with those chosen.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { makeAddElement, makeAddTie } from "./additions.js";
import { announcement } from "./announcements.js";
import { removal } from "./commands.js";
import { namer } from "./names.js";
import { NUMERIC, columnsOf, keptOrder, nextSort, paged, rowsOf, searched, sorted } from "./rows.js";
import { columnName, makeRow, rowContext, rowKey } from "./table_row.js";

const PAUSE = 500; // milliseconds after the last letter before the number of rows found is said

let made = 0;

/** A table of elements or of ties; `showTies(id)` shows those of one element. */
export function makeSheet(tab, editor, canvas, showTies) {
  const state = { search: "", sort: null, page: 0, only: null, order: [], columns: "" };
  const adding = (tab === "ties" ? makeAddTie : makeAddElement)(editor, reveal);
  const tools = makeTools(tab, editor, state, { again: () => arrange(), clear: () => (only(null), editor.view.ties_of && editor.look({ ties_of: null })) });
  const chosen = makeChosen(editor, canvas, () => remove(editor.selection));
  const taken = makeTaken(editor);
  const grid = makeGrid(tab, editor, { canvas, showTies, remove: (row) => remove([row.id], rowRemoval(editor.document, row)), sort });
  const pager = makePager(editor, (page) => {
    state.page = page;
    show();
    grid.top();
  });
  const block = element("div", { class: "ap-sheet-live" }, adding.element, element("div", { class: "ap-sheet-bar" }, tools.element, chosen.element),
    taken.element, grid.element, pager.element);

  /** Finds and orders the rows anew; `keep` leaves those that are shown where they are. */
  function arrange(keep = false) {
    const all = rowsOf(editor.document, tab);
    const own = state.only ? all.filter(({ value }) => value.source === state.only || value.target === state.only) : all;
    const found = sorted(searched(own, state.search, editor), state.sort, editor);
    state.order = keep ? keptOrder(state.order, all, found) : found;
    show();
  }

  function show() {
    const page = paged(state.order, state.page);
    state.page = page.page;
    grid.update(page, state);
    pager.update(page);
    tools.update(page);
    chosen.update();
    adding.update();
  }

  function sort(key) {
    state.sort = nextSort(state.sort, key);
    state.page = 0;
    arrange();
    const said = state.sort ? (state.sort.down ? "table_sorted_down" : "table_sorted_up") : "table_sorted_not";
    editor.announce(editor.say(said, { column: columnName(key, editor) }));
  }

  function only(id) {
    Object.assign(state, { only: id, search: "", page: 0 });
    arrange();
  }

  /** Goes to the page of a row, and lets it be seen. */
  function reveal(id) {
    const index = state.order.findIndex((row) => row.id === id);
    if (index < 0) return;
    state.page = paged(state.order.slice(0, index + 1), Infinity).page;
    show();
    grid.flash(id);
  }

  function remove(ids, changes = removal(editor.document, ids).changes) {
    const { document } = editor;
    const next = grid.after(ids);
    if (editor.commit(changes) === false) return;
    taken.show(announcement(changes, document, editor));
    grid.focus(next);
  }

  return {
    element: block,
    only,
    update({ changes, selection, view }) {
      if (view) return undefined;
      if (selection) return select();
      if (changes !== undefined) taken.hide();
      if (state.only && !editor.find(state.only)) state.only = null;
      arrange(changes !== undefined && changes !== null && grid.busy());
      return undefined;
    },
    destroy() {
      for (const part of [adding, tools, chosen, taken, grid, pager]) part.destroy();
    },
  };

  function select() {
    const [one, ...others] = editor.selection;
    const index = one && others.length === 0 && !grid.busy() ? state.order.findIndex(({ id }) => id === one) : -1;
    if (index >= 0) state.page = paged(state.order.slice(0, index + 1), Infinity).page;
    show();
    if (index >= 0) grid.seen(one);
  }
}

/** What goes with a row; where a tie bears the id of an element, the tie alone. */
function rowRemoval(document, { id, block }) {
  const { changes } = removal(document, [id]);
  return block === "ties" ? changes.filter((change) => change.block === "ties" && change.id === id) : changes;
}

/** Search box, number of rows found, and whose ties are shown alone. */
function makeTools(tab, editor, state, { again, clear }) {
  const id = `ap-search-${++made}`;
  const label = element("label", { class: "ap-label", for: id, text: editor.say("table_search") });
  const input = element("input", { id, class: "ap-input ap-live-search", type: "search", autocomplete: "off", placeholder: editor.say(`table_search_${tab}`) });
  const found = element("p", { class: "ap-note ap-live-found", text: "" });
  const only = element("button", { type: "button", class: "ap-live-only" });
  let pause = null;
  const told = (count) => editor.count("table_found", count, { count: count.toLocaleString(editor.language) });
  const stops = [
    listen(input, "input", () => {
      Object.assign(state, { search: input.value, page: 0 });
      again();
      clearTimeout(pause);
      pause = setTimeout(() => editor.announce(told(state.order.length)), PAUSE);
    }),
    listen(only, "click", () => {
      clear();
      input.focus();
    }),
  ];
  return {
    element: element("div", { class: "ap-live-tools" }, element("div", { class: "ap-live-search-field" }, label, input), only, found),
    update(page) {
      if (input.value !== state.search) input.value = state.search;
      const name = state.only && namer(editor.document, editor)(state.only);
      setText(only, name ? editor.say("table_only", { name }) : "");
      setAttribute(only, "aria-label", name ? editor.say("table_only_clear", { name }) : null);
      setText(found, state.search.trim() ? told(page.count) : "");
    },
    destroy() {
      clearTimeout(pause);
      stops.forEach((stop) => stop());
    },
  };
}

/** What can be done with all that is chosen, here or on the map. */
function makeChosen(editor, canvas, remove) {
  const count = element("span", { class: "ap-live-count" });
  const button = (key, press) => {
    const one = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small", text: editor.say(key) });
    return { one, stop: listen(one, "click", press) };
  };
  const buttons = [
    button("table_selected_show", () => canvas.show(editor.selection)),
    button("table_selected_delete", remove),
    button("table_selected_none", () => editor.select([])),
  ];
  const block = element("div", { class: "ap-live-chosen", role: "group" }, count, ...buttons.map(({ one }) => one));
  return {
    element: block,
    update() {
      const chosen = editor.selection.length;
      block.hidden = chosen === 0;
      setText(count, editor.count("table_selected", chosen));
      setAttribute(block, "aria-label", count.textContent);
    },
    destroy: () => buttons.forEach(({ stop }) => stop()),
  };
}

/** What was just deleted, and the way to have it back. */
function makeTaken(editor) {
  const words = element("p", { class: "ap-live-taken-words", dir: "auto" });
  const undo = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small", text: editor.say("table_undo") });
  const block = element("div", { class: "ap-live-taken", hidden: true }, words, undo);
  const stop = listen(undo, "click", () => {
    editor.undo();
    block.parentElement.querySelector("[type=search]")?.focus();
    block.hidden = true;
  });
  return {
    element: block,
    show(text) {
      setText(words, text);
      block.hidden = false;
    },
    hide: () => (block.hidden = true),
    destroy: stop,
  };
}

/** The table itself. */
function makeGrid(tab, editor, actions) {
  const id = `ap-grid-${++made}`;
  const caption = element("caption", { class: "ap-live-caption", id });
  const head = element("tr");
  const body = element("tbody");
  const table = element("table", { class: "ap-grid", "data-table": tab }, caption, element("thead", {}, head), body);
  const frame = element("div", { class: "ap-grid-frame", role: "region", tabindex: "0", "aria-labelledby": id }, table);
  const none = element("p", { class: "ap-live-none", text: "" });
  const all = element("input", { type: "checkbox", class: "ap-check", "aria-label": editor.say("table_choose_page") });
  let columns = [];
  let heads = new Map();
  let rows = null;
  let shown = [];

  function build(wanted) {
    rows?.destroy();
    columns = wanted;
    heads = new Map(columns.map((key) => [key, makeHead(key, editor)]));
    head.replaceChildren(
      element("th", { scope: "col", "data-column": "chosen" }, element("span", { class: "ap-only-read", text: editor.say("table_chosen") }), all),
      ...[...heads.values()].map((one) => one.element),
      element("th", { scope: "col", "data-column": "actions" }, element("span", { class: "ap-only-read", text: editor.say("table_actions") })),
    );
    rows = keyedChildren(body, (key) => makeRow(key, columns, editor, actions));
  }

  function tellHead(state) {
    for (const [key, { element: cell }] of heads) {
      const on = state.sort?.key === key;
      setAttribute(cell, "aria-sort", on ? (state.sort.down ? "descending" : "ascending") : null);
    }
    const chosen = new Set(editor.selection);
    const count = shown.filter((row) => chosen.has(row.id)).length;
    all.checked = count > 0 && count === shown.length;
    all.indeterminate = count > 0 && count < shown.length;
    all.disabled = shown.length === 0;
  }

  function tellNone(page, state) {
    const empty = page.count === 0;
    frame.hidden = empty;
    setText(none, empty ? editor.say(state.search.trim() ? "table_empty_search" : `table_empty_${tab}`) : "");
    const number = (value) => value.toLocaleString(editor.language);
    const said = { from: number(page.from), to: number(page.to), count: number(page.count) };
    setText(caption, editor.say(`table_caption_${tab}`, said));
  }

  function choosePage() {
    const ids = new Set(shown.map((row) => row.id));
    const others = editor.selection.filter((one) => !ids.has(one));
    editor.select(all.checked ? [...others, ...ids] : others);
  }

  const rowOf = (one) => rows?.parts().find((part) => part.id === one);
  const stops = [
    listen(head, "click", ({ target }) => {
      const button = target.closest(".ap-sort");
      if (button) actions.sort(button.dataset.key);
    }),
    listen(all, "change", choosePage),
  ];
  return {
    element: element("div", { class: "ap-grid-block" }, frame, none),
    busy: () => body.matches(":focus-within"),
    update(page, state) {
      const wanted = columnsOf(tab, editor.document);
      if (wanted.join() !== columns.join()) build(wanted);
      shown = page.rows;
      rows.update(shown.map(rowKey), shown, rowContext(editor));
      tellHead(state);
      tellNone(page, state);
    },
    top: () => (frame.scrollTop = 0),
    seen: (one) => scrollInto(frame, rowOf(one)?.element),
    flash(one) {
      const row = rowOf(one);
      if (!row) return;
      scrollInto(frame, row.element);
      row.element.classList.remove("ap-fresh");
      void row.element.offsetWidth; // so that the colour fades anew
      row.element.classList.add("ap-fresh");
    },
    /** The row that will take the place of those that go. */
    after(ids) {
      const gone = new Set(ids);
      const last = shown.findLastIndex((row) => gone.has(row.id));
      const near = [...shown.slice(last + 1), ...shown.slice(0, Math.max(0, last)).reverse()];
      return near.find((row) => !gone.has(row.id))?.id ?? null;
    },
    /** The focus goes on to this row; where none is left, to the table's search. */
    focus(one) {
      const row = one && rowOf(one);
      if (row) row.focus();
      else frame.closest(".ap-sheet-live").querySelector("[type=search]").focus();
    },
    destroy() {
      rows?.destroy();
      stops.forEach((stop) => stop());
    },
  };
}

/** Scrolls the frame alone, never the page, so that a row is seen below the heads. */
function scrollInto(frame, row) {
  if (!row) return;
  const top = row.offsetTop - 56;
  const bottom = row.offsetTop + row.offsetHeight + 8;
  if (frame.scrollTop > top) frame.scrollTop = top;
  else if (frame.scrollTop + frame.clientHeight < bottom) frame.scrollTop = bottom - frame.clientHeight;
}

function makeHead(key, editor) {
  const column = columnName(key, editor);
  const button = element("button", { type: "button", class: "ap-sort", "data-key": key, title: editor.say("table_sort", { column }) },
    element("span", { text: column }), element("span", { class: "ap-sort-mark", "aria-hidden": "true" }));
  return { element: element("th", { scope: "col", "data-column": key, class: NUMERIC.has(key) ? "ap-numeric" : null }, button) };
}

/** First, previous, next and last page. */
function makePager(editor, go) {
  let at = { page: 0, pages: 1 };
  const targets = {
    first: () => 0, previous: () => at.page - 1, next: () => at.page + 1, last: () => at.pages - 1,
  };
  const signs = { first: "«", previous: "‹", next: "›", last: "»" };
  const buttons = Object.fromEntries(Object.keys(targets).map((name) => {
    const label = editor.say(`table_page_${name}`);
    return [name, element("button", { type: "button", class: "ap-page-button", "data-go": name, "aria-label": label, title: label, text: signs[name] })];
  }));
  const words = element("span", { class: "ap-page-words", text: "" });
  const nav = element("nav", { class: "ap-pages", "aria-label": editor.say("table_pages") },
    buttons.first, buttons.previous, words, buttons.next, buttons.last);
  const stop = listen(nav, "click", ({ target }) => {
    const button = target.closest("[data-go]");
    if (!button || button.getAttribute("aria-disabled")) return;
    go(targets[button.dataset.go]());
    editor.announce(words.textContent);
  });
  return {
    element: nav,
    update(page) {
      at = page;
      nav.hidden = page.pages < 2;
      setText(words, editor.say("table_page", { page: page.page + 1, pages: page.pages }));
      const off = { first: page.page === 0, previous: page.page === 0, next: page.page === page.pages - 1, last: page.page === page.pages - 1 };
      for (const [name, button] of Object.entries(buttons)) setAttribute(button, "aria-disabled", off[name] ? "true" : null);
    },
    destroy: stop,
  };
}
