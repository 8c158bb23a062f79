// The blocks of a page, each kept as long as the document names it: what is typed, open or focused stays so.
import { uniqueKeys } from "../document.js";
import { element, keyedChildren, setAttribute, setText } from "../elements.js";
import { makeFacts as makeFigures } from "../facts.js";
import { makeNotice as makeNoticeBox } from "../notices.js";
import { LARGEST, makeUpload as makeDoor } from "../upload.js";
import { makeActions } from "./buttons.js";
import { makeCards } from "./cards.js";
import { makeForm } from "./form.js";
import { makeProgress } from "./progress.js";
import { reasonWords } from "./shell.js";
import { makeTable } from "./sorted_table.js";
import { makeSteps } from "./steps.js";

let made = 0;

const makeHeading = (_wire, level) => {
  const heading = element(`h${level}`, { class: "ap-heading" });
  return { element: heading, update: (block) => setText(heading, block.text) };
};

const makeParagraph = () => {
  const paragraph = element("p", { class: "ap-paragraph" });
  return { element: paragraph, update: (block) => setText(paragraph, block.text) };
};

function makeNotice(wire) {
  const box = makeNoticeBox();
  const actions = makeActions(wire);
  box.words.append(actions.element);
  return {
    element: box.element,
    update(block) {
      box.update({ ...block, kind: block.tone === "problem" ? "error" : block.tone });
      actions.update(block.actions);
    },
    destroy: actions.destroy,
  };
}

function makeFacts() {
  const figures = makeFigures();
  return { element: figures.element, update: (block) => figures.update({ facts: block.items }), destroy: figures.destroy };
}

function makeActionRow(wire) {
  const actions = makeActions(wire);
  return { element: actions.element, update: (block) => actions.update(block.items), destroy: actions.destroy };
}

function makeUpload(wire) {
  let shown = {};
  const door = makeDoor((file) => wire.bring(shown.id, file));
  door.element.classList.add("ap-door");
  return {
    element: door.element,
    update(block, { words }) {
      shown = block;
      const largest = block.largest ?? LARGEST;
      const tooLarge = reasonWords(["file_too_large", { max: Math.floor(largest / 1024 / 1024) }], words);
      door.update({ label: block.label, hint: block.hint, accept: block.accept, largest, too_large: tooLarge });
    },
    destroy: door.destroy,
  };
}

function makeDownload(wire) {
  const actions = makeActions(wire);
  const hint = element("p", { class: "ap-hint" });
  return {
    element: element("div", { class: "ap-download" }, actions.element, hint),
    update(block) {
      actions.update([{ id: block.id, label: block.label, primary: block.primary, values: block.values }]);
      setText(hint, block.hint);
    },
    destroy: actions.destroy,
  };
}

function makeFaults() {
  const title = element("p", { class: "ap-notice-title" });
  const list = element("ul", { class: "ap-fault-list" });
  const more = element("p", { class: "ap-hint" });
  const frame = element("div", { class: "ap-faults", role: "alert" }, title, list, more);
  return {
    element: frame,
    update(block) {
      setText(title, block.title);
      setText(more, block.more);
      const told = (item) => element("li", {}, element("span", { class: "ap-fault-where", text: item.where }), " ", element("span", { text: item.text }));
      list.replaceChildren(...block.items.map(told));
    },
  };
}

function makeSection(wire, level, kinds) {
  const id = `ap-part-${++made}`;
  const title = element(`h${level}`, { class: "ap-section-title", id });
  const text = element("p", { class: "ap-part-text" });
  const blocks = makeBlocks(wire, level + 1, kinds);
  return {
    element: element("section", { class: "ap-part", "aria-labelledby": id }, title, text, blocks.element),
    update(block, context) {
      setText(title, block.title);
      setText(text, block.text);
      blocks.update(block.blocks, context);
    },
    settled: blocks.settled,
    drawn: blocks.drawn,
    destroy: blocks.destroy,
  };
}

function makeDetails(wire, level, kinds) {
  const label = element("span", {});
  const blocks = makeBlocks(wire, level, kinds);
  const fold = element("details", { class: "ap-details" }, element("summary", { class: "ap-summary" }, label), blocks.element);
  let first = true;
  return {
    element: fold,
    update(block, context) {
      setText(label, block.label);
      if (first) fold.open = Boolean(block.open); // afterwards it is the reader's
      first = false;
      blocks.update(block.blocks, context);
    },
    settled: blocks.settled,
    drawn: () => !fold.open || blocks.drawn(), // what is folded away is drawn when it is seen
    destroy: blocks.destroy,
  };
}

/** How a block of each kind is made: of the line to Python, the level of its headings, and the kinds it may hold. */
export const KINDS = {
  actions: makeActionRow, cards: makeCards, details: makeDetails, download: makeDownload, facts: makeFacts, faults: makeFaults,
  form: makeForm, heading: makeHeading, notice: makeNotice, paragraph: makeParagraph, progress: makeProgress,
  section: makeSection, steps: makeSteps, table: makeTable, upload: makeUpload,
};

/** Blocks of some kinds under one another; `level` is that of their headings. */
export function makeBlocks(wire, level, kinds) {
  const list = element("div", { class: "ap-blocks" });
  const blocks = keyedChildren(list, (key) => kinds[/^[a-z]+/.exec(key)[0]](wire, level, kinds));
  return {
    element: list,
    update(wanted, context) {
      const known = (wanted ?? []).filter(({ kind }) => Object.hasOwn(kinds, kind));
      blocks.update(uniqueKeys(known.map(({ kind, id }) => `${kind} ${id ?? ""}`)), known, context);
    },
    settled: () => Promise.all(blocks.parts().map((block) => block.settled?.())),
    drawn: () => blocks.parts().every((block) => block.drawn?.() ?? true),
    destroy: () => blocks.destroy(),
  };
}
