// What the shapes, colours and marks on the map mean: only those that are on it.
import { element, listen, setAttribute, setText } from "../elements.js";
import { ARROWS, actorLook, isFormal, oneLine, tieLook } from "./appearance.js";
import { icon } from "./icons.js";
import { own } from "./outlines.js";

const NS = "http://www.w3.org/2000/svg";
const OUTLINES = {
  ellipse: "M2 10a8 8 0 1 0 16 0a8 8 0 1 0-16 0z", diamond: "M10 1l9 9-9 9-9-9z", hexagon: "M5.500 2.500h9L19 10l-4.500 7.500h-9L1 10z",
  rectangle: "M2 3h16v14H2z", "round-rectangle": "M5 3h10a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z",
  triangle: "M10 2l9 16H1z", "round-triangle": "M10 2.500l8 14H2z", pentagon: "M10 1.500l9 6.500-3.500 10.500h-11L1 8z", octagon: "M6 2h8l4 4v8l-4 4H6l-4-4V6z",
  "cut-rectangle": "M5 3h10l3 3v8l-3 3H5l-3-3V6z", barrel: "M2 5.500q8-4 16 0v9q-8 4-16 0z", "concave-hexagon": "M2 2.500h16L15 10l3 7.500H2L5 10z",
  star: "M10 1l2.700 6 6.300.5-4.800 4.200 1.500 6.300L10 14.700 4.300 18l1.500-6.300L1 7.500 7.300 7z", vee: "M1 3l9 5 9-5-9 15z", rhomboid: "M1 4h13l5 12H6z", heptagon: "M10 1.500l7 3.300 1.700 7.500-4.800 6H6.100l-4.800-6L3 4.800z",
};
OUTLINES["round-diamond"] = OUTLINES.diamond;
OUTLINES["round-hexagon"] = OUTLINES.hexagon;
OUTLINES["round-pentagon"] = OUTLINES.pentagon;
OUTLINES["round-octagon"] = OUTLINES.octagon;
OUTLINES["round-heptagon"] = OUTLINES.heptagon;

function drawing(tag, attributes) {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function shapePicture(shape, fill) {
  const svg = drawing("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" });
  svg.append(drawing("path", { d: OUTLINES[shape] ?? OUTLINES.ellipse, fill }));
  return svg;
}

const HEADS = {
  triangle: "M38 4l9 6-9 6z", vee: "M38 4l9 6-9 6 3-6z", chevron: "M38 4l6 6-6 6", circle: "M38 10a4.500 4.500 0 1 0 9 0a4.500 4.500 0 1 0-9 0z",
  square: "M38 5.500h9v9h-9z", diamond: "M37 10l5-5 5 5-5 5z", "triangle-tee": "M38 4l7 6-7 6zM47 4v12", "triangle-backcurve": "M38 4l9 6-9 6q3-6 0-12z",
};

function tiePicture(look, stroke, paper) {
  const svg = drawing("svg", { viewBox: "0 0 48 20", width: 48, height: 20, "aria-hidden": "true" });
  svg.append(drawing("path", { d: "M1 10h37", stroke, "stroke-width": 2, fill: "none", ...(look.dash ? { "stroke-dasharray": "5 3" } : {}) }));
  const open = look.arrow === "chevron" || look.hollow;
  svg.append(drawing("path", { d: HEADS[look.arrow], fill: open ? paper : stroke, stroke, "stroke-width": open ? 1.8 : 1 }));
  if (look.mark || look.bars) {
    const text = drawing("text", { x: look.bars ? 18 : 26, y: 15, "font-size": 14, "font-weight": 700, fill: stroke, stroke: paper, "stroke-width": 3, "paint-order": "stroke", "text-anchor": "middle" });
    text.textContent = look.mark || look.bars;
    svg.append(text);
  }
  return svg;
}

export function makeLegend(editor, canvas) {
  const words = element("span", { class: "ap-only-read" });
  const button = element("button", { type: "button", class: "ap-map-button", "aria-expanded": "false" }, icon("legend"), words);
  const title = element("h3", { class: "ap-legend-title" });
  const body = element("div", {});
  const box = element("div", { class: "ap-legend", hidden: true, tabindex: "-1", role: "region" }, title, body);
  const root = element("div", { class: "ap-legend-root" }, box, button);

  const row = (picture, text) => element("li", { class: "ap-legend-row" }, picture, element("span", { text }));

  function roleRows(map, colours) {
    const roles = editor.offers.roles ?? [];
    const context = { shapes: new Map(roles.map(({ value, shape }) => [value, shape])), measure: (text) => text.length };
    return [...new Set((map.actors ?? []).map(({ role }) => role ?? ""))].map((role) => {
      const look = actorLook({ label: "", role: role || undefined }, context);
      const label = roles.find(({ value }) => value === role)?.label ?? (oneLine(role, 40) || editor.say("map_no_role"));
      return row(shapePicture(look.shape, colours[look.colour]), label);
    });
  }

  function tieRows(map, colours) {
    const kinds = editor.offers.kinds ?? [];
    const seen = new Map();
    for (const tie of map.ties ?? []) {
      const causal = tie.kind === "causes";
      const key = causal ? `causes ${tie.polarity ?? "?"}` : `${tie.kind} ${isFormal(tie)}`;
      if (!seen.has(key)) seen.set(key, tie);
    }
    const rows = [...seen.values()].slice(0, 14).map((tie) => {
      const look = { ...tieLook({ ...tie, delay: 0 }), arrow: own(ARROWS, tie.kind) ?? "vee" };
      return row(tiePicture(look, colours[look.colour], colours.surface), tieWords(tie, kinds));
    });
    if ((map.ties ?? []).some(({ delay }) => delay > 0)) {
      const look = { arrow: "triangle", bars: "‖", mark: "" };
      rows.push(row(tiePicture(look, colours["ink-2"], colours.surface), editor.say("map_legend_delay")));
    }
    return rows;
  }

  function tieWords(tie, kinds) {
    if (tie.kind === "causes") return editor.say({ "+": "map_legend_more", "-": "map_legend_less" }[tie.polarity] ?? "map_legend_unsigned");
    const kind = kinds.find(({ value }) => value === tie.kind)?.label ?? oneLine(tie.kind, 40);
    return editor.say(isFormal(tie) ? "map_legend_formal" : "map_legend_informal", { kind });
  }

  function show() {
    if (box.hidden) return;
    const [map, colours] = [editor.document, canvas.colours()];
    const rows = [...roleRows(map, colours), ...tieRows(map, colours)];
    const variable = (map.variables ?? []).length > 0 ? [row(element("span", { class: "ap-legend-pill" }), editor.say("map_legend_variable"))] : [];
    body.replaceChildren(element("ul", { class: "ap-legend-list" }, ...variable, ...rows));
    if (rows.length + variable.length === 0) body.replaceChildren(element("p", { class: "ap-note", text: editor.say("map_legend_empty") }));
  }

  function relabel() {
    setText(words, editor.say("map_legend"));
    setAttribute(button, "title", editor.say("map_legend"));
    setText(title, editor.say("map_legend"));
    setAttribute(box, "aria-label", editor.say("map_legend"));
    show();
  }

  const stops = [
    listen(button, "click", () => {
      box.hidden = !box.hidden;
      setAttribute(button, "aria-expanded", String(!box.hidden));
      show();
    }),
    listen(box, "keydown", (event) => event.key === "Escape" && (button.click(), button.focus())),
    editor.on("document", show), editor.on("words", relabel), editor.on("theme", show),
  ];
  relabel();
  return { element: root, destroy: () => stops.forEach((stop) => stop()) };
}
