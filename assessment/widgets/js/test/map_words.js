// The words of the map editor as Python sends them, read from their file; and the part of an editor that says them.
import { readFileSync } from "node:fs";

const FILE = new URL("../../../texts/words/map_editor.toml", import.meta.url);
const LINE = /^(\w+) = \{ fr = ("(?:[^"\\]|\\.)*"), en = ("(?:[^"\\]|\\.)*") \}$/;

/** All words in a language: {key: text}. */
export function wordsIn(language) {
  const lines = readFileSync(FILE, "utf8").split("\n").map((line) => LINE.exec(line)).filter(Boolean);
  return Object.fromEntries(lines.map(([, key, fr, en]) => [key, JSON.parse(language === "fr" ? fr : en)]));
}

export const OFFERS = {
  roles: [{ value: "elected", label: "élus" }, { value: "executive", label: "direction" }, { value: "agent", label: "agents" }],
  kinds: [
    { value: "causes", label: "cause à effet", formal: false },
    { value: "informs", label: "informe", formal: false },
    { value: "cooperates", label: "coopère", formal: false },
    { value: "funds", label: "finance", formal: true },
  ],
  units: [{ value: "culture", label: "Culture" }],
};

/** An editor that shows a document and says words; a word that does not exist, or is left with a hole, is an error. */
export function speaker(document, language = "fr", offers = OFFERS) {
  const words = wordsIn(language);
  const say = (key, values = {}) => {
    if (!(key in words)) throw new Error(`no word ${key}`);
    const text = words[key].replace(/\{(\w+)\}/g, (_, name) => {
      if (!(name in values)) throw new Error(`${key} needs ${name}`);
      return values[name];
    });
    return text;
  };
  const count = (key, n, values) => say(n === 1 && `${key}_one` in words ? `${key}_one` : key, { count: n, ...values });
  return { document, language, offers, say, count, selection: [] };
}
