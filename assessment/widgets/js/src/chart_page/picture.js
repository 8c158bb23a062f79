// A chart as a file: light and on white whatever the page looks like, its title and its source in the picture itself.
import { Error as ErrorsOnly, View, parse } from "vega";

import { domainsOf, nowhere } from "../chart.js";
import { element } from "../elements.js";
import { numberLocale, timeLocale } from "../formatting.js";
import { wrapped } from "../labels.js";
import { adapted, compiled } from "../specification.js";
import { readTokens } from "../theme.js";

const WIDTH = 900; // pixels, of half a page of a report and more
const SHARP = 2; // pixels of the file to one of the drawing
const TITLE = 8.4; // mean widths of a character of the title and of the note below it, in pixels
const NOTE = 6.3;
const LONGEST = 80;

/** A file's name from a finding: words of letters and digits, whatever else it holds. Pure. */
export function fileName(title) {
  const plain = String(title ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? ["figure"];
  const name = words.join("-");
  return name.length <= LONGEST ? name : name.slice(0, LONGEST + 1).replace(/-[^-]*$/, "");
}

/** A specification that says by itself what it shows and of whom. Pure. */
export function headed(spec, { title, note }, width = WIDTH) {
  const cut = (text, character) => (text ? wrapped(text, Math.floor(width / character)) : []);
  const head = { text: cut(title, TITLE), subtitle: cut(note, NOTE), anchor: "start", frame: "bounds", offset: 20 };
  return { ...spec, title: head };
}

/** The colours of the light theme, whichever is shown. */
function lightTokens(root) {
  const probe = element("div", { class: "apprenance", hidden: true });
  root.append(probe);
  const tokens = readTokens(probe);
  probe.remove();
  return tokens;
}

/** The picture of a chart {spec, title, note}: the text of an SVG, or a Blob of a PNG. */
export async function pictureOf(chart, { root, language, format }) {
  const vega = compiled(headed(chart.spec, chart), { width: WIDTH, tokens: lightTokens(root) });
  const fitted = { ...adapted(vega, await domainsOf(vega), WIDTH), background: "#ffffff", padding: 24 };
  const locale = { number: numberLocale(language), time: timeLocale(language) };
  const view = new View(parse(fitted), { renderer: "none", loader: nowhere, logLevel: ErrorsOnly, locale });
  try {
    if (format === "svg") return await view.toSVG();
    const canvas = await view.toCanvas(SHARP);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    view.finalize();
  }
}
