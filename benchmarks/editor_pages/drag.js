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

/** Milliseconds of each frame while a node is dragged by the mouse: from one painted frame to the next. */
export async function drag(frames) {
  const cy = drawing();
  const element = cy.container();
  element.scrollIntoView({ block: "center" });
  cy.fit(undefined, 40);
  await frame();
  await frame();
  const node = cy.nodes("[type = 'actor']").toArray().sort((a, b) => middling(cy, a) - middling(cy, b))[0];
  const { left, top } = element.getBoundingClientRect();
  const { x, y } = node.renderedPosition();
  const at = (dx, dy) => ({ bubbles: true, cancelable: true, view: window, button: 0, buttons: 1, clientX: left + x + dx, clientY: top + y + dy });
  const target = document.elementFromPoint(left + x, top + y) ?? element;
  target.dispatchEvent(new MouseEvent("mousemove", { ...at(0, 0), buttons: 0 }));
  target.dispatchEvent(new MouseEvent("mousedown", at(0, 0)));
  const before = { ...node.position() };
  const took = [];
  let last = null;
  for (let step = 0; step < frames; step += 1) {
    const painted = new Promise((resolve) => cy.one("render", resolve));
    target.dispatchEvent(new MouseEvent("mousemove", at(20 * Math.sin(step / 4), 10 + (step % 20))));
    await painted;
    const now = performance.now();
    if (last !== null) took.push(now - last);
    last = now;
  }
  const moved = Math.hypot(node.position("x") - before.x, node.position("y") - before.y);
  target.dispatchEvent(new MouseEvent("mouseup", { ...at(0, 12), buttons: 0 }));
  if (!(moved > 0.5)) throw new Error("the node did not move");
  return took;
}

/** How far a node stands from the middle of what is seen: all pages drag the same one. */
function middling(cy, node) {
  const { x, y } = node.position();
  const { x1, x2, y1, y2 } = cy.extent();
  return Math.hypot(x - (x1 + x2) / 2, y - (y1 + y2) / 2);
}
