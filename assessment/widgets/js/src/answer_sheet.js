// The widget: paper forms keyed in. All keys are taken here; Python is asked when a sheet is whole.
import { makeAsking } from "./answer_sheet/asking.js";
import { makeDesk } from "./answer_sheet/desk.js";
import { newId, openDrawer } from "./answer_sheet/drawer.js";
import { begin, go, press, reopen, sheetOf, stepAt, stepsOf, take, write } from "./answer_sheet/keying.js";
import { makeDifferences, makeSaved, makeSheets, makeStart } from "./answer_sheet/panels.js";
import { speaker, tellKey } from "./answer_sheet/words.js";
import { element, listen, setAttribute, setText } from "./elements.js";
import { makeHeader } from "./header.js";
import { watchTheme } from "./theme.js";
import { makeWhose } from "./whose.js";

const MODES = ["first", "second", "correct"];

/** Whether all sheets of this session are kept: { kind, text }. Pure. */
export function keptNow(sheets, say) {
  const waiting = (status) => sheets.filter((one) => one.status === status).length;
  const failed = waiting("failed");
  if (failed > 0) return { kind: "problem", text: say(failed === 1 ? "unkept_one" : "unkept", { count: failed }) };
  return waiting("saving") > 0 ? { kind: "saving", text: say("saving") } : { kind: "saved", text: "" };
}

