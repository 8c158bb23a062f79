// Where elements go when they are laid out: options of Cytoscape's layouts, by the name the toolbar gives.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

export const LAYOUTS = ["force", "layered", "circle", "rank"];
const LONG = 700; // elements beyond which nothing is animated
const RANKLESS = 99;

/** Ranks as numbers, 1 the highest; what has none comes last. */
const rankOf = (node) => (Number.isFinite(node.data("rank")) ? node.data("rank") : RANKLESS);
const group = (node) => `${node.data("type")}\n${node.data("unit") ?? ""}\n${node.id()}`;
const CAUSAL = "edge[?causal]";

/** Wide words need long ties between them. */
const length = (edge) => 62 + (edge.source().data("width") + edge.target().data("width")) / 2;

const OPTIONS = {
  force: {
    name: "fcose", quality: "default", nodeRepulsion: (node) => 5000 + 60 * node.data("width"), idealEdgeLength: length, nodeSeparation: 80,
    gravity: 0.35, nestingFactor: 0.25, tile: true, packComponents: true, nodeDimensionsIncludeLabels: true,
  },
  // In layers from what nothing acts on: Cytoscape's own; dagre would draw it little better and weigh 16 kB more.
  layered: { name: "breadthfirst", directed: true, grid: false, avoidOverlap: true, nodeDimensionsIncludeLabels: true, spacingFactor: 1.1 },
  circle: { name: "circle", spacingFactor: 1, avoidOverlap: true, nodeDimensionsIncludeLabels: true, sort: (a, b) => group(a).localeCompare(group(b)) },
  rank: {
    name: "concentric", concentric: (node) => -rankOf(node), levelWidth: () => 1, minNodeSpacing: 34, avoidOverlap: true, nodeDimensionsIncludeLabels: true,
  },
};

/**
 * What a layout moves: what is selected, if several are; else what the layout speaks of (causes in layers, actors by
 * rank), with everything else left where people put it.
 */
function partOf(cy, name) {
  const nodes = cy.nodes("[type = 'actor'], [type = 'variable']");
  const chosen = nodes.filter(":selected");
  if (chosen.length > 1) return chosen;
  const spoken = { layered: cy.edges(CAUSAL).connectedNodes(), rank: nodes.filter("[type = 'actor']") }[name];
  return spoken?.nonempty() ? spoken : nodes;
}

/** A circle a kind: actors in one, variables in another. */
function circlesOf(part) {
  return ["actor", "variable"].map((type) => part.filter(`[type = '${type}']`)).filter((one) => one.nonempty());
}

function middleOf(nodes) {
  const { x1, x2, y1, y2 } = nodes.boundingBox({ includeLabels: false });
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
}

/** Puts what was laid out where it stood, beside what was not. */
function bringBack(nodes, middle) {
  const now = middleOf(nodes);
  nodes.shift({ x: middle.x - now.x, y: middle.y - now.y });
}

/** Moves what was laid out clear of what was not, to its right. */
function clear(nodes, others) {
  if (others.empty()) return;
  const [own, rest] = [nodes.boundingBox(), others.boundingBox()];
  const apart = own.x1 > rest.x2 || own.x2 < rest.x1 || own.y1 > rest.y2 || own.y2 < rest.y1;
  if (!apart) nodes.shift({ x: rest.x2 + 80 - own.x1, y: (rest.y1 + rest.y2 - own.y1 - own.y2) / 2 });
}

/** Puts several groups one beside the other, the first where it is. */
function sideBySide(groups) {
  groups.slice(1).forEach((group, index) => {
    const [left, own] = [groups[index].boundingBox(), group.boundingBox()];
    group.shift({ x: left.x2 + 80 - own.x1, y: (left.y1 + left.y2 - own.y1 - own.y2) / 2 });
  });
}

/** Runs a layout to its end, without a glide. */
function run(elements, options) {
  return new Promise((resolve) => {
    const layout = elements.layout({ ...options, fit: false, animate: false });
    layout.one("layoutstop", resolve);
    layout.run();
  });
}

/** Ties that a layout follows: for layers the causal ones, where there are any. */
function tiesOf(part, name) {
  const ties = part.edgesWith(part);
  const causal = name === "layered" ? ties.filter(CAUSAL) : ties;
  return causal.nonempty() ? causal : ties;
}

/** Where layers begin: what acts and is not acted on; in a map that is all loops, what acts most. */
function rootsOf(part, ties) {
  const among = part.union(ties);
  const sources = part.filter((node) => node.edgesWith(among).nonempty() && node.incomers("edge").intersection(ties).empty());
  if (sources.nonempty()) return sources;
  return part.max((node) => node.outgoers("edge").intersection(ties).length - node.incomers("edge").intersection(ties).length).ele;
}

async function arrange(part, name, fixed) {
  if (name === "circle") {
    const circles = circlesOf(part);
    await Promise.all(circles.map((one) => run(one, OPTIONS.circle)));
    return sideBySide(circles);
  }
  if (name === "layered") {
    const ties = tiesOf(part, name);
    return run(part.union(ties), { ...OPTIONS.layered, roots: rootsOf(part, ties) });
  }
  if (name !== "force") return run(part.union(tiesOf(part, name)), OPTIONS[name]);
  const held = fixed.length > 0 ? { randomize: false, fixedNodeConstraint: fixed } : { randomize: true };
  return run(part.union(part.parents()).union(tiesOf(part, name)), { ...OPTIONS.force, ...held });
}

/** Lays elements out; resolves when they stand. `fixed` are those that a force layout must not move. */
export async function layOut(cy, name, { calm, fixed = [] }) {
  const part = fixed.length > 0 ? cy.nodes("[type = 'actor'], [type = 'variable']") : partOf(cy, name);
  const before = new Map(part.map((node) => [node.id(), { ...node.position() }]));
  const middle = middleOf(part);
  await arrange(part, name, fixed);
  if (fixed.length === 0) {
    bringBack(part, middle);
    if (cy.nodes(":selected").length < 2) clear(part, cy.nodes("[type = 'actor'], [type = 'variable']").not(part));
  }
  if (!calm && cy.elements().length <= LONG) await glide(part, before);
}

/** Lets elements go from where they stood to where they now stand. */
function glide(nodes, before) {
  const after = new Map(nodes.map((node) => [node.id(), { ...node.position() }]));
  nodes.positions((node) => before.get(node.id()));
  const moves = nodes.map((node) => node.animation({ position: after.get(node.id()), duration: 420, easing: "ease-in-out-cubic" }).play().promise());
  return Promise.all(moves);
}
