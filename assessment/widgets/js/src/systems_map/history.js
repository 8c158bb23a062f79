// The versions of the map that were kept: when, how large, what has changed since, and the way back.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { same } from "../document.js";
import { paintingOf } from "./painting.js";
import { makeQuestion } from "./question.js";
import { makeReadingView } from "./reading_view.js";

/** A moment as people of this language write it; what is no moment is shown as it stands. Pure. */
export function momentText(when, language) {
  const moment = new Date(when);
  if (Number.isNaN(moment.getTime())) return String(when ?? "");
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(moment);
}

/** What is chosen to be compared, as long as it is still there: [from, to], "" for the map as it is. Pure. */
export function compared(snapshots, from, to) {
  const there = (id) => snapshots.some((one) => one.id === id);
  const first = there(from) ? from : (snapshots[0]?.id ?? "");
  return [first, there(to) && to !== first ? to : ""];
}

/** The panel of the map's history. */
export function makeHistory(editor, canvas) {
  const heading = element("h3", { class: "ap-panel-title" });
  const intro = element("p", { class: "ap-note" });
  const keep = makeKeep(editor, (label) => ask("snapshot", { label }));
  const list = element("ol", { class: "ap-history-list" });
  const rows = keyedChildren(list, (id) => makeRow(editor, id, { restore, compare }));
  const none = element("p", { class: "ap-panel-empty" });
  const between = makeBetween(editor, compare);
  const status = element("p", { class: "ap-note ap-busy-note", role: "status" });
  const refusal = element("p", { class: "ap-refusal", role: "status" });
  const view = makeReadingView(editor, canvas);
  const panel = element("div", { class: "ap-history" }, heading, intro, keep.element, none, list, between.element, status, refusal, view.element);
  const painting = paintingOf(editor, canvas);
  let snapshots = null;
  let slow = false;

  const shown = () => editor.view.panel === "history" && Boolean(editor.offers.store);
  const question = makeQuestion(editor, {
    answered(answer, values) {
      refuse([]);
      if (answer?.snapshots) snapshots = answer.snapshots.map((one) => ({ ...one, id: String(one.id) }));
      if ("label" in values) editor.announce(editor.say("history_kept"));
      draw();
    },
    refused: refuse,
    busy: (yes) => slow !== yes && ((slow = yes), draw()),
  });

  const ask = (name, values) => question.now(name, values);

  function refuse(faults) {
    setText(refusal, faults.map(({ text }) => text).join(" "));
  }

  async function restore(snapshot) {
    try {
      await editor.ask("restore", { id: snapshot.id });
      editor.tell(editor.say("history_restored", { when: momentText(snapshot.when, editor.language) }));
      refuse([]);
    } catch (fault) {
      refuse(fault?.refused ?? []);
    }
  }

  function compare(from, to) {
    const overlay = from === null ? null : { from, to: to || null };
    editor.look({ overlay: same(overlay, editor.view.overlay) ? null : overlay, colour: null });
  }

  function draw() {
    const store = Boolean(editor.offers.store);
    const { overlay } = editor.view;
    const ours = store && overlay?.from !== undefined;
    setText(heading, editor.say("history_title"));
    setText(intro, editor.say(store ? "history_intro" : "history_no_store"));
    keep.element.hidden = !store;
    keep.relabel();
    setText(none, store && snapshots?.length === 0 ? editor.say("history_empty") : "");
    list.hidden = !store || !snapshots?.length;
    rows.update((snapshots ?? []).map(({ id }) => id), snapshots ?? [], overlay);
    between.element.hidden = !store || (snapshots ?? []).length < 2;
    between.update(snapshots ?? [], ours ? overlay : null);
    view.update(ours ? painting.state.overlay.reading : null);
    setText(status, slow || (ours && painting.state.overlay.busy) ? editor.say("history_busy") : "");
  }

  let wasShown = false;
  function look() {
    if (shown() && !wasShown) ask("history");
    wasShown = shown();
    draw();
  }

  const offs = [editor.on("view", look), editor.on("words", look), painting.join(draw)];
  look();
  return {
    element: panel,
    destroy() {
      for (const off of offs) off();
      question.destroy();
      for (const part of [keep, rows, between, view]) part.destroy();
    },
  };
}

