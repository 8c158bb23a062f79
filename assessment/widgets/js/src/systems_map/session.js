// One browser's side of the conversation with Python: what is confirmed, what waits for an answer, what is shown.
//
// One edit is on its way at a time; those made meanwhile wait and leave together. What is shown is the confirmed
// document with everything that waits on top. An edit that Python refuses goes back; one made on an older revision is
// put on the newer document and sent again; an answer that is missing or does not fit asks for the whole document.
import { applyChanges } from "./changes.js";

/**
 * A session; pure but for its callbacks.
 *
 * `send(message)` reaches Python; `shown(document, changes)` is told what is shown and by which changes (null: all of
 * it may be new); `refused(faults)` that an edit went back; `dropped(edits)` that waiting edits no longer hold;
 * `settled()` that what waits may have changed.
 */
export function makeSession({ view, send, shown, refused, dropped, settled }) {
  let confirmed = null;
  let revision = null;
  let counts = { undo: 0, redo: 0 };
  let waiting = []; // lists of changes, in order; the first may be on its way
  let flying = null; // { edit, count }: the edit on its way and how many of `waiting` it took
  let unanswered = null; // the edit whose answer did not come: Python says whether it was taken
  let steps = []; // "undo" and "redo" asked for while edits wait
  let stepping = false;
  let edits = 0;
  let current = null;

  function rebuild() {
    let document = confirmed;
    const kept = [];
    const gone = [];
    for (const changes of waiting) {
      try {
        document = applyChanges(document, changes);
        kept.push(changes);
      } catch {
        gone.push(changes);
      }
    }
    waiting = kept;
    current = document;
    return gone;
  }

  function leave() {
    if (flying || stepping || revision === null) return;
    if (waiting.length === 0) return step();
    flying = { edit: ++edits, count: waiting.length };
    send({ base: revision, changes: waiting.flat(), view, edit: flying.edit });
  }

  function step() {
    const direction = steps.shift();
    if (!direction) return;
    stepping = true;
    send({ base: revision, [direction]: true, view });
  }

  function resynchronise() {
    unanswered = flying ?? unanswered;
    flying = null;
    stepping = false;
    send({ open: true, view });
  }

  function takeDocument(message) {
    // Nobody else's opening brings us back to something older than what we know.
    if (message.view !== view && revision !== null && message.revision <= revision) return;
    confirmed = message.document;
    if (message.view === view && unanswered && message.accepted >= unanswered.edit) waiting = waiting.slice(unanswered.count);
    unanswered = flying = null;
    stepping = false;
    takeCounts(message);
    const gone = rebuild();
    shown(current, null);
    if (gone.length > 0) dropped(gone);
    leave();
  }

  function takeChanges(message) {
    const ours = message.view === view && flying !== null && message.edit === flying.edit;
    if (message.view === view && !ours) stepping = false;
    if (revision === null || message.revision <= revision) return;
    if (message.revision !== revision + 1) return resynchronise();
    try {
      confirmed = applyChanges(confirmed, message.changes);
    } catch {
      return resynchronise();
    }
    takeCounts(message);
    if (ours) {
      waiting = waiting.slice(flying.count);
      flying = null;
    }
    const gone = rebuild();
    // Our own edit is on the page already: the page is only told when somebody else's changes came.
    if (!ours) shown(current, gone.length > 0 || waiting.length > 0 ? null : message.changes);
    if (gone.length > 0) dropped(gone);
    leave();
  }

  function takeRefusal(message) {
    if (message.view !== view) return;
    stepping = false;
    if (flying && message.edit === flying.edit) {
      waiting = waiting.slice(flying.count);
      flying = null;
      rebuild();
      shown(current, null);
    }
    refused(message.refused);
    if (message.revision !== revision) resynchronise();
    else leave();
  }

  function takeCounts(message) {
    revision = message.revision;
    counts = { undo: message.undo, redo: message.redo };
  }

  return {
    get document() {
      return current;
    },
    get revision() {
      return revision;
    },
    get counts() {
      return counts;
    },
    get waits() {
      return flying !== null || stepping || waiting.length > 0;
    },
    open: resynchronise,
    /** Applies changes at once and sends them; throws `Impossible` and changes nothing when they do not hold. */
    commit(changes) {
      current = applyChanges(current, changes);
      waiting.push(changes);
      shown(current, changes);
      leave();
      settled();
    },
    /** Takes the last accepted edit back ("undo") or brings it again ("redo"), once what waits has been answered. */
    step(direction) {
      steps.push(direction);
      leave();
      settled();
    },
    receive(message) {
      if ("document" in message) takeDocument(message);
      else if ("changes" in message) takeChanges(message);
      else if ("refused" in message && !("request" in message)) takeRefusal(message);
      settled();
    },
  };
}
