// The workshop's three questions to one person: for whom I work, my main mission, with whom I really work.
import { element, keyedChildren, listen, setAttribute, setText } from "../elements.js";
import { actorOf, answered, answersOf, saidOf, STEPS, unseen } from "./contributions.js";
import { makeFinder } from "./finder.js";
import { labelsOf, shortLabel } from "./loop_story.js";

let made = 0;

/** The interview of a participant; `update(participant)` shows where it stands. */
export function makeInterview(editor) {
  const place = makePlace(editor, () => current);
  const steps = makeSteps((next) => ((step = next), draw(), parts[step].focus()));
  const parts = {
    works_for: makeTies(editor, "works_for", () => current),
    mission: makeMission(editor, () => current),
    works_with: makeTies(editor, "works_with", () => current),
  };
  const next = element("button", { type: "button", class: "ap-button ap-button-small" });
  const body = element("div", { class: "ap-interview-body" }, ...STEPS.map((one) => parts[one].element), next);
  const heading = element("h4", { class: "ap-people-subtitle" });
  const whole = element("div", { class: "ap-interview" }, heading, place.element, steps.element, body);
  let current = null;
  let step = STEPS[0];

  const stop = listen(next, "click", () => {
    step = STEPS[STEPS.indexOf(step) + 1];
    draw();
    parts[step].focus();
  });

  function draw() {
    const placed = (editor.document.actors ?? []).some(({ id }) => id === current?.actor);
    setText(heading, editor.say("people_interview"));
    place.update(current, placed);
    steps.element.hidden = !placed;
    body.hidden = !placed;
    if (!placed) return;
    steps.update(editor, step, (one) => parts[one].done(current));
    for (const one of STEPS) {
      parts[one].element.hidden = one !== step;
      parts[one].update(current);
    }
    next.hidden = step === STEPS.at(-1);
    next.textContent = editor.say("people_next");
  }

  return {
    element: whole,
    update(participant) {
      if (participant?.id !== current?.id) step = STEPS[0];
      current = participant;
      if (current) draw();
    },
    destroy() {
      stop();
      for (const part of [place, steps, ...Object.values(parts)]) part.destroy();
    },
  };
}

/** Which actor of the map stands for this participant: ties need a place to start from. */
function makePlace(editor, participant) {
  const told = element("p", { class: "ap-people-place" });
  const change = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" });
  const line = element("div", { class: "ap-people-line" }, told, change);
  const finder = makeFinder(editor, { elements: () => editor.document.actors ?? [], choose });
  const whole = element("div", {}, line, finder.element);
  let choosing = false;

  function choose(whom) {
    const one = participant();
    const { changes, id } = actorOf(editor.document, whom, null);
    choosing = false;
    editor.commit([...changes, ...saidOf(editor.document, one.id, { actor: id })]);
    change.focus();
  }

  const stop = listen(change, "click", () => {
    choosing = true;
    finder.element.hidden = false;
    line.hidden = true;
    finder.focus();
  });
  return {
    element: whole,
    update(one, placed) {
      const label = labelsOf(editor.document).get(one.actor);
      setText(told, placed ? editor.say("people_place_is", { label }) : "");
      change.textContent = editor.say("people_place_change");
      line.hidden = !placed || choosing;
      finder.element.hidden = placed && !choosing;
      finder.relabel(editor.say("people_place"), editor.say("people_place_hint"));
    },
    destroy() {
      stop();
      finder.destroy();
    },
  };
}

function makeSteps(choose) {
  const buttons = STEPS.map((step, index) => {
    const number = element("span", { class: "ap-step-number", "aria-hidden": "true", text: String(index + 1) });
    const words = element("span", { class: "ap-step-words" });
    const state = element("span", { class: "ap-only-read" });
    const button = element("button", { type: "button", class: "ap-step" }, number, words, state);
    return { step, button, number, words, state, stop: listen(button, "click", () => choose(step)) };
  });
  const list = element("ol", { class: "ap-steps" }, ...buttons.map(({ button }) => element("li", {}, button)));
  return {
    element: list,
    update(editor, current, done) {
      setAttribute(list, "aria-label", editor.say("people_steps"));
      buttons.forEach(({ step, button, number, words, state }, index) => {
        const isDone = done(step);
        setText(words, editor.say(`people_step_${step}`));
        setText(number, isDone ? "✓" : String(index + 1));
        setAttribute(button, "aria-current", step === current ? "step" : null);
        setAttribute(button, "data-done", isDone);
        setText(state, isDone ? editor.say("people_step_filled") : "");
      });
    },
    destroy: () => buttons.forEach(({ stop }) => stop()),
  };
}

/** A question whose answers are actors. */
function makeTies(editor, step, participant) {
  const question = element("p", { class: "ap-people-question" });
  const list = element("ul", { class: "ap-chips" });
  const finder = makeFinder(editor, {
    elements: () => (editor.document.actors ?? []).filter(({ id }) => id !== participant().actor),
    choose(whom) {
      const changes = answered(editor.document, participant(), step, whom);
      const label = shortLabel(whom.label ?? editor.find(whom)?.value.label ?? whom);
      if (changes.length > 0 && editor.commit(changes)) editor.announce(editor.say("people_added", { label }));
      finder.focus();
    },
  });
  const chips = keyedChildren(list, () => makeChip(editor, (tie) => {
    editor.commit(unseen(editor.document, tie, participant().id));
    finder.focus();
  }));
  return {
    element: element("div", { class: "ap-people-ties" }, question, finder.element, list),
    focus: finder.focus,
    done: (one) => answersOf(editor.document, one, step).length > 0,
    update(one) {
      const answers = answersOf(editor.document, one, step);
      setText(question, editor.say(`people_question_${step}`));
      finder.relabel(editor.say(`people_find_${step}`), editor.say("people_find_hint"));
      list.hidden = answers.length === 0;
      setAttribute(list, "aria-label", editor.say(`people_step_${step}`));
      chips.update(answers.map(({ tie }) => tie), answers);
    },
    destroy() {
      finder.destroy();
      chips.destroy();
    },
  };
}

function makeChip(editor, take) {
  const words = element("span", { class: "ap-chip-words" });
  const button = element("button", { type: "button", class: "ap-button-bare" });
  button.append("×");
  let tie = null;
  const stop = listen(button, "click", () => take(tie));
  return {
    element: element("li", { class: "ap-chip" }, words, button),
    update(answer) {
      tie = answer.tie;
      setText(words, answer.label);
      setAttribute(button, "aria-label", editor.say("people_take_away", { label: answer.label }));
    },
    destroy: stop,
  };
}

/** The main mission, in the participant's own words. */
function makeMission(editor, participant) {
  const id = `ap-mission-${++made}`;
  const label = element("label", { class: "ap-people-question", for: id });
  const field = element("textarea", { class: "ap-input ap-people-mission", id, rows: "4", maxlength: "2000" });
  const stop = listen(field, "change", () => editor.commit(saidOf(editor.document, participant().id, { mission: field.value.trim() })));
  return {
    element: element("div", { class: "ap-field" }, label, field),
    focus: () => field.focus(),
    done: ({ mission }) => Boolean(mission),
    update(one) {
      setText(label, editor.say("people_question_mission"));
      setAttribute(field, "placeholder", editor.say("people_mission_hint"));
      if (document.activeElement !== field && field.value !== (one.mission ?? "")) field.value = one.mission ?? "";
    },
    destroy: stop,
  };
}
