// Ids that people can read in a file, and that stand nowhere else on the map.

const LONGEST = 40;

/** "Élus du conseil" → "elus_du_conseil"; a label without a letter or figure gives "". */
export function slug(label) {
  const plain = label.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, "_").slice(0, LONGEST).replace(/^_+|_+$/g, "");
}

/** A name that is not taken: the one wished for, else with the first number that is free. */
export function freeName(wish, taken) {
  if (!taken.has(wish)) return wish;
  let number = 2;
  while (taken.has(`${wish}_${number}`)) number += 1;
  return `${wish}_${number}`;
}

export const idsOf = (document, ...blocks) => new Set(blocks.flatMap((block) => (document[block] ?? []).map(({ id }) => id)));

/** An id for an actor or a variable with this label. */
export function freeElementId(document, label, fallback) {
  return freeName(slug(label) || fallback, idsOf(document, "actors", "variables"));
}

/** The next of t1, t2, … that is free; `reserved` are those given but not yet on the map. */
export function freeNumbered(document, block, letter, reserved = new Set()) {
  const taken = idsOf(document, block);
  let number = taken.size + 1;
  while (taken.has(`${letter}${number}`) || reserved.has(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}
