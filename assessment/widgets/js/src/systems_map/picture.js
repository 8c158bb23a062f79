// What stands where on the drawing, asked of Cytoscape: the plain description that drawing.js makes a picture of.
import { badgeBehind } from "./badges.js";
import { direction, headGap, headSize, middleAngle } from "./outlines.js";
import { markPlace } from "./drawing.js";

const MARGIN = 24;
const PASSING = ".eh-ghost-node, .eh-ghost-edge, .eh-preview, .eh-handle"; // a tie that is being drawn

const numbers = (text) => (String(text).match(/[\d.]+/g) ?? []).map(Number);

/** All that is on the drawing, in the order in which it is painted, and the box it fills, in the map's own pixels. */
export function picture(cy) {
  const seen = cy.elements().not(PASSING).filter((one) => one.visible() && one.effectiveOpacity() > 0);
  const parts = seen.sortByZIndex().map((one) => (one.isNode() ? nodePart(one) : tiePart(one))).filter(Boolean);
  return { parts, box: boxOf(seen) };
}

function boxOf(elements) {
  if (elements.empty()) return { x: 0, y: 0, width: 320, height: 120 };
  const { x1, y1, w, h } = elements.boundingBox({ includeLabels: true, includeOverlays: false, includeUnderlays: false });
  return { x: x1 - MARGIN, y: y1 - MARGIN, width: w + 2 * MARGIN, height: h + 2 * MARGIN };
}

function nodePart(node) {
  const { x, y } = node.position();
  const padding = node.padding();
  const size = { width: node.width() + 2 * padding, height: node.height() + 2 * padding };
  return {
    type: node.data("type") === "unit" ? "unit" : node.data("type") === "variable" ? "variable" : "actor",
    shape: node.style("shape"), x, y, ...size,
    fill: node.style("background-color"), fillOpacity: node.numericStyle("background-opacity"), gauge: gaugeOf(node),
    line: node.style("border-color"), lineWidth: node.numericStyle("border-width"), lineStyle: node.style("border-style"),
    opacity: node.effectiveOpacity(), badge: badgeOf(node, { x, y, ...size }), label: nodeLabel(node, { x, y, ...size }),
  };
}

/** How high a simulation fills the node: the stops of its gradient. */
function gaugeOf(node) {
  if (!node.data("gauge")) return null;
  const colours = String(node.data("gauge")).split(" ");
  const places = numbers(node.data("stops"));
  return { way: node.style("background-gradient-direction"), stops: colours.map((colour, index) => ({ colour, offset: places[index] / 100 })) };
}

/** A badge stands in an actor, and on the corner of a variable. */
function badgeOf(node, { x, y, width, height }) {
  const behind = node.data("badge") ? badgeBehind(node.data("badge")) : null;
  if (!behind) return null;
  const corner = node.data("type") === "variable";
  return { ...behind, x: corner ? x + width / 2 : x, y: corner ? y - height / 2 : y };
}

function words(one, name, font) {
  const text = one.style(name);
  if (!text) return null;
  const size = one.numericStyle("font-size");
  return { lines: text.split("\n"), size, weight: Number(one.style("font-weight")) || one.style("font-weight"), colour: one.style("color"), ...font };
}

function nodeLabel(node, { x, y, width, height }) {
  const down = node.numericStyle("text-margin-y");
  const side = node.style("text-valign");
  const place = {
    top: { side: "above", y: y - height / 2 + down }, bottom: { side: "below", y: y + height / 2 + down },
  }[side] ?? { side: "centre", y: y + down };
  const outlined = node.numericStyle("text-outline-width");
  const outline = outlined > 0 ? { colour: node.style("text-outline-color"), width: outlined, opacity: node.numericStyle("text-outline-opacity") } : null;
  return words(node, "label", { x: x + node.numericStyle("text-margin-x"), ...place, outline });
}

function tiePart(edge) {
  const [start, tip] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  if (![start.x, start.y, tip.x, tip.y].every(Number.isFinite)) return null; // ends that lie one upon the other
  const controls = (edge.controlPoints() ?? []).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const width = edge.numericStyle("width");
  const scale = edge.numericStyle("arrow-scale");
  const shape = edge.style("target-arrow-shape");
  const way = direction(controls.at(-1) ?? start, tip);
  const gap = Math.min(headGap(shape, width, scale), Math.hypot(tip.x - start.x, tip.y - start.y) / 2);
  const one = {
    type: "tie", start, tip, controls, end: { x: tip.x - gap * way.x, y: tip.y - gap * way.y }, colour: edge.style("line-color"), width,
    dash: edge.style("line-style") === "solid" ? null : numbers(edge.style("line-dash-pattern")),
    opacity: edge.effectiveOpacity(), head: { shape, size: headSize(width, scale), hollow: edge.style("target-arrow-fill") === "hollow" },
  };
  return { ...one, labels: tieLabels(edge, one) };
}

function tieLabels(edge, one) {
  const ground = () => {
    const opacity = edge.numericStyle("text-background-opacity");
    if (!(opacity > 0)) return null;
    return { colour: edge.style("text-background-color"), opacity, padding: edge.numericStyle("text-background-padding"), round: edge.style("text-background-shape") === "round-rectangle" };
  };
  const middle = edge.midpoint();
  const angle = edge.style("text-rotation") === "autorotate" ? middleAngle(one) : 0;
  const bars = words(edge, "label", { x: middle.x, y: middle.y, angle });
  const mark = words(edge, "target-label", markPlace(one, edge.numericStyle("target-text-offset")));
  return [bars, mark].filter(Boolean).map((text) => ({ ...text, ground: grounded(ground(), text) }));
}

const grounded = (ground, { lines, size }) => ground && { ...ground, width: Math.max(...lines.map((line) => line.length)) * size * 0.58 };
