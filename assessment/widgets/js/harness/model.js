// A stand-in for anywidget's model: traits and messages travel to serve.py, where the package's Python answers.

export async function makeModel(search) {
  const listeners = new Map();
  const { session, traits } = await post("open", { search });
  const emit = (event, ...values) => [...(listeners.get(event) ?? [])].forEach((one) => one(...values));
  let queue = Promise.resolve();

  function take({ messages, traits: changed }) {
    for (const [name, value] of Object.entries(changed)) {
      traits[name] = value;
      emit(`change:${name}`);
    }
    for (const { content, buffers } of messages) {
      emit("msg:custom", content, buffers.map((text) => new DataView(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer)));
    }
  }
  const travel = (path, body) => (queue = queue.then(() => post(path, body)).then(take));

  // what Python does beside the page is heard of by asking
  if (new URLSearchParams(search).has("app")) setInterval(() => travel("news", { session }), 250);

  return {
    get: (name) => traits[name],
    set(name, value) {
      traits[name] = value;
      emit(`change:${name}`);
    },
    save_changes: () => travel("traits", { session, traits: structuredClone(traits) }),
    async send(content, _callbacks, buffers = []) {
      const texts = await Promise.all(buffers.map(base64));
      travel("message", { session, content, buffers: texts });
    },
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    off: (event, listener) => listeners.set(event, (listeners.get(event) ?? []).filter((one) => one !== listener)),
  };
}

async function post(path, body) {
  const reply = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  return reply.json();
}

async function base64(buffer) {
  let text = "";
  for (const one of new Uint8Array(buffer)) text += String.fromCharCode(one);
  return btoa(text);
}
