// The page document: comparing it, and what it says of options. Pure functions.

/** Whether two JSON values say the same; the order of keys does not matter. */
export function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
  );
}

/** An option's words: its label and, where it has one, the reason it cannot be chosen. */
export function optionText(option) {
  return option.note ? `${option.label} (${option.note})` : option.label;
}

/** Keys made unique, in order: a second "a" becomes "a·2", so that no part of a page is lost. */
export function uniqueKeys(keys) {
  const seen = new Map();
  return keys.map((key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? String(key) : `${key}·${count}`;
  });
}

/** The pieces [start, end) that cover `size` bytes; an empty file is one empty piece. */
export function pieces(size, piece) {
  const cut = [];
  for (let start = 0; start < size || start === 0; start += piece) cut.push([start, Math.min(start + piece, size)]);
  return cut;
}
