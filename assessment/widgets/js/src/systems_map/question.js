// One question to Python at a time: asked a little after the last change, told to be slow when it is, dropped when late.

const NOT_YET = ["saving", "lost"];

/**
 * What asks a question again and again. `now(name, values)` asks at once, `soon(name, values)` when no more changes
 * come for `wait` milliseconds; both wait until Python has the edits made here, so that the answer is of the map that
 * is seen. While Python works on one, only the latest of those that follow is kept: a slow answer never makes a queue.
 * `answered(answer, values)`, `refused(faults, values)` and `busy(yes)` are told of the latest only.
 */
export function makeQuestion(editor, { answered, refused, busy, wait = 150, slow = 300 }) {
  let flying = null;
  let next = null;
  let due = false;
  let waiting = null;
  let slowness = null;
  let over = false;

  function settle() {
    clearTimeout(slowness);
    slowness = null;
    busy?.(false);
  }

  function send() {
    due = next !== null;
    if (flying || !next || NOT_YET.includes(editor.state)) return;
    const asked = next;
    [flying, next, due] = [asked, null, false];
    slowness ??= setTimeout(() => busy?.(true), slow);
    editor.ask(asked.name, asked.values).then(
      ({ answer }) => back(asked, () => answered(answer, asked.values)),
      (fault) => back(asked, () => refused?.(fault?.refused ?? [], asked.values)),
    );
  }

  function back(asked, tell) {
    if (over || flying !== asked) return;
    flying = null;
    if (due) return send();
    if (asked.dropped || next !== null) return;
    settle();
    tell();
  }

  /** What was asked of a Python that no longer answers is asked again once it does. */
  function state() {
    if (editor.state === "lost" && flying) {
      if (!flying.dropped) next ??= { ...flying };
      flying = null;
      due = next !== null;
    } else if (due) send();
  }
  const off = editor.on("state", state);

  return {
    soon(name, values = {}) {
      next = { name, values };
      clearTimeout(waiting);
      waiting = setTimeout(send, wait);
    },
    now(name, values = {}) {
      next = { name, values };
      clearTimeout(waiting);
      send();
    },
    cancel() {
      clearTimeout(waiting);
      [next, due] = [null, false];
      if (flying) flying.dropped = true;
      settle();
    },
    destroy() {
      over = true;
      off();
      clearTimeout(waiting);
      clearTimeout(slowness);
    },
  };
}

const PLACES = new Set(["x", "y"]);

/** Whether changes can alter an answer: moving elements about does not; nothing said is everything anew. */
export function matters(changes) {
  if (!Array.isArray(changes)) return true;
  return changes.some(({ do: verb, values }) => verb !== "set" || Object.keys(values).some((key) => !PLACES.has(key)));
}
