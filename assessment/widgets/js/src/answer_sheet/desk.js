// The sheet in progress: one line at a time, large, with its answers as buttons, and the lines around it.
import { element, setAttribute } from "../elements.js";
import { ASIDE, countsOf, keyOf, namedLike, offersOf, stepAt, stepsOf } from "./keying.js";
import { lineName, longestWord, valueName } from "./words.js";

/** Makes the desk; `act` has what can be done: press(key), take(value), write(text), go(at), save(). */
export function makeDesk(say, act) {
  const body = element("div", { class: "ap-line" });
  const sign = element("p", { class: "ap-sign" });
  const around = element("ol", { class: "ap-around" });
  const desk = element("div", { class: "ap-desk", role: "application", tabindex: "0" }, body, sign, around);
  let shown = null;

  const keys = (event) => {
    const step = shown && stepAt(shown.plan, shown.sheet);
    if (!step || event.isComposing) return;
    const writing = event.target.tagName === "TEXTAREA";
    const key = writing && isBack(event) ? "ArrowUp" : keyOf(event, step);
    if (key === null || (writing && !isBack(event) && !isOn(event))) return;
    if (event.target.tagName === "BUTTON" && (key === "Enter" || key === " ")) return; // the button's own
    event.preventDefault();
    act.press(key);
  };
  desk.addEventListener("keydown", keys);

  function show(plan, sheet, title) {
    const step = stepAt(plan, sheet);
    const same = shown && step.kind === "text" && stepAt(shown.plan, shown.sheet).id === step.id && shown.plan === plan;
    shown = { plan, sheet };
    setAttribute(desk, "aria-label", title);
    if (!same) body.replaceChildren(...lineOf(plan, sheet, step, title));
    around.replaceChildren(...aroundOf(plan, sheet));
    around.hidden = around.childElementCount === 0;
  }

  function lineOf(plan, sheet, step, title) {
    const total = stepsOf(plan, sheet).filter(({ kind }) => kind === "answer").length;
    const where = step.number ? say("line_of", { number: step.number, count: total }) : step.kind === "end" ? "" : say("question");
    const top = element("p", { class: "ap-where" }, element("span", { text: title }), element("span", { text: step.kind === "form" ? "" : where }));
    if (step.kind === "end") return [top, ...endOf(plan, sheet)];
    return [
      top,
      ...promptOf(step),
      element("p", { class: "ap-statement" }, ...numbered(step)),
      ...hintOf(plan, sheet, step),
      step.kind === "text" ? textOf(sheet, step) : answersOf(plan, sheet, step),
      toolsOf(step),
    ];
  }

  function promptOf(step) {
    if (step.kind !== "answer") return [];
    const tag = element("span", { class: "ap-tag", "data-perspective": step.perspective, text: say(step.perspective) });
    return [element("p", { class: "ap-prompt" }, tag, element("span", { text: step.prompt }))];
  }

  const numbered = (step) => [
    ...(step.number ? [element("span", { class: "ap-number", text: String(step.number) })] : []),
    element("span", { text: step.kind === "form" ? say("form_step") : step.text }),
  ];

  function hintOf(plan, sheet, step) {
    const hints = { pick: say("pick_hint"), text: say("text_hint"), choose: step.most > 1 ? say("most", { count: step.most }) : "" };
    const again = step.kind === "form" && sheet.form !== null ? say("form_again", { name: plan.forms[sheet.form].title }) : "";
    const hint = hints[step.kind] || again;
    return hint ? [element("p", { class: "ap-hint", text: hint })] : [];
  }

  function answersOf(plan, sheet, step) {
    const like = step.kind === "pick" && sheet.typed ? namedLike(plan, step, sheet.typed) : [];
    const value = step.kind === "form" ? plan.forms[sheet.form]?.key : sheet.values[step.id];
    const typed = (one) => sheet.typed !== "" && (one.key.startsWith(sheet.typed) || one.value === like[0]?.value);
    const buttons = offersOf(plan, step).map((one) => offer(one.key, one.name, [value ?? []].flat().includes(one.value), typed(one), () => act.take(one.value)));
    if (step.kind === "answer") {
      const name = plan.scales[step.scale].not_concerned;
      buttons.push(offer("n", name, value === ASIDE, false, () => act.take(ASIDE), " ap-aside"));
    }
    const small = buttons.length > 12 || plan.scales[step.scale]?.answers.some(({ name }) => name.length > 24);
    const answers = element("div", { class: `ap-answers${small ? " ap-answers-many" : ""}` }, ...buttons);
    answers.style.setProperty("--ap-longest", longestWord(offersOf(plan, step).map(({ name }) => name)));
    return answers;
  }

  function offer(key, name, chosen, typed, take, more = "") {
    const label = [element("kbd", { class: "ap-key", text: key }), element("span", { text: name === key ? "" : name })];
    const button = element("button", { type: "button", class: `ap-answer${more}`, "aria-pressed": String(chosen), "data-typed": typed || null, tabindex: "-1" }, ...label);
    return clickable(button, take);
  }

  /** A button that leaves the focus where the keys are. */
  function clickable(button, work) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", work);
    return button;
  }

  function textOf(sheet, step) {
    const box = element("textarea", { class: "ap-text", rows: "4", maxlength: "20000", "aria-label": step.text, spellcheck: "false" });
    box.value = sheet.values[step.id] ?? "";
    box.addEventListener("input", () => act.write(box.value));
    return box;
  }

  function toolsOf(step) {
    const tool = (word, key) => clickable(element("button", { type: "button", class: "ap-button ap-button-quiet", text: say(word), tabindex: "-1" }), () => act.press(key));
    const blank = ["answer", "choose", "pick"].includes(step.kind) ? [tool("blank", " ")] : [];
    return element("div", { class: "ap-tools" }, tool("back", "ArrowUp"), ...blank, tool("next", "ArrowDown"));
  }

  function endOf(plan, sheet) {
    const { answered, aside, blank } = countsOf(plan, sheet);
    const save = element("button", { type: "button", class: "ap-button ap-save", text: say("save") });
    save.addEventListener("click", () => act.save());
    return [
      element("h2", { class: "ap-end", text: say("summary_title") }),
      element("p", { class: "ap-statement", text: say("summary", { answered, aside, blank: blank.length }) }),
      element("p", { class: "ap-hint", text: blank.length ? say("summary_blank", { numbers: blank.join(", ") }) : "" }),
      element("div", { class: "ap-tools" }, save, element("span", { class: "ap-hint", text: say("save_keys") })),
    ];
  }

  /** The lines of the same part of the paper with what stands in each: what is compared at a glance. */
  function aroundOf(plan, sheet) {
    const steps = stepsOf(plan, sheet);
    const here = steps[sheet.at];
    const own = here.kind === "answer" ? steps.filter(({ kind, part }) => kind === "answer" && part === here.part) : [];
    return own.map((step) => {
      const value = sheet.values[step.id];
      const keys = offersOf(plan, step).find((one) => one.value === value)?.key;
      const mark = value === ASIDE ? "n" : (keys ?? (value === "" ? "–" : ""));
      const parts = [
        element("span", { class: "ap-around-number", text: lineName(step) }),
        element("span", { class: "ap-around-value", text: mark || "·" }),
        element("span", { class: "ap-only-read", text: value === undefined ? "" : valueName(plan, say, step, value) }),
      ];
      const button = element("button", { type: "button", class: "ap-around-line", tabindex: "-1", "aria-current": step === here ? "true" : null }, ...parts);
      return element("li", {}, clickable(button, () => act.go(steps.indexOf(step))));
    });
  }

  return {
    element: desk,
    show,
    /** A short sign beside the line, for the eye; the live region has the words. */
    tell(text, refused) {
      sign.textContent = text;
      sign.dataset.refused = String(refused);
      desk.classList.remove("ap-refused");
      if (refused) {
        void desk.offsetWidth; // the sign moves again when it is the same twice
        desk.classList.add("ap-refused");
      }
    },
    focus() {
      const box = body.querySelector("textarea") ?? desk;
      box.focus({ preventScroll: true });
    },
  };
}

/** Whether a key in a text leaves it: Alt + ↑ back, Enter without Shift (or with Ctrl) on. */
const isBack = ({ key, altKey }) => key === "ArrowUp" && altKey;
const isOn = ({ key, shiftKey }) => key === "Enter" && !shiftKey;
