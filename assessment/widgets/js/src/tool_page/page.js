// A page in its place: draws the document that Python wrote, and tells Python what people do.
import { element, listen, setAttribute, setText } from "../elements.js";
import { download } from "../saving.js";
import { watchTheme } from "../theme.js";
import { makeBar } from "./bar.js";
import { makeBlocks } from "./blocks.js";
import { makeWire } from "./wire.js";

/** The address of the page with these parameters in place; null takes one away. Pure. */
export function addressWith(address, parameters) {
  const changed = new URL(address);
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (value === null) changed.searchParams.delete(name);
    else changed.searchParams.set(name, value);
  }
  return changed.href;
}

/** What is said when nobody answers: the page's Python has been stopped, which servers do after a while. */
function makeLost() {
  const words = element("p", { class: "ap-lost-words" });
  const again = element("button", { type: "button", class: "ap-button ap-button-quiet" });
  const box = element("div", { class: "ap-lost", role: "alert", hidden: true }, words, again);
  again.addEventListener("click", () => location.reload());
  return {
    element: box,
    update(lost, texts) {
      setText(words, texts.lost);
      setText(again, document.body.dataset.voila ? texts.reload : ""); // elsewhere a cell is run again
      box.hidden = !lost;
    },
  };
}

/** What a page of words alone has around its blocks: nothing. */
const makeNothing = () => ({ context: () => ({}), destroy() {} });

/** Makes the page in `root`, of these kinds of blocks and what they stand in; returns { update, take, setTheme, … }. */
function makePage(root, model, kinds, makeScene) {
  let page = {};
  let theme = "light";
  let context = { language: "fr", words: {}, work: {} };
  let began = 0;
  const wire = makeWire(model, () => showState());
  const status = element("p", { class: "ap-only-read", role: "status" });
  const busy = element("div", { class: "ap-busy-line", "aria-hidden": "true" });
  const bar = makeBar(wire);
  const lost = makeLost();
  const title = element("h1", { class: "ap-title", tabindex: "-1" });
  const lead = element("p", { class: "ap-subtitle" });
  const blocks = makeBlocks(wire, 2, kinds);
  const footnote = element("p", { class: "ap-footnote" });
  const sheet = element("div", { class: "ap-sheet" }, title, lead, blocks.element, footnote);
  root.append(status, busy, bar.element, lost.element, sheet);
  const scene = makeScene(root, settle);

  function showState() {
    root.classList.toggle("ap-busy", wire.isBusy());
    setAttribute(sheet, "aria-busy", String(wire.isBusy()));
    const said = wire.isBusy() ? context.words.busy : "";
    if (status.textContent !== said && (said || status.textContent === context.words.busy)) status.textContent = said ?? "";
    lost.update(wire.isLost(), context.words);
  }

  function draw() {
    setAttribute(root, "lang", page.language);
    bar.update(page);
    setText(title, page.title);
    setText(lead, page.lead);
    blocks.update(page.blocks, context);
    setText(footnote, page.footnote);
    showState();
  }

  /** Says that the page is drawn, once everything on it is. */
  async function settle() {
    const revision = page.revision ?? 0;
    await blocks.settled();
    if (!blocks.drawn() || revision !== (page.revision ?? 0) || root.dataset.drawn === String(revision)) return;
    root.dataset.drawn = revision;
    performance.measure("apprenance: page drawn", { start: began });
  }

  function look(work = {}) {
    context = { language: page.language ?? "fr", words: page.words ?? {}, work, ...scene.context(page, theme) };
  }

  /** In Voilà the address says which workspace is open: loading it again opens the same. */
  function nameAddress() {
    if (!page.address || !document.body.dataset.voila) return;
    const named = addressWith(location.href, page.address);
    if (named !== location.href) history.replaceState(history.state, "", named);
  }

  return {
    update() {
      const focused = root.contains(document.activeElement);
      const turned = page.screen !== undefined && page.screen !== (model.get("page") ?? {}).screen;
      began = performance.now();
      page = model.get("page") ?? {};
      look();
      draw();
      nameAddress();
      if (turned) root.scrollIntoView({ block: "start" });
      if (turned || (focused && !root.contains(document.activeElement))) title.focus({ preventScroll: true });
      return settle();
    },
    /** Draws what has colours of its own anew. */
    setTheme(wanted) {
      theme = wanted;
      setAttribute(root, "data-theme", theme);
      look(context.work);
      blocks.update(page.blocks, context);
    },
    take(message, buffers) {
      if (message?.kind === "download") download(message.name, new Blob(buffers), message.type);
      if (message?.kind === "say") status.textContent = message.text;
      if (message?.kind === "work") {
        context.work[message.id] = message;
        blocks.update(page.blocks, context);
      }
      wire.take(message);
    },
    /** Somebody comes back to this page: what other tools did meanwhile is shown. */
    seen: () => page.refresh && document.visibilityState === "visible" && wire.ask("seen"),
    destroy() {
      for (const part of [wire, bar, blocks, scene]) part.destroy();
      root.remove();
    },
  };
}

/**
 * A widget's `render`: draws a model into an element, and returns what takes all away again. `kinds` are the kinds of
 * blocks its pages are made of; `makeScene(root, settle)` gives what these stand in: `context(page, theme)`, `destroy()`.
 */
export function pageOf(kinds, makeScene = makeNothing) {
  return ({ model, el }) => {
    const root = element("div", { class: "apprenance ap-toolpage" });
    el.append(root);
    // JupyterLab's command mode takes the keys meant for our fields, except from an element that asks for them itself.
    const keepKeys = listen(root, "focusin", ({ target }) => setAttribute(target, "data-lm-suppress-shortcuts", "true"));
    const page = makePage(root, model, kinds, makeScene);
    const endTheme = watchTheme((theme) => page.setTheme(theme));
    const told = (message, buffers) => page.take(message, buffers);
    const endSeen = listen(document, "visibilitychange", () => page.seen());
    model.on("change:page", page.update);
    model.on("msg:custom", told);
    page.update();
    return () => {
      model.off("change:page", page.update);
      model.off("msg:custom", told);
      endSeen();
      endTheme();
      keepKeys();
      page.destroy();
    };
  };
}
