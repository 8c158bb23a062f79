// Whose highlight stands on the canvas: a loop of the list, an item of a reading, a slide. One at a time.

const highlightings = new WeakMap();

/** The highlighting of a canvas, the same for all who ask. */
export function highlightingOf(canvas) {
  if (!highlightings.has(canvas)) highlightings.set(canvas, makeHighlighting(canvas));
  return highlightings.get(canvas);
}

function makeHighlighting(canvas) {
  let owner = null;
  const tell = (next) => {
    const before = owner;
    owner = next;
    if (before && before !== next) before.lost?.();
  };
  return {
    /** Shows {nodes, ties} for an owner; whoever had the highlight is told by its `lost()`. */
    show(whose, target) {
      tell(whose);
      canvas.highlight(target);
    },
    /** Takes the highlight off, whoever's it is: something else is to be seen. */
    drop() {
      if (!owner) return;
      tell(null);
      canvas.highlight(null);
    },
    /** Takes the highlight off, if it is this owner's. */
    clear(whose) {
      if (owner !== whose) return;
      owner = null;
      canvas.highlight(null);
    },
  };
}
