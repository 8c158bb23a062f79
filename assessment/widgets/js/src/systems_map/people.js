// Participants: who draws, what each one sees, what all share. Roles and units, no names.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { same } from "../document.js";
import { addParticipant, offered, participantOf, participantsOf, removed, saidOf, seen, tiesOf, wordsOf } from "./contributions.js";
import { makeInterview } from "./interview.js";
import { labelsOf, shortLabel } from "./loop_story.js";
import { paintingOf } from "./painting.js";
import { makeReadingView } from "./reading_view.js";

const button = (quiet = true) => element("button", { type: "button", class: `ap-button${quiet ? " ap-button-quiet" : ""} ap-button-small` });

/** The panel of participants. */
export function makePeople(editor, canvas) {
  const heading = element("h3", { class: "ap-panel-title", tabindex: "-1" });
  const drawing = makeDrawing(editor);
  const too = makeSeenToo(editor);
  const everyone = makeEveryone(editor, show);
  const one = makeOne(editor, { back, gone: () => heading.focus() });
  const view = makeReadingView(editor, canvas);
  const status = element("p", { class: "ap-note ap-busy-note", role: "status" });
  const panel = element("div", { class: "ap-people" }, heading, drawing.element, too.element, everyone.element, one.element, status, view.element);
  const painting = paintingOf(editor, canvas);
  let open = null;

  function show(id) {
    open = id;
    draw();
    one.focus();
  }

  function back() {
    const from = open;
    open = null;
    if (editor.view.overlay?.participant === from) editor.look({ overlay: null });
    draw();
    everyone.focus(from);
  }

  /** Brings the panel up to date while it is seen: a large map pays nothing for it otherwise. */
  function draw() {
    if (editor.view.panel !== "people") return;
    const person = open === null ? null : participantOf(editor.document, open);
    if (!person) open = null;
    setText(heading, editor.say("people_title"));
    drawing.update();
    too.update();
    everyone.element.hidden = person !== null;
    one.element.hidden = person === null;
    if (person) one.update(person);
    else everyone.update();
    const { overlay } = editor.view;
    const ours = person ? overlay?.participant === person.id : overlay === "consensus";
    view.update(ours ? painting.state.overlay.reading : null);
    setText(status, ours && painting.state.overlay.busy ? editor.say("reading_busy") : "");
  }

  const offs = ["document", "view", "words", "selection"].map((event) => editor.on(event, draw));
  offs.push(painting.join(draw));
  draw();
  return {
    element: panel,
    destroy() {
      for (const off of offs) off();
      for (const part of [drawing, too, everyone, one, view]) part.destroy();
    },
  };
}

/** Whose ties are being drawn, always in sight while somebody's are. */
function makeDrawing(editor) {
  const told = element("p", { class: "ap-people-drawing-words" });
  const end = button();
  const whole = element("div", { class: "ap-people-drawing", role: "status" }, told, end);
  const stop = listen(end, "click", () => editor.look({ drawing_as: null }));
  return {
    element: whole,
    update() {
      const person = participantOf(editor.document, editor.view.drawing_as);
      whole.hidden = !person;
      if (!person) return;
      const { who, words } = wordsOf(person, editor.offers);
      setText(told, editor.say("people_drawing_as", { who: words ? `${who} (${words})` : who }));
      end.textContent = editor.say("people_drawing_end");
    },
    destroy: stop,
  };
}

/** "I see it too", when one tie is chosen while drawing as somebody. */
function makeSeenToo(editor) {
  const told = element("p", {});
  const add = button(false);
  const whole = element("div", { class: "ap-people-too" }, told, add);
  const chosen = () => (editor.selection.length === 1 ? editor.find(editor.selection[0]) : null);
  const stop = listen(add, "click", () => {
    const person = editor.view.drawing_as;
    editor.commit(seen(editor.document, chosen().value.id, person));
    editor.announce(editor.say("people_seen_done", { who: person }));
  });
  return {
    element: whole,
    update() {
      const found = chosen();
      const person = participantOf(editor.document, editor.view.drawing_as);
      whole.hidden = !person || found?.block !== "ties";
      if (whole.hidden) return;
      const { source, target, participants = [] } = found.value;
      const labels = labelsOf(editor.document);
      const label = (id) => labels.get(id) ?? shortLabel(id);
      const who = participants.length > 0 ? participants.join(", ") : editor.say("people_seen_nobody");
      setText(told, editor.say("people_seen_by", { source: label(source), target: label(target), who }));
      add.textContent = editor.say("people_seen_too", { who: person.id });
      add.hidden = participants.includes(person.id);
    },
    destroy: stop,
  };
}

/** The list of participants, the form that adds one, what they share. */
function makeEveryone(editor, show) {
  const intro = element("p", { class: "ap-note" });
  const list = element("ul", { class: "ap-people-list" });
  const rows = keyedChildren(list, (id) => makeRow(editor, id, show));
  const form = makeForm(editor, show);
  const shared = button();
  const hint = element("p", { class: "ap-note" });
  const whole = element("div", { class: "ap-people-everyone" }, intro, list, form.element, shared, hint);
  const stop = listen(shared, "click", () => editor.look({ overlay: editor.view.overlay === "consensus" ? null : "consensus", colour: null }));
  return {
    element: whole,
    focus: (id) => list.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus(),
    update() {
      const people = participantsOf(editor.document);
      const drew = people.filter(({ id }) => tiesOf(editor.document, id).length > 0).length;
      setText(intro, editor.say("people_intro"));
      list.hidden = people.length === 0;
      rows.update(people.map(({ id }) => id), people);
      form.relabel();
      shared.textContent = editor.say("people_consensus");
      setAttribute(shared, "aria-pressed", String(editor.view.overlay === "consensus"));
      shared.hidden = drew < 2;
      setText(hint, drew < 2 && people.length > 0 ? editor.say("people_consensus_needs") : "");
    },
    destroy() {
      stop();
      rows.destroy();
      form.destroy();
    },
  };
}

