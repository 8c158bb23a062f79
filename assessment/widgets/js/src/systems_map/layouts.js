// Where elements go when they are laid out: options of Cytoscape's layouts, by the name the toolbar gives.
import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";
import fcose from "cytoscape-fcose";

cytoscape.use(dagre);
cytoscape.use(fcose);

export const LAYOUTS = ["force", "layered", "circle", "rank"];
const LONG = 700; // elements beyond which nothing is animated

/** Ranks as numbers, 1 the highest; what has none comes last. */
const rankOf = (node) => (Number.isFinite(node.data("rank")) ? node.data("rank") : 99);

const OPTIONS = {
  force: {
    name: "fcose", quality: "default", nodeRepulsion: 9000, idealEdgeLength: 105, nodeSeparation: 90, gravity: 0.3,
    nestingFactor: 0.25, tile: true, packComponents: true, nodeDimensionsIncludeLabels: true,
  },
  layered: { name: "dagre", rankDir: "TB", nodeSep: 46, edgeSep: 24, rankSep: 84, nodeDimensionsIncludeLabels: true },
  circle: { name: "circle", spacingFactor: 1.15, nodeDimensionsIncludeLabels: true, sort: (a, b) => group(a).localeCompare(group(b)) },
  rank: {
    name: "concentric", concentric: (node) => -rankOf(node), levelWidth: () => 1, minNodeSpacing: 46, nodeDimensionsIncludeLabels: true,
  },
};

const group = (node) => `${node.data("unit") ?? ""}\n${node.id()}`;

/** The layout of these elements; `done(places)` gets where each node now is. */
export function layOut(cy, name, { calm, done, fixed = [] }) {
  const nodes = cy.nodes("[type != 'unit']");
  const animate = !calm && cy.elements().length <= LONG;
  const options = { ...OPTIONS[name], fit: false, animate, animationDuration: 450, animationEasing: "ease-in-out-cubic" };
  if (name === "force") Object.assign(options, { randomize: fixed.length === 0, fixedNodeConstraint: fixed.length > 0 ? fixed : undefined });
  const layout = cy.layout(options);
  layout.one("layoutstop", () => done(Object.fromEntries(nodes.map((node) => [node.id(), node.position()]))));
  layout.run();
  return layout;
}
