// The words of the page, and what is told of a key.
import { ASIDE, offersOf } from "./keying.js";

/** Makes what says a word of the plan, with values put in its braces. */
export function speaker(plan) {
  return (name, values = {}) =>
    (plan().words[name] ?? "").replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** How a line is named: its number on the paper, or the question itself. */
export function lineName(step) {
  return step.number === undefined ? (step.text ?? "") : String(step.number);
}

/** How many characters the longest word of some names has: what may not be broken wants that much room. Pure. */
export function longestWord(names) {
  return Math.max(0, ...names.flatMap((name) => name.split(/[ \n]+/)).map((word) => word.length));
}

/** What stands in a line, in words. */
export function valueName(plan, say, step, value) {
  if (value === undefined || value === null || value === "" || value.length === 0) return say("empty");
  if (step.kind === "text") return value;
  if (value === ASIDE && step.kind === "answer") return plan.scales[step.scale].not_concerned;
  const names = new Map(offersOf(plan, step).map((one) => [one.value, one.name]));
  return [value].flat().map((one) => names.get(one) ?? one).join(", ");
}

/** What is told of a key: one short sentence, or nothing. */
export function tellKey(plan, say, { kind, step, value, key, reason, typed }) {
  if (kind === "entered" && step.kind !== "text") {
    const line = lineName(step) || say("form_step");
    const empty = value === "" || value.length === 0;
    const question = /[.?!]$/.test(line) ? "_question" : ""; // no colon after a sentence's own end
    return empty ? say(`told_blank${question}`, { line }) : say(`told_answer${question}`, { line, answer: valueName(plan, say, step, value) });
  }
  if (kind !== "refused") return "";
  if (reason === "typed") return say("refused_pending", { typed, key });
  if (reason === "many") return say("refused_many", { count: step.most });
  return reason === "form" ? say("refused_form") : say("refused_key", { key });
}
