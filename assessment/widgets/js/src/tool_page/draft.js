// What somebody is typing against what Python says of the same field. Pure.
import { same } from "../document.js";

/**
 * A field's draft. `typed(value)`: somebody changed it. `sent()`: Python was told. `given(value)`: a document names a
 * value; true when the field takes it. What was typed since Python was last told is never lost to a document.
 */
export function makeDraft(empty = null) {
  let named; // by the last document
  let told = empty; // to Python
  let draft = empty;
  return {
    value: () => draft,
    typed: (value) => (draft = value),
    sent: () => (told = draft),
    given(value) {
      if (named !== undefined && same(value, named)) return false;
      const untouched = named === undefined || same(draft, named) || same(draft, told);
      named = value;
      if (untouched) draft = told = value;
      return untouched;
    },
  };
}
