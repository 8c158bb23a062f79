// What both pages are measured by: when everything is drawn, and how long each frame of a drag takes.

const host = () => [...document.querySelectorAll("div")].find((one) => one._cyreg?.cy);
export const drawing = () => host()?._cyreg.cy;
const frame = () => new Promise(requestAnimationFrame);

/** Milliseconds since the page began to load until all elements are drawn and a frame has passed. */
export async function opened(elements) {
  let cy = drawing();
  while (!cy || cy.nodes("[type != 'unit']").length + cy.edges().length < elements) {
    await frame();
    cy = drawing();
  }
  await new Promise((resolve) => (cy.one("render", resolve), cy.forceRender()));
  await frame();
  return performance.now();
}

/** Shows all of the map and gives where the actor in its middle stands on the screen; frames are counted from here. */
export async function aim() {
  const cy = drawing();
  cy.fit(undefined, 40);
  await frame();
  await frame();
  const node = cy.nodes("[type = 'actor']").toArray().sort((a, b) => middling(cy, a) - middling(cy, b))[0];
  const { left, top } = cy.container().getBoundingClientRect();
  const { x, y } = node.renderedPosition();
  frames = [];
  cy.on("render", () => frames.push(performance.now()));
  held = { node, before: { ...node.position() } };
  return { x: left + x, y: top + y };
}

let frames = [];
let held = null;

/** Milliseconds between the frames that were painted since `aim`; fails if nothing moved. */
export function dragged() {
  const { node, before } = held;
  if (Math.hypot(node.position("x") - before.x, node.position("y") - before.y) < 1) throw new Error("the node did not move");
  return frames.slice(1).map((at, index) => at - frames[index]);
}

/** How far a node stands from the middle of what is seen: all pages drag the same one. */
function middling(cy, node) {
  const { x, y } = node.position();
  const { x1, x2, y1, y2 } = cy.extent();
  return Math.hypot(x - (x1 + x2) / 2, y - (y1 + y2) / 2);
}
