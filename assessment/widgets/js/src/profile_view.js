// The widget: draws the page that Python wrote, and tells Python what was chosen.
import { answers, choiceOf, same } from "./document.js";
import { element, listen, setAttribute, setText } from "./elements.js";
import { makeFacts } from "./facts.js";
import { makeFilters } from "./filters.js";
import { makeHeader } from "./header.js";
import { makeNotices } from "./notices.js";
import { makeSections } from "./sections.js";
import { sendFile } from "./sending.js";
import { readTokens, watchTheme } from "./theme.js";
import { makeTooltip } from "./tooltip.js";
import { makeUpload } from "./upload.js";

/** Makes the page in `root`; returns { update, release, setTheme, setLanguage, destroy }. */
function makePage(root, model) {
  const waiting = { choice: false, file: false };
  let page = {};
  let context = null;
  let began = 0;

  const choose = (id, value) => {
    // What is being waited for counts as chosen, so that two quick changes add up.
    const current = waiting.choice ? model.get("choice") : choiceOf(page);
    const choice = { ...current, [id]: value };
    if (same(choice, current)) return;
    model.set("choice", choice);
    model.save_changes();
    waiting.choice = true;
    showState();
  };
  const wait = () => {
    waiting.file = true;
    showState();
  };
  const send = (file) => {
    wait();
    sendFile(model, file, { kind: "file" });
  };
  const back = () => {
    wait();
    model.send({ kind: "example" });
  };

  const header = makeHeader(choose);
  const upload = makeUpload(send, back);
  const filters = makeFilters(choose);
  const notices = makeNotices();
  const facts = makeFacts();
  const sections = makeSections();
  const status = element("p", { class: "ap-only-read", role: "status" });
  const footnote = element("p", { class: "ap-footnote" });
  const content = element("div", { class: "ap-content" }, notices.element, facts.element, sections.element);
  const sheet = element("div", { class: "ap-sheet" }, header.element, filters.element, content, footnote);
  header.side.append(upload.element);
  root.append(status, sheet);
  const tooltip = makeTooltip(root);

  function showState() {
    const busy = waiting.choice || waiting.file;
    root.classList.toggle("ap-busy", busy);
    setAttribute(content, "aria-busy", String(busy));
    status.textContent = busy ? (page.busy_label ?? "") : (page.ready_label ?? "");
    const choice = waiting.choice ? model.get("choice") : choiceOf(page);
    header.update(page, choice.language);
    filters.update(page, choice);
  }

  function showPage() {
    setAttribute(root, "lang", page.language);
    upload.update(page.upload);
    notices.update(page);
    facts.update(page);
    sections.update(page, context);
    setText(footnote, page.footnote);
    showState();
    tooltip.hide();
  }

  async function settle() {
    const revision = page.reply?.revision ?? 0;
    await sections.settled();
    if (!sections.drawn() || revision !== (page.reply?.revision ?? 0) || Number(root.dataset.drawn) === revision) return;
    root.dataset.drawn = revision;
    performance.measure("apprenance: page drawn", { start: began });
  }

  return {
    update() {
      const focused = root.contains(document.activeElement);
      began = performance.now();
      page = model.get("page") ?? {};
      if (answers(page, model.get("choice"))) waiting.choice = false;
      waiting.file = false;
      showPage();
      if (focused && !root.contains(document.activeElement)) header.title.focus({ preventScroll: true });
      return settle();
    },
    release() {
      waiting.choice = waiting.file = false;
      showState();
    },
    setTheme(theme) {
      setAttribute(root, "data-theme", theme);
      context = { theme, tokens: readTokens(root), language: page.language ?? "fr", tooltip, drawn: settle };
      sections.update(page, context);
    },
    setLanguage: () => (context = { ...context, language: (model.get("page") ?? {}).language ?? "fr" }),
    destroy() {
      for (const part of [header, upload, filters, notices, facts, sections, tooltip]) part.destroy();
      root.remove();
    },
  };
}

/** Draws a model into an element; returns what takes all away again (anywidget's contract). */
export function render({ model, el }) {
  const root = element("div", { class: "apprenance" });
  el.append(root);
  // JupyterLab's command mode takes the keys meant for our selects and buttons (arrows, Enter, letters), except
  // from an element that asks for them itself.
  const keepKeys = listen(root, "focusin", ({ target }) => setAttribute(target, "data-lm-suppress-shortcuts", "true"));
  const page = makePage(root, model);
  const update = () => {
    page.setLanguage();
    page.update();
  };
  const told = (message) => message?.kind === "settled" && page.release();
  const endTheme = watchTheme((theme) => page.setTheme(theme));
  model.on("change:page", update);
  model.on("msg:custom", told);
  update();
  return () => {
    model.off("change:page", update);
    model.off("msg:custom", told);
    endTheme();
    keepKeys();
    page.destroy();
  };
}

export default { render };