/** Keeps the map as it is now, under a label. */
function makeKeep(editor, keep) {
  const label = element("span", { class: "ap-label" });
  const input = element("input", { type: "text", class: "ap-input", maxlength: "200", autocomplete: "off" });
  const send = element("button", { type: "submit", class: "ap-button ap-button-small" });
  const field = element("label", { class: "ap-field" }, label, input);
  const form = element("form", { class: "ap-history-keep" }, field, send);
  const stop = listen(form, "submit", (event) => {
    event.preventDefault();
    keep(input.value.trim());
    input.value = "";
  });
  return {
    element: form,
    relabel() {
      setText(label, editor.say("history_label"));
      setAttribute(input, "placeholder", editor.say("history_label_hint"));
      send.textContent = editor.say("history_keep");
    },
    destroy: stop,
  };
}

function makeRow(editor, id, { restore, compare }) {
  const when = element("time", { class: "ap-history-when" });
  const label = element("p", { class: "ap-history-label" });
  const size = element("p", { class: "ap-note" });
  const now = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" });
  const back = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" });
  const acts = element("div", { class: "ap-history-acts" }, now, back);
  let snapshot = null;
  const stops = [listen(now, "click", () => compare(id, "")), listen(back, "click", () => restore(snapshot))];
  return {
    element: element("li", { class: "ap-history-row" }, label, when, size, acts),
    update(next, overlay) {
      snapshot = next;
      const moment = momentText(next.when, editor.language);
      setText(when, moment);
      setAttribute(when, "datetime", next.when);
      setText(label, next.label);
      setText(size, ["actors", "variables", "ties"].map((block) => editor.count(`map_${block}`, next[block])).join(" · "));
      now.textContent = editor.say("history_since");
      setAttribute(now, "aria-label", editor.say("history_since_of", { when: moment }));
      setAttribute(now, "aria-pressed", String(same(overlay, { from: id, to: null })));
      back.textContent = editor.say("history_restore");
      setAttribute(back, "aria-label", editor.say("history_restore_of", { when: moment }));
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}

/** Two dates, and what changed between them. */
function makeBetween(editor, compare) {
  const title = element("h4", { class: "ap-people-subtitle" });
  const parts = ["from", "to"].map((key) => {
    const label = element("span", { class: "ap-label" });
    const select = element("select", { class: "ap-select" });
    const field = element("label", { class: "ap-field" }, label, element("span", { class: "ap-select-frame" }, select));
    return { key, label, select, field, offered: null };
  });
  const [from, to] = parts;
  const show = element("button", { type: "submit", class: "ap-button ap-button-quiet ap-button-small" });
  const form = element("form", { class: "ap-history-between" }, title, from.field, to.field, show);
  const stop = listen(form, "submit", (event) => {
    event.preventDefault();
    compare(from.select.value, to.select.value);
  });

  function offer(part, options) {
    if (same(part.offered, options)) return;
    part.offered = options;
    const value = part.select.value;
    part.select.replaceChildren(...options.map(([id, text]) => element("option", { value: id, text })));
    part.select.value = value;
  }

  return {
    element: form,
    update(snapshots, overlay) {
      const dates = snapshots.map(({ id, when, label }) => [id, [momentText(when, editor.language), label].filter(Boolean).join(", ")]);
      setText(title, editor.say("history_between"));
      setText(from.label, editor.say("history_from"));
      setText(to.label, editor.say("history_to"));
      offer(from, dates);
      offer(to, [["", editor.say("history_now")], ...dates]);
      const chosen = compared(snapshots, overlay?.from ?? from.select.value, overlay ? (overlay.to ?? "") : to.select.value);
      [from.select.value, to.select.value] = chosen;
      show.textContent = editor.say("history_compare");
      setAttribute(show, "aria-pressed", String(overlay !== null && same(chosen, [overlay.from, overlay.to ?? ""])));
    },
    destroy: stop,
  };
}
