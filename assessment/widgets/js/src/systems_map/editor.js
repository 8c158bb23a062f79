// The editor: the document as this browser shows it, what is selected and looked at, and the way to Python.
import { announcement } from "./announcements.js";
import { find } from "./commands.js";
import { makeSession } from "./session.js";
import { makeWords } from "./words.js";

/** Why a save is refused when somebody else has saved since. */
const STALE = "workspace_stale";
const PATIENCE = 6000; // milliseconds without an answer before all of it is asked for again
const EMPTY = { format: "apprenance-map", version: 1, name: "", actors: [], variables: [], ties: [], participants: [], loops: [] };

/** The events panels listen to: `on(event, listener)` returns what takes it away; `emit(event, …)`. */
function makeEvents() {
  const listeners = new Map();
  return {
    on(event, listener) {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(listener);
      return () => listeners.get(event).delete(listener);
    },
    emit(event, ...values) {
      for (const listener of [...(listeners.get(event) ?? [])]) listener(...values);
    },
  };
}

/** Questions to Python that wait for their answer. */
function makeAsking(model, view) {
  const waiting = new Map();
  let requests = 0;
  return {
    ask(name, values = {}, buffers = []) {
      const request = ++requests;
      const answer = new Promise((resolve, reject) => waiting.set(request, { resolve, reject }));
      model.send({ ...values, ask: name, request, view }, undefined, buffers);
      return answer;
    },
    receive(message, buffers) {
      const asked = waiting.get(message.request);
      waiting.delete(message.request);
      if (!asked) return;
      if (message.refused) asked.reject({ refused: message.refused });
      else asked.resolve({ answer: message.answer, buffers: buffers ?? [] });
    },
    forget() {
      for (const { reject } of waiting.values()) reject({ refused: [] });
      waiting.clear();
    },
  };
}

/** The editor of a model (anywidget's); `voice` says things: { announce(text), tell(text, kind) }. */
export function makeEditor(model, voice) {
  const view = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const { on, emit } = makeEvents();
  const asking = makeAsking(model, view);
  const words = makeWords(model);
  let patience = null;
  let state = "saving";
  let unsaved = null;
  let before = null;

  /** What the sentences about a change need: words, and what each value is called. */
  const told = {
    ...words,
    get offers() {
      return model.get("offers") ?? {};
    },
    get language() {
      return model.get("language");
    },
  };
  const session = makeSession({
    view,
    send: (message) => model.send(message),
    shown: (document, changes) => {
      if (before) voice.announce(changes ? announcement(changes, before, told) : words.say("map_reloaded"));
      before = document;
      keepSelection(document);
      emit("document", changes);
    },
    refused: (faults) => voice.tell(faults.map(({ text }) => text).join(" "), "error"),
    dropped: () => voice.tell(words.say("map_dropped"), "error"),
    settled: watch,
  });

  /** Waits for Python with patience: an answer that does not come is asked for again, and the page says so. */
  function watch() {
    clearTimeout(patience);
    setState(session.waits ? (state === "lost" ? "lost" : "saving") : unsaved ? "unsaved" : "saved");
    if (session.waits) patience = setTimeout(giveUp, PATIENCE);
  }

  function giveUp() {
    setState("lost");
    session.open();
    patience = setTimeout(giveUp, PATIENCE);
  }

  function setState(next) {
    if (next === state) return;
    state = next;
    emit("state");
  }

  function receive(message, buffers) {
    if (!message || typeof message !== "object") return;
    if ("request" in message) {
      if (message.view === view) asking.receive(message, buffers);
      return;
    }
    if (!("revision" in message)) return;
    if ("saved" in message) takeUnsaved(message.saved ? null : (message.refused ?? []));
    if (state === "lost") state = "saving";
    session.receive(message);
    emit("state");
  }

  /** What could not be written into the file is told once, and stays in sight until a save succeeds. */
  function takeUnsaved(faults) {
    const first = Boolean(faults) && !unsaved;
    unsaved = faults;
    if (first && overtaken()) voice.announce(words.say("meeting_text")); // the page has its own place for it
    else if (first) voice.tell(faults.map(({ text }) => text).join(" "), "error");
  }

  const overtaken = () => (unsaved ?? []).some(({ code }) => code === STALE);

  function keepSelection(document) {
    const left = model.get("selection").filter((id) => find(document, id));
    if (left.length !== model.get("selection").length) select(left);
  }

  function setTrait(name, value) {
    if (JSON.stringify(model.get(name)) === JSON.stringify(value)) return;
    model.set(name, value);
    model.save_changes();
  }
  const select = (ids) => setTrait("selection", [...new Set(ids)]);

  const stops = [
    ["msg:custom", receive],
    ["change:selection", () => emit("selection")],
    ["change:view", () => emit("view")],
    ["change:words", () => emit("words")],
    ["change:offers", () => emit("words")],
    ["change:header", () => emit("words")],
  ].map(([event, listener]) => {
    model.on(event, listener);
    return () => model.off(event, listener);
  });

  return {
    get document() {
      return session.document ?? EMPTY;
    },
    get ready() {
      return session.document !== null;
    },
    get revision() {
      return session.revision;
    },
    get can() {
      return session.counts;
    },
    get state() {
      return state;
    },
    /** Whether somebody else has saved the same map since this page began from it. */
    get overtaken() {
      return overtaken();
    },
    get selection() {
      return model.get("selection").filter((id) => find(this.document, id));
    },
    get view() {
      return model.get("view") ?? {};
    },
    get language() {
      return model.get("language");
    },
    get offers() {
      return model.get("offers") ?? {};
    },
    /** Whose map it is and where it is kept; null outside a workspace. */
    get header() {
      const header = model.get("header");
      return header?.organisation ? header : null;
    },
    on,
    emit,
    open: () => {
      session.open();
      watch();
    },
    find: (id) => find(session.document ?? EMPTY, id),
    /** Applies changes at once and sends them; nothing happens for none. Says why when they do not hold. */
    commit(changes) {
      if (changes.length === 0 || !session.document) return false;
      try {
        session.commit(changes);
      } catch (impossible) {
        voice.tell(words.say("map_dropped"), "error");
        console.warn(impossible);
        return false;
      }
      return true;
    },
    undo: () => session.step("undo"),
    redo: () => session.step("redo"),
    select,
    look: (patch) => setTrait("view", { ...model.get("view"), ...patch }),
    speak: (language) => setTrait("language", language),
    say: words.say,
    count: words.count,
    announce: voice.announce,
    tell: voice.tell,
    ask: asking.ask,
    destroy() {
      clearTimeout(patience);
      stops.forEach((stop) => stop());
      asking.forget();
    },
  };
}