function makeRow(editor, id, show) {
  const badge = element("span", { class: "ap-people-badge" });
  const words = element("span", { class: "ap-people-words" });
  const count = element("span", { class: "ap-people-count" });
  const row = element("button", { type: "button", class: "ap-people-row", "data-id": id }, badge, words, count);
  const stop = listen(row, "click", () => show(id));
  return {
    element: element("li", {}, row),
    update(person) {
      const { who, words: told } = wordsOf(person, editor.offers);
      setText(badge, who);
      setText(words, told || editor.say("people_unsaid"));
      setText(count, editor.count("people_ties", tiesOf(editor.document, id).length));
      setAttribute(row, "data-drawing", editor.view.drawing_as === id);
    },
    destroy: stop,
  };
}

/** Role and unit: two lists, "not said" first. */
function makeIdentity(editor, changed) {
  const fields = ["role", "unit"].map((key) => {
    const label = element("span", { class: "ap-label" });
    const select = element("select", { class: "ap-select" });
    const field = element("label", { class: "ap-field" }, label, element("span", { class: "ap-select-frame" }, select));
    return { key, label, select, field, offered: null, stop: listen(select, "change", () => changed?.()) };
  });
  const whole = element("div", { class: "ap-people-identity" }, ...fields.map(({ field }) => field));
  return {
    element: whole,
    values: () => Object.fromEntries(fields.map(({ key, select }) => [key, select.value])),
    update(values) {
      for (const field of fields) {
        const own = values[field.key] ?? "";
        const known = offered(editor.offers[`${field.key}s`] ?? [], editor.document, field.key, own);
        const wanted = [{ value: "", label: editor.say("people_not_said") }, ...known];
        setText(field.label, editor.say(`people_${field.key}`));
        if (!same(field.offered, wanted)) {
          field.offered = wanted;
          field.select.replaceChildren(...wanted.map(({ value, label }) => element("option", { value, text: label })));
        }
        if (field.select.value !== own) field.select.value = own;
        field.field.hidden = wanted.length < 2;
      }
    },
    destroy: () => fields.forEach(({ stop }) => stop()),
  };
}

function makeForm(editor, show) {
  const legend = element("h4", { class: "ap-people-subtitle" });
  const identity = makeIdentity(editor);
  const hint = element("p", { class: "ap-note" });
  const add = element("button", { type: "submit", class: "ap-button ap-button-small" });
  const form = element("form", { class: "ap-people-form" }, legend, identity.element, hint, add);
  const stop = listen(form, "submit", (event) => {
    event.preventDefault();
    const { changes, id } = addParticipant(editor.document, identity.values());
    if (!editor.commit(changes)) return;
    editor.announce(editor.say("people_new_told", { who: id }));
    show(id);
  });
  return {
    element: form,
    relabel() {
      setText(legend, editor.say("people_add_title"));
      identity.update(identity.values());
      setText(hint, editor.say("people_names_hint"));
      add.textContent = editor.say("people_add");
    },
    destroy() {
      stop();
      identity.destroy();
    },
  };
}

/** One participant: draw for them, see what they drew, ask them, correct them. */
function makeOne(editor, { back, gone }) {
  const away = button();
  const title = element("h4", { class: "ap-people-one-title", tabindex: "-1" });
  const count = element("p", { class: "ap-note" });
  const draw = button(false);
  const layer = button();
  const interview = makeInterview(editor);
  const more = element("span", {});
  const identity = makeIdentity(editor, () => editor.commit(saidOf(editor.document, current.id, identity.values())));
  const remove = button();
  const note = element("p", { class: "ap-note" });
  const details = element("details", { class: "ap-unfold" }, element("summary", { class: "ap-unfold-summary" }, more), identity.element, note, remove);
  const acts = element("div", { class: "ap-people-acts" }, draw, layer);
  const whole = element("div", { class: "ap-people-one" }, away, title, count, acts, interview.element, details);
  let current = null;

  const stops = [
    listen(away, "click", back),
    listen(draw, "click", () => editor.look({ drawing_as: editor.view.drawing_as === current.id ? null : current.id })),
    listen(layer, "click", () => {
      const shown = editor.view.overlay?.participant === current.id;
      editor.look({ overlay: shown ? null : { participant: current.id }, colour: null });
    }),
    listen(remove, "click", () => {
      const { id } = current;
      if (editor.view.drawing_as === id) editor.look({ drawing_as: null });
      back();
      editor.commit(removed(editor.document, id));
      editor.tell(editor.say("people_removed", { who: id }));
      gone();
    }),
  ];

  return {
    element: whole,
    focus: () => title.focus(),
    update(person) {
      current = person;
      const { id } = person;
      const { who, words } = wordsOf(person, editor.offers);
      away.textContent = editor.say("people_back");
      setText(title, words ? `${who} · ${words}` : who);
      setText(count, editor.count("people_drew", tiesOf(editor.document, id).length));
      draw.textContent = editor.say("people_draw_as", { who });
      setAttribute(draw, "aria-pressed", String(editor.view.drawing_as === id));
      layer.textContent = editor.say("people_layer", { who });
      setAttribute(layer, "aria-pressed", String(editor.view.overlay?.participant === id));
      setText(more, editor.say("people_more"));
      identity.update(person);
      setText(note, editor.say("people_remove_note"));
      remove.textContent = editor.say("people_remove", { who });
      interview.update(person);
    },
    destroy() {
      for (const stop of stops) stop();
      interview.destroy();
      identity.destroy();
    },
  };
}
