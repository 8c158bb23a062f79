// Making and changing elements. Text enters with textContent only.

/** An element with its attributes and children; `text` is its text, null attributes are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") setText(made, value);
    else setAttribute(made, name, value);
  }
  made.append(...children);
  return made;
}

/** Sets an attribute, or takes it away for null, undefined and false. */
export function setAttribute(node, name, value) {
  const wanted = value === true ? "" : value;
  if (wanted === null || wanted === undefined || wanted === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(wanted)) node.setAttribute(name, wanted);
}

/** Sets the text, only if it changes: what is selected or read aloud is left in peace. An empty text hides. */
export function setText(node, text) {
  const wanted = text ?? "";
  if (node.textContent !== wanted) node.textContent = wanted;
  node.hidden = wanted === "";
}

/** Adds a listener; returns what takes it away. */
export function listen(node, type, listener, options) {
  node.addEventListener(type, listener, options);
  return () => node.removeEventListener(type, listener, options);
}

/**
 * Keeps a parent's children in step with a list: `update(keys, items, …)` reuses the part of a key, makes what is
 * new, destroys what is gone, and moves nothing that stands in its place, so that focus stays.
 */
export function keyedChildren(parent, make) {
  const parts = new Map();
  const drop = (key) => {
    parts.get(key).element.remove();
    parts.get(key).destroy?.();
    parts.delete(key);
  };
  return {
    update(keys, items, ...context) {
      for (const key of [...parts.keys()]) if (!keys.includes(key)) drop(key);
      keys.forEach((key, index) => {
        if (!parts.has(key)) parts.set(key, make(key));
        const part = parts.get(key);
        if (parent.children[index] !== part.element) parent.insertBefore(part.element, parent.children[index] ?? null);
        part.update(items[index], ...context);
      });
    },
    destroy() {
      for (const key of [...parts.keys()]) drop(key);
    },
    parts: () => [...parts.values()],
    get: (key) => parts.get(key),
  };
}
