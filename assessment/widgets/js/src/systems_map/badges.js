// A short text drawn on a node (a letter of a community, + or − of a difference): a tiny picture, made of text alone.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Text that is safe inside XML. */
export const escaped = (text) => String(text).replace(/[&<>"']/g, (letter) => ESCAPES[letter]);

const made = new Map();
const parts = new Map();

/** The picture of a badge as a data address; `ground` null draws the text alone. */
export function badge(text, { ink, ground, font }) {
  const key = [text, ink, ground].join("\n");
  if (!made.has(key)) {
    const disc = ground ? `<circle cx="12" cy="12" r="11" fill="${escaped(ground)}" stroke="${escaped(ink)}" stroke-width="1.5"/>` : "";
    const size = text.length > 2 ? 9 : 12;
    const words = `<text x="12" y="16.2" text-anchor="middle" font-family="${escaped(font)}" font-size="${size}" font-weight="700" fill="${escaped(ink)}">${escaped(text)}</text>`;
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 24 24">${disc}${words}</svg>`;
    const address = `data:image/svg+xml;utf8,${encodeURIComponent(picture)}`;
    made.set(key, address);
    parts.set(address, { text, ink, ground });
  }
  return made.get(key);
}

/** What a badge's picture says, for who draws it otherwise: { text, ink, ground }; null for another's picture. */
export const badgeBehind = (address) => parts.get(address) ?? null;
