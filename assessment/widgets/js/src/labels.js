// Long labels in charts: how they are cut into lines, and how much room they take. Pure functions.

const CHARACTER = 6.3; // mean width of a character at 12 px in the system fonts
const LINE = 15; // px from one line of a label to the next

/** A text in lines of at most `width` characters; what does not fit in `most` lines ends with an ellipsis. */
export function wrapped(text, width, most = Infinity) {
  const lines = [];
  for (const word of String(text ?? "").split(/[ \n]+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...broken(word, width));
  }
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  kept[most - 1] = `${kept[most - 1].slice(0, width - 1).trimEnd()}…`;
  return kept;
}

function broken(word, width) {
  const parts = [];
  for (let rest = word; rest.length > width; ) {
    parts.push(rest.slice(0, width));
    rest = rest.slice(width);
    if (rest.length <= width) return [...parts, rest];
  }
  return [word];
}

/** How many characters a label beside the chart may have on a line, in a chart of this width. */
export function sideCharacters(width) {
  return Math.max(12, Math.min(32, Math.floor((width * 0.38) / CHARACTER)));
}

/** The height in pixels of one category whose longest label needs `lines` lines. */
export function stepFor(lines, step) {
  return lines > 1 ? Math.max(step, lines * LINE + 10) : step;
}

/** How many lines fit in a category of this height. */
export function linesWithin(step) {
  return Math.max(1, Math.floor(step / LINE));
}

/** How many columns a legend may have so that its longest entry fits in the width. */
export function legendColumns(texts, width, room = 40) {
  if (texts.length === 0) return 1;
  const longest = Math.max(...texts.map((text) => String(text).length)) * CHARACTER + room;
  const fitting = Math.floor(width / longest);
  if (fitting >= texts.length) return texts.length;
  return Math.max(1, fitting);
}

/** The upward shift, in pixels, that centres a label of several lines on its tick. */
export function rise(lines) {
  return (-(lines - 1) * LINE) / 2;
}

export const LINE_HEIGHT = LINE;
