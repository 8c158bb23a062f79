// The line to Python: what was asked, whether it was heard, whether it is done.
import { sendFile } from "../sending.js";

const PATIENCE = 15_000; // milliseconds until a page says that nobody answers

/**
 * The line; `changed()` is called when the work under way begins or ends, or nobody answers.
 * `later` and `never` stand for setTimeout and clearTimeout in tests.
 */
export function makeWire(model, changed, later = setTimeout, never = clearTimeout) {
  const waiting = new Map(); // number → action
  const timers = new Map();
  let number = 0;
  let lost = false;

  function begin(action) {
    number += 1;
    const own = number;
    waiting.set(own, action);
    timers.set(own, later(() => {
      timers.delete(own);
      waiting.delete(own);
      lost = true;
      changed();
    }, PATIENCE));
    changed();
    return own;
  }

  function quiet(own) {
    never(timers.get(own));
    timers.delete(own);
    lost = false;
  }

  /** Whether an action is under way already: pressing twice is asking once. */
  const isAsked = (action) => [...waiting.values()].includes(action);

  return {
    /** Asks Python for an action, with plain values; false when it is under way already. */
    ask(action, values = {}) {
      if (isAsked(action)) return false;
      model.send({ kind: "event", number: begin(action), action, values });
      return true;
    },
    /** Tells Python of a change, as often as there is one. */
    tell(action, values = {}) {
      model.send({ kind: "event", number: begin(action), action, values });
    },
    /** Brings a file to Python. */
    async bring(action, file) {
      if (isAsked(action)) return;
      await sendFile(model, file, { kind: "file", number: begin(action), action });
    },
    take(message) {
      if (message?.kind === "heard") quiet(message.number);
      if (message?.kind === "settled") {
        quiet(message.number);
        waiting.delete(message.number);
      }
      changed();
    },
    /** How many answers to an action are still to come. */
    waitsFor: (action) => [...waiting.values()].filter((one) => one === action).length,
    isBusy: () => waiting.size > 0,
    isLost: () => lost,
    destroy() {
      for (const timer of timers.values()) never(timer);
    },
  };
}
