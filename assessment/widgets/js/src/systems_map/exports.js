// Taking the map along: pictures made here, files made by Python; always light, for paper and for other people's pages.
import { element } from "../elements.js";
import { download } from "../saving.js";
import { readTokens } from "../theme.js";
import { oneLine } from "./appearance.js";
import { drawing } from "./drawing.js";
import { icon } from "./icons.js";
import { keyEntries } from "./key.js";
import { makeMenu } from "./menu.js";
import { picture } from "./picture.js";

const PICTURES = ["png", "svg", "pdf"];
const ENDINGS = { png: ".png", svg: ".svg" };
const TYPES = { png: "image/png", svg: "image/svg+xml" };
const LARGEST = 8000; // pixels a side: what every browser's canvas can hold
const LONGEST = 60;
/** Names that no folder of Windows takes. */
const TAKEN = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** "Valclair, atelier de mars" on 14 March 2026 → "valclair_atelier_de_mars_2026-03-14.svg": letters, figures, _ and -. */
export function fileName(name, ending, date) {
  const plain = oneLine(name, 400).normalize("NFKD").replace(/\p{M}/gu, "").replace(/œ/gi, "oe").replace(/æ/gi, "ae").toLowerCase();
  const wish = plain.replace(/[^a-z0-9]+/g, "_").slice(0, LONGEST).replace(/^_+|_+$/g, "");
  const pad = (number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${wish && !TAKEN.test(wish) ? wish : "carte"}_${day}${ending}`;
}

/** By how much a picture is enlarged: twice, for screens and print, less where it would be too large to hold. */
export const enlargement = (width, height) => Math.min(2, LARGEST / Math.max(width, height, 1));

/** Does something while the map is shown in light colours; nobody sees it, the screen is drawn later. */
function inLight(canvas, read) {
  const root = canvas.element.closest(".apprenance");
  if (root.dataset.theme !== "dark") return read();
  const light = element("div", { class: "apprenance", "data-theme": "light", hidden: true });
  root.append(light);
  const tokens = readTokens(light);
  light.remove();
  canvas.setTheme(tokens);
  try {
    return read();
  } finally {
    canvas.setTheme(readTokens(root));
  }
}

/** Measures texts in the drawing's font. */
function makeMeasure(font) {
  const pen = document.createElement("canvas").getContext("2d");
  return (text, size) => {
    pen.font = `${size}px ${font}`;
    return pen.measureText(text).width;
  };
}

function headingOf(editor, reading) {
  const map = editor.document;
  const counts = ["actors", "variables", "ties"].filter((block) => map[block]?.length).map((block) => editor.count(`map_${block}`, map[block].length));
  const day = new Intl.DateTimeFormat(editor.language, { dateStyle: "long" }).format(new Date());
  return { title: oneLine(map.name ?? "") || editor.say("map_unnamed"), reading: reading ? oneLine(reading.title) : "", line: [...counts, day].join(" · ") };
}

/** The map as it is shown, as the text of an SVG file. */
export function exportSvg(editor, canvas) {
  return inLight(canvas, () => {
    const colours = canvas.colours();
    const { parts, box } = picture(canvas.cy);
    const { reading } = canvas;
    const keys = keyEntries(editor.document, { offers: editor.offers, say: editor.say, colours, reading });
    return drawing({
      parts, box, keys, heading: headingOf(editor, reading), language: editor.language, font: colours.font, ink: colours.ink,
      quiet: colours["ink-3"], measure: makeMeasure(colours.font),
    });
  });
}

/** The map as it is shown, as the bytes of a PNG: twice as fine as on the screen, on white. */
export async function exportPng(editor, canvas) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(exportSvg(editor, canvas))}`;
  await image.decode();
  const scale = enlargement(image.naturalWidth, image.naturalHeight);
  const page = document.createElement("canvas");
  page.width = Math.ceil(image.naturalWidth * scale);
  page.height = Math.ceil(image.naturalHeight * scale);
  page.getContext("2d").drawImage(image, 0, 0, page.width, page.height);
  return new Promise((resolve, reject) => page.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), TYPES.png));
}

async function contentOf(format, editor, canvas) {
  if (format === "png") return { content: await exportPng(editor, canvas), type: TYPES.png, findings: [] };
  if (format === "svg") return { content: exportSvg(editor, canvas), type: TYPES.svg, findings: [] };
  const drawn = format === "pdf" ? { svg: exportSvg(editor, canvas) } : {};
  const { answer, buffers } = await editor.ask("export", { format, ...drawn });
  return { content: buffers[0], type: answer.type, findings: answer.findings ?? [] };
}

/** The menu of all that the map can be taken along as. */
export function makeExportMenu(editor, canvas) {
  const offered = () => [
    ...["png", "svg"].map((value) => ({ value, label: editor.say(`export_${value}`), ending: ENDINGS[value] })),
    ...(editor.offers.exports ?? []).filter(({ value }) => !ENDINGS[value]),
  ];
  const menu = makeMenu({
    icon: icon("export"),
    entries: () => {
      const [shown, files] = [editor.say("export_pictures"), editor.say("export_files")];
      const all = offered().map(({ value, label, ending }) => ({ label, group: PICTURES.includes(value) ? shown : files, run: () => take(value, ending) }));
      return [...all.filter(({ group }) => group === shown), ...all.filter(({ group }) => group === files)];
    },
  });

  async function take(format, ending) {
    editor.announce(editor.say("export_waiting"));
    try {
      const { content, type, findings } = await contentOf(format, editor, canvas);
      const name = fileName(editor.document.name ?? "", ending, new Date());
      download(name, content, type);
      editor.tell([editor.say("export_made", { name }), ...findings].join(" "), "info");
    } catch (failed) {
      if (!failed.refused) console.warn(failed);
      editor.tell((failed.refused ?? []).map(({ text }) => text).join(" ") || editor.say("export_failed"), "error");
    }
  }

  const words = () => menu.label(editor.say("export_menu"));
  const stop = editor.on("words", words);
  words();
  return {
    element: menu.element,
    take,
    destroy() {
      stop();
      menu.destroy();
    },
  };
}
