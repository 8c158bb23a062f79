// The widget of the tools: draws the document that Python wrote, and tells Python what people do.
import { element, listen, setAttribute, setText } from "./elements.js";
import { download } from "./saving.js";
import { watchTheme } from "./theme.js";
import { makeBar } from "./tool_page/bar.js";
import { makeBlocks } from "./tool_page/blocks.js";
import { makeWire } from "./tool_page/wire.js";

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

/** Makes the page in `root`; returns { update, take, destroy }. */
function makePage(root, model) {
  let page = {};
  let context = { language: "fr", words: {}, work: {} };
  let began = 0;
  const wire = makeWire(model, () => showState());
  const status = element("p", { class: "ap-only-read", role: "status" });
  const busy = element("div", { class: "ap-busy-line", "aria-hidden": "true" });
  const bar = makeBar(wire);
  const lost = makeLost();
  const title = element("h1", { class: "ap-title", tabindex: "-1" });
  const lead = element("p", { class: "ap-subtitle" });
  const blocks = makeBlocks(wire, 2);
  const footnote = element("p", { class: "ap-footnote" });
  const sheet = element("div", { class: "ap-sheet" }, title, lead, blocks.element, footnote);
  root.append(status, busy, bar.element, lost.element, sheet);

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
      context = { language: page.language ?? "fr", words: page.words ?? {}, work: {} };
      draw();
      nameAddress();
      if (turned) root.scrollIntoView({ block: "start" });
      if (turned || (focused && !root.contains(document.activeElement))) title.focus({ preventScroll: true });
      root.dataset.drawn = page.revision ?? 0;
      performance.measure("apprenance: page drawn", { start: began });
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
      for (const part of [wire, bar, blocks]) part.destroy();
      root.remove();
    },
  };
}

/** Draws a model into an element; returns what takes all away again. */
function render({ model, el }) {
  const root = element("div", { class: "apprenance ap-toolpage" });
  el.append(root);
  // JupyterLab's command mode takes the keys meant for our fields, except from an element that asks for them itself.
  const keepKeys = listen(root, "focusin", ({ target }) => setAttribute(target, "data-lm-suppress-shortcuts", "true"));
  const endTheme = watchTheme((theme) => setAttribute(root, "data-theme", theme));
  const page = makePage(root, model);
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
}

export default { render };