function makePage(root, model) {
  let plan = model.get("plan");
  const say = speaker(() => plan);
  const asking = makeAsking(model, () => say("no_answer"));
  const drawer = openDrawer(`apprenance-entry:${plan.edition}:${plan.place}`);
  const sheets = []; // of this session: { id, kind, serial, sheet, form, status, reason }
  let mode = "first";
  let serial = null; // of the sheet that is keyed in again or corrected
  let sheet = begin(plan);
  let id = newId();
  let left = null; // a sheet that was left, to be taken up again
  let panel = "desk";

  const header = makeHeader((_, language) => {
    model.set("language", language);
    model.save_changes();
  });
  const status = element("p", { class: "ap-only-read", role: "status" });
  const place = element("p", { class: "ap-place" });
  const modes = element("div", { class: "ap-modes", role: "group" });
  const notice = element("p", { class: "ap-told" });
  const resume = element("button", { type: "button", class: "ap-button ap-button-quiet" });
  const told = element("div", { class: "ap-told-row" }, notice, resume);
  const cancel = element("button", { type: "button", class: "ap-button ap-button-quiet" });
  const desk = makeDesk(say, { press: (key) => apply(press(plan, sheet, key)), take: (value) => apply(take(plan, sheet, value)), write: (text) => apply(write(plan, sheet, text)), go: (at) => apply(go(plan, sheet, at)), save });
  const start = makeStart(say, begun);
  const saved = makeSaved(say, { next, retry: (entry) => send(entry) });
  const differences = makeDifferences(say, settled, leave);
  const list = makeSheets(say, { correct: (entry) => openSheet("correct", entry.serial), drop, restore, retry: (entry) => send(entry) });
  const keys = element("details", { class: "ap-details ap-keys" }, element("summary", { class: "ap-summary" }), element("ul", {}));
  const work = element("div", { class: "ap-work" }, modes, told, start.element, desk.element, saved.element, differences.element, cancel);
  const side = element("aside", { class: "ap-side" }, list.element, keys);
  const whose = plan.header ? makeWhose() : null; // outside a workspace it is nobody's
  if (whose) whose.side.append(header.languages);
  const frame = element("div", { class: "ap-sheet" }, header.element, place, element("div", { class: "ap-columns" }, work, side));
  root.append(status, ...(whose ? [whose.element] : []), frame);
  resume.addEventListener("click", takeUp);
  cancel.addEventListener("click", leave);

  /** Shows what a key did, and tells it. */
  function apply({ sheet: changed, told: event }) {
    sheet = changed;
    const text = tellKey(plan, say, event);
    const step = stepAt(plan, sheet);
    status.textContent = event.kind === "refused" ? text : [text, nameOf(step)].filter(Boolean).join(" ");
    drawer.setDraft({ mode, serial, sheet, id });
    showDesk();
    desk.tell(event.kind === "typed" && sheet.typed ? say("told_pending", { typed: sheet.typed }) : text, event.kind === "refused");
    if (event.kind !== "nothing") desk.focus();
    if (event.kind === "save") save();
  }

  function nameOf(step) {
    if (step.kind === "end") return say("summary_title");
    if (step.kind === "form") return say("form_step");
    return [step.number, step.text].filter(Boolean).join(". ");
  }

  const titleOf = () => {
    const form = sheet.form === null ? say("desk") : plan.forms[sheet.form].title;
    return [serial === null ? "" : say("desk_of", { serial }), form].filter(Boolean).join(" · ");
  };

  const showDesk = () => desk.show(plan, sheet, titleOf());

  function show(wanted) {
    panel = wanted;
    for (const [name, part] of Object.entries({ start, desk, saved, differences })) part.element.hidden = name !== panel;
    cancel.hidden = panel !== "desk" || Object.keys(sheet.values).length === 0;
    if (panel === "desk") showDesk();
    showModes();
    showList();
  }

  /** Shows the sheets of this session, and on top whether all of them are kept. */
  function showList() {
    list.show(plan, sheets);
    whose?.update(plan.header, keptNow(sheets, say));
  }

  function showModes() {
    modes.replaceChildren(...MODES.map((one) => {
      const button = element("button", { type: "button", class: "ap-language", text: say(`mode_${one}`), "aria-pressed": String(one === mode) });
      button.addEventListener("click", () => setMode(one));
      return button;
    }));
  }

  /** Starts a sheet; the form of the one before is the likely one. */
  function fresh(form = null) {
    sheet = form === null ? begin(plan) : { ...begin(plan), form };
    id = newId();
    serial = null;
  }

  function announce(text, withResume = false) {
    setText(notice, text);
    resume.hidden = !withResume;
    told.hidden = !text;
    if (text) status.textContent = text;
  }

  function setMode(wanted) {
    if (panel === "desk" && Object.keys(sheet.values).length > 0) leave();
    mode = wanted;
    fresh(sheet.form);
    show(mode === "first" ? "desk" : "start");
    if (mode === "first") desk.focus();
    else start.focus();
  }

  function leave() {
    left = { mode, serial, sheet, id };
    fresh(sheet.form);
    drawer.setDraft(null);
    show(mode === "first" ? "desk" : "start");
    announce(say("left"), true);
  }

  function takeUp() {
    ({ mode, serial, sheet, id } = left);
    left = null;
    announce("");
    show("desk");
    desk.focus();
  }

  /** A number was given: the sheet is opened to be corrected, or keyed in again without a look at the first entry. */
  async function begun(number) {
    await openSheet(mode, number);
  }

  async function openSheet(kind, number) {
    const answer = await asking.ask({ kind: kind === "correct" ? "open" : "check", serial: number });
    if (answer.refused) {
      start.tell(answer.refused.join(" "));
      return announce(panel === "start" ? "" : answer.refused.join(" "));
    }
    if (panel === "desk" && Object.keys(sheet.values).length > 0) leave();
    else announce("");
    mode = kind;
    fresh(sheet.form);
    serial = number;
    if (kind === "correct") sheet = reopen(plan, answer.sheet);
    show("desk");
    desk.focus();
  }

  function save() {
    const kind = { first: "keep", second: "compare", correct: "correct" }[mode];
    const entry = { id, kind, serial, sheet: sheetOf(plan, sheet), status: "saving" };
    if (kind !== "compare") put(entry); // a second entry is in nobody's place before it is settled
    cancel.hidden = true;
    drawer.add(entry);
    show("saved");
    return send(entry);
  }

  function put(entry) {
    const at = sheets.findIndex((one) => one.id === entry.id || (entry.serial !== null && one.serial === entry.serial && one.kind !== "compare"));
    if (at < 0) sheets.unshift(entry);
    else sheets[at] = entry;
  }

  /** Sends a sheet; it is called saved when Python has said its number. */
  async function send(entry) {
    Object.assign(entry, { status: "saving", reason: "" });
    showSaved(entry);
    const { id: sent, kind, serial: number, sheet: content } = entry;
    const answer = await asking.ask({ kind, id: sent, serial: number, sheet: content });
    if (answer.refused) {
      Object.assign(entry, { status: "failed", reason: answer.refused.join(" ") });
      put(entry);
    } else {
      drawer.saved(sent);
      Object.assign(entry, { status: "kept", ...counted(answer) });
      if (kind === "compare" && sheets.includes(entry)) sheets.splice(sheets.indexOf(entry), 1);
    }
    if (answer.differences?.length) return differ(entry, answer.differences);
    showSaved(entry);
  }

  const counted = ({ serial: number, compared, differing }) => ({ serial: number, ...(compared ? { compared, differing } : {}) });

  function showSaved(entry) {
    showList();
    if (panel !== "saved") return;
    status.textContent = saved.show(entry);
    if (entry.status !== "saving") saved.focus();
  }

  function differ(entry, found) {
    show("differences");
    status.textContent = differences.show(plan, entry, found);
    differences.focus();
  }

  /** All differences are settled: the sheet is put in the place of the first entry. */
  function settled(entry, values) {
    const settledEntry = { ...entry, kind: "correct", settled: true, sheet: { ...entry.sheet, values } };
    put(settledEntry);
    drawer.add(settledEntry);
    show("saved");
    return send(settledEntry);
  }

  function next() {
    fresh(sheet.form);
    announce("");
    drawer.setDraft(null);
    show(mode === "first" ? "desk" : "start");
    if (mode === "first") desk.focus();
    else start.focus();
  }

  async function drop(entry) {
    const answer = await asking.ask({ kind: "drop", serial: entry.serial });
    if (answer.refused) return announce(answer.refused.join(" "));
    entry.status = "dropped";
    showList();
    status.textContent = say("list_dropped");
  }

  async function restore(entry) {
    const answer = await asking.ask({ kind: "correct", id: entry.id, serial: entry.serial, sheet: entry.sheet });
    if (answer.refused) return announce(answer.refused.join(" "));
    entry.status = "kept";
    showList();
  }

  function word() {
    plan = model.get("plan");
    setAttribute(root, "lang", plan.language);
    header.update({ title: say("title"), subtitle: say("subtitle"), languages: plan.languages, languages_label: say("languages") }, model.get("language"));
    setText(place, plan.trial ? say("trial") : plan.place && !whose ? say("place", { place: plan.place }) : "");
    setAttribute(modes, "aria-label", say("modes"));
    setText(cancel, say("cancel"));
    setText(resume, say("resume"));
    resume.hidden = left === null;
    setText(keys.firstChild, say("keys"));
    keys.lastChild.replaceChildren(...["answers", "two", "aside", "blank", "back", "many", "save"].map((name) => element("li", { text: say(`keys_${name}`) })));
    setAttribute(side, "aria-label", say("list"));
    start.word();
    if (panel === "saved") saved.word();
    if (panel === "differences") differences.word(plan);
    show(panel);
  }

  /** What a reload left behind: the sheet in progress, and sheets that were not acknowledged. */
  function recover() {
    for (const entry of drawer.unsaved()) {
      put({ ...entry, status: "failed" });
    }
    const draft = drawer.draft();
    if (draft && draft.sheet.form < plan.forms.length && draft.sheet.at < stepsOf(plan, draft.sheet).length) {
      ({ mode, serial, sheet, id } = draft);
    }
    word();
    announce(draft && Object.keys(sheet.values).length ? say("drafted") : "");
    for (const entry of sheets.filter((one) => one.status === "failed")) send(entry);
  }

  const guard = (event) => sheets.some((one) => one.status === "saving" || one.status === "failed") && event.preventDefault();
  globalThis.addEventListener?.("beforeunload", guard);
  recover();
  root.dataset.ready = "true";

  return {
    word,
    destroy() {
      globalThis.removeEventListener?.("beforeunload", guard);
      asking.destroy();
      header.destroy();
      whose?.destroy();
      root.remove();
    },
  };
}

/** Draws a model into an element; returns what takes all away again (anywidget's contract). */
export function render({ model, el }) {
  const root = element("div", { class: "apprenance ap-entry" });
  el.append(root);
  // JupyterLab's command mode takes digits, letters and Enter, except from an element that asks for them itself.
  const keepKeys = listen(root, "focusin", ({ target }) => setAttribute(target, "data-lm-suppress-shortcuts", "true"));
  const page = makePage(root, model);
  const word = () => page.word();
  const endTheme = watchTheme((theme) => setAttribute(root, "data-theme", theme));
  model.on("change:plan", word);
  return () => {
    model.off("change:plan", word);
    endTheme();
    keepKeys();
    page.destroy();
  };
}

export default { render };
