// The interface's words, as Python sends them in the language that is shown.

/** "{count} actors" with { count: 3 } → "3 actors"; what is not given stays as it stands. */
export const filled = (text, values = {}) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

export function makeWords(model) {
  const text = (key) => model.get("words")?.[key];
  const say = (key, values) => filled(text(key) ?? key, values);
  return {
    say,
    /** The text of `key_one` for one, of `key` otherwise. */
    count: (key, count, values) => say(count === 1 && text(`${key}_one`) ? `${key}_one` : key, { count, ...values }),
  };
}
