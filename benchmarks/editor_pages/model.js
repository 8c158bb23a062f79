// A stand-in for anywidget's model that answers at once in the page itself: what is measured is the browser's part.

export function makeModel(document, { words = {}, offers = {}, language = "fr" } = {}) {
  const listeners = new Map();
  const traits = { words, offers, language, selection: [], view: {} };
  let revision = 1;
  const emit = (event, ...values) => [...(listeners.get(event) ?? [])].forEach((one) => one(...values));
  const say = (content) => queueMicrotask(() => emit("msg:custom", content, []));
  const model = {
    sent: [],
    get: (name) => traits[name],
    set(name, value) {
      traits[name] = value;
      emit(`change:${name}`);
    },
    save_changes() {},
    send(content) {
      model.sent.push({ content, at: performance.now() });
      if (content.open) say({ revision, document, undo: 0, redo: 0, view: content.view });
      else if (content.changes) say({ revision: ++revision, changes: content.changes, undo: revision - 1, redo: 0, view: content.view, edit: content.edit });
    },
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    off: (event, listener) => listeners.set(event, (listeners.get(event) ?? []).filter((one) => one !== listener)),
  };
  return model;
}
