// What must outlive a reload of the page: the sheet in progress, and those that Python has not acknowledged yet. It is
// kept for this tab only (sessionStorage), and taken away as soon as it is saved.

/** A drawer under a name; without storage (private windows, sandboxes) it remembers for as long as the page lives. */
export function openDrawer(name, storage = browserStorage()) {
  let held = read(storage, name);
  const keep = (changes) => {
    held = { ...held, ...changes };
    try {
      storage?.setItem(name, JSON.stringify(held));
    } catch {
      // full or forbidden: what is held here still stands
    }
  };
  return {
    draft: () => held.draft ?? null,
    setDraft: (draft) => keep({ draft }),
    unsaved: () => held.unsaved ?? [],
    add: (entry) => keep({ unsaved: [...(held.unsaved ?? []).filter(({ id }) => id !== entry.id), entry], draft: null }),
    saved: (id) => keep({ unsaved: (held.unsaved ?? []).filter((one) => one.id !== id) }),
  };
}

function browserStorage() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

function read(storage, name) {
  try {
    return JSON.parse(storage?.getItem(name) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** Thirty-two random hexadecimal digits: a sheet sent twice is kept once. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
