// The drawing: Cytoscape kept in step with the editor's document, and what is shown on top of it.
import cytoscape from "cytoscape";

import { element, listen, setAttribute } from "../elements.js";
import { actorLook, edgeId, nodeId, oneLine, plainId, tieLook, unitId, variableLook } from "./appearance.js";
import { assigned, elementsOf, moved } from "./commands.js";
import { layOut } from "./layouts.js";
import { makePaint } from "./paint.js";
import { mapColours, stylesheet } from "./stylesheet.js";

const MARGIN = 42;
const GRID = 20;
const STEP = 10;
const FAR = { scale: 1.4, below: 0.7, above: 0.78, most: 300 }; // seen from far, words are written larger

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Gives the width of a text in the drawing's font; remembers what it measured. */
function makeMeasure() {
  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  return {
    font(font) {
      pen.font = `14px ${font}`;
      widths.clear();
    },
    width(text) {
      if (!widths.has(text)) widths.set(text, pen.measureText(text).width);
      return widths.get(text);
    },
  };
}

/**
 * Cytoscape 3.34 takes a node without a picture for one whose picture is still to come, at every second drawing, and works
 * out anew the style of it, its container and all that is in it: half the time of a frame of a drag. Nothing of ours asks
 * whether pictures have come (`:backgrounding`), so the answer stays no.
 */
const settled = ({ target }) => Object.defineProperty(target._private, "backgrounding", { get: () => false, set() {} });

export function makeCanvas(editor, { tokens: firstTokens }) {
  const frame = element("div", { class: "ap-map-frame", tabindex: "0", role: "group" });
  const host = element("div", { class: "ap-map-host", "aria-hidden": "true" });
  frame.append(host);
  const measure = makeMeasure();
  let tokens = mapColours(firstTokens);
  let shown = { elements: new Map(), ties: new Map() };
  let unplaced = false;
  let fitted = false;
  let scale = 1;
  measure.font(tokens.font);

  const cy = cytoscape({
    container: host, style: stylesheet(tokens), layout: { name: "preset", fit: false }, minZoom: 0.08, maxZoom: 4,
    boxSelectionEnabled: true, selectionType: "single", userZoomingEnabled: false, elements: [],
  });
  cy.on("add", "node", settled);
  const paint = makePaint(cy, () => tokens, calm);

  const looks = () => ({
    scale,
    shapes: new Map((editor.offers.roles ?? []).map(({ value, shape }) => [value, shape])),
    measure: measure.width,
  });
  const unitLabel = (unit) =>
    oneLine((editor.offers.units ?? []).find(({ value }) => value === unit)?.label ?? unit, 60);

  function nodeOf(value, block, context) {
    const look = block === "actors" ? actorLook(value, context) : variableLook(value, context);
    const colours = look.type === "actor"
      ? { fill: tokens[look.colour], line: tokens.surface }
      : { fill: tokens.surface, line: tokens["line-strong"] };
    const { unit, rank } = value;
    const parent = block === "actors" && unit ? unitId(unit) : undefined;
    const base = { baseFill: colours.fill, baseLine: colours.line, baseWidth: look.width, baseHeight: look.height, baseFont: look.font };
    return { data: { id: nodeId(value.id), parent, unit, rank, ...look, ...colours, ...base } };
  }

  function edgeOf(tie) {
    const look = tieLook(tie, { scale });
    const stroke = tokens[look.colour];
    return { data: { id: edgeId(tie.id), source: nodeId(tie.source), target: nodeId(tie.target), ...look, stroke, baseStroke: stroke, baseWidth: look.width, baseMark: look.mark } };
  }

  /** Draws what the document says; touches only what differs from what is drawn. */
  function draw({ whole = false } = {}) {
    const map = editor.document;
    const context = looks();
    const next = { elements: new Map(), ties: new Map() };
    const fresh = [];
    cy.batch(() => {
      for (const unit of new Set((map.actors ?? []).map(({ unit: one }) => one).filter(Boolean))) drawUnit(unit);
      for (const block of ["actors", "variables"]) {
        for (const value of map[block] ?? []) {
          next.elements.set(value.id, value);
          if (whole || shown.elements.get(value.id) !== value) drawElement(value, block, context, fresh);
        }
      }
      for (const tie of map.ties ?? []) {
        next.ties.set(tie.id, tie);
        if (whole || shown.ties.get(tie.id) !== tie) drawTie(tie);
      }
      for (const id of shown.ties.keys()) if (!next.ties.has(id)) cy.getElementById(edgeId(id)).remove();
      for (const id of shown.elements.keys()) if (!next.elements.has(id)) cy.getElementById(nodeId(id)).remove();
      cy.nodes("[type = 'unit']").filter((unit) => unit.isChildless()).remove();
    });
    shown = next;
    place(fresh);
    paint.again();
    showSelection();
  }

  function drawUnit(unit) {
    const id = unitId(unit);
    const data = { id, type: "unit", label: unitLabel(unit), unit, shape: "round-rectangle", fill: tokens.band, line: tokens["line-strong"], font: 13 * scale, width: 1, height: 1 };
    const there = cy.getElementById(id);
    if (there.empty()) cy.add({ group: "nodes", data, selectable: false, grabbable: true });
    else there.data(data);
  }

  function drawElement(value, block, context, fresh) {
    const { data } = nodeOf(value, block, context);
    const there = cy.getElementById(data.id);
    if (there.nonempty() && there.data("type") !== data.type) there.remove();
    const node = cy.getElementById(data.id);
    const placed = Number.isFinite(value.x) && Number.isFinite(value.y);
    const position = placed ? { x: value.x, y: value.y } : undefined;
    if (node.empty()) cy.add({ group: "nodes", data, position: position ?? { x: 0, y: 0 } });
    else {
      if ((node.data("parent") ?? null) !== (data.parent ?? null)) node.move({ parent: data.parent ?? null });
      const { id, parent, ...rest } = data;
      cy.getElementById(id).data(rest);
      if (position && !node.grabbed()) cy.getElementById(id).position(position);
    }
    if (!placed && node.empty()) fresh.push(data.id);
  }

  function drawTie(tie) {
    const { data } = edgeOf(tie);
    const there = cy.getElementById(data.id);
    if (there.empty()) return void cy.add({ group: "edges", data });
    if (there.data("source") !== data.source || there.data("target") !== data.target) there.move({ source: data.source, target: data.target });
    const { id, source, target, ...rest } = data;
    cy.getElementById(id).data(rest);
  }

  /** Finds a place for what the document gives none; it is kept from the first move on. */
  function place(fresh) {
    if (fresh.length === 0) return;
    unplaced = true;
    const nodes = cy.nodes("[type != 'unit']");
    const old = nodes.filter((node) => !fresh.includes(node.id()));
    const fixed = old.map((node) => ({ nodeId: node.id(), position: { ...node.position() } }));
    layOut(cy, "force", { calm: true, fixed }).then(() => fixed.length === 0 && fit());
  }

  /** The first look: all of the map, or an empty sheet seen at its own size. */
  function begin() {
    if (cy.nodes().nonempty()) return fit();
    fitted = true;
    cy.viewport({ zoom: 1, pan: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  function fit(ids) {
    if (!host.clientWidth || cy.nodes().empty()) return;
    const wanted = ids?.length ? cy.collection(ids.map((id) => find(id)).filter((one) => one.nonempty())) : cy.elements();
    const box = wanted.boundingBox();
    if (!(box.w > 0)) return;
    const zoom = Math.min(1.25, whole(box));
    move({ zoom, pan: centred(box, zoom) });
  }

  /** The zoom at which all of a box is seen, with a margin around it. */
  function whole(box) {
    const margin = Math.min(MARGIN, cy.width() * 0.05);
    return Math.min((cy.width() - margin * 2) / box.w, (cy.height() - margin * 2) / box.h);
  }

  const centred = (box, zoom) => ({
    x: cy.width() / 2 - ((box.x1 + box.x2) / 2) * zoom, y: cy.height() / 2 - ((box.y1 + box.y2) / 2) * zoom,
  });

  function move(view) {
    cy.stop(true);
    if (calm() || !fitted) cy.viewport(view);
    else cy.animate({ ...view, duration: 260, easing: "ease-in-out-cubic" });
    fitted = true;
  }

  const find = (id) => {
    const node = cy.getElementById(nodeId(id));
    return node.nonempty() ? node : cy.getElementById(edgeId(id));
  };

  function show(ids) {
    const wanted = cy.collection(ids.map(find).filter((one) => one.nonempty()));
    if (wanted.empty()) return;
    const box = wanted.boundingBox();
    const zoom = Math.min(Math.max(cy.zoom(), 0.7), whole(box));
    move({ zoom, pan: centred(box, zoom) });
  }

  /** Words are written larger on a map seen from far, where there are few enough to be read. */
  function scaled() {
    const zoom = cy.zoom();
    const far = cy.nodes().length <= FAR.most && (scale > 1 ? zoom < FAR.above : zoom < FAR.below);
    if ((far ? FAR.scale : 1) === scale) return;
    scale = far ? FAR.scale : 1;
    draw({ whole: true });
  }

  /** Where everything stands, for a document that does not say it or no longer says it. */
  const places = (nodes = cy.nodes("[type != 'unit']")) =>
    Object.fromEntries(nodes.map((node) => [plainId(node.id()), snapped(node.position())]));
  const snapped = ({ x, y }) =>
    editor.view.snap ? { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID } : { x, y };

  function keepPlaces(nodes) {
    const { changes } = moved(editor.document, places(unplaced ? undefined : nodes));
    unplaced = false;
    return changes;
  }

  /** The unit whose container lies under a node that was dropped, other than its own. */
  function unitUnder(node) {
    const { x, y } = node.position();
    const own = node.data("parent");
    const inside = cy.nodes("[type = 'unit']").filter((unit) => {
      if (unit.id() === own) return false;
      const box = unit.children().not(node).boundingBox({ includeLabels: true });
      return x > box.x1 - 16 && x < box.x2 + 16 && y > box.y1 - 16 && y < box.y2 + 16;
    });
    return inside.nonempty() ? inside[0].data("unit") : null;
  }

  function dropped({ target }) {
    if (!target.isNode() || target.hasClass("eh-ghost-node")) return;
    const nodes = target.data("type") === "unit" ? target.descendants() : target.union(cy.nodes("[type != 'unit']:selected")).filter("[type != 'unit']");
    const changes = keepPlaces(nodes);
    if (target.data("type") === "actor") {
      const unit = unitUnder(target);
      const ids = nodes.filter("[type = 'actor']").map((node) => plainId(node.id()));
      if (unit) changes.push(...assigned(editor.document, ids, unit).changes);
    }
    editor.commit(changes);
  }

  let following = false;
  function showSelection() {
    const wanted = new Set(editor.selection);
    following = true;
    cy.batch(() => {
      cy.elements(":selected").forEach((one) => void (wanted.has(plainId(one.id())) || one.unselect()));
      wanted.forEach((id) => find(id).select());
    });
    following = false;
  }
  let telling = false;
  /** Tells what is chosen once the touch is over, and before whatever comes next: a key may delete it. */
  function tellSelection() {
    if (following || telling) return;
    telling = true;
    queueMicrotask(() => {
      telling = false;
      if (cy.destroyed()) return null;
      if (frame.dataset.tool === "connect") return showSelection(); // touching an end chooses nothing
      return editor.select(cy.elements(":selected").filter("[type != 'unit']").map((one) => plainId(one.id())));
    });
  }

  function nudge(event) {
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (!way || event.target !== frame) return;
    event.preventDefault();
    const chosen = cy.nodes("[type != 'unit']:selected");
    const step = event.shiftKey ? 1 : editor.view.snap ? GRID : STEP;
    if (chosen.empty()) return void cy.panBy({ x: -way[0] * 60, y: -way[1] * 60 });
    chosen.shift({ x: way[0] * step, y: way[1] * step });
    editor.commit(keepPlaces(chosen));
  }

  const findAgain = () => cy.renderer().invalidateContainerClientCoordsCache();
  const takeFocus = () => frame.contains(document.activeElement) || frame.focus({ preventScroll: true });
  const named = () => setAttribute(frame, "aria-label", editor.say("map_canvas", { name: editor.document.name || editor.say("map_unnamed") }));
  const stops = [
    editor.on("document", (changes) => {
      draw({ whole: changes === null });
      named();
      if (!fitted) begin();
    }),
    editor.on("selection", showSelection),
    editor.on("words", () => {
      named();
      draw({ whole: true });
    }),
    listen(frame, "keydown", nudge),
    // A page is scrolled past a map more often than the map is zoomed: the wheel is the map's once it has the focus.
    listen(frame, "focusin", () => cy.userZoomingEnabled(true)),
    listen(frame, "focusout", () => cy.userZoomingEnabled(false)),
    // Cytoscape takes the focus from whatever has it when the drawing is pressed: it is given back just after.
    listen(frame, "mousedown", takeFocus),
    // A notebook draws a widget before it hangs it up: Cytoscape knows none of the scrollers around it, and would take a
    // touch for one beside where it is.
    listen(window, "scroll", findAgain, { capture: true, passive: true }),
    listen(frame, "pointerdown", findAgain, { capture: true, passive: true }),
    listen(frame, "touchend", takeFocus),
  ];
  cy.on("zoom", scaled);
  cy.on("dragfree", dropped);
  cy.on("select unselect", tellSelection);
  const watched = new ResizeObserver(() => {
    cy.resize();
    if (!fitted && editor.ready) begin();
  });
  watched.observe(host);
  named();
  if (editor.ready) {
    draw({ whole: true });
    begin();
  }

  return {
    element: frame,
    cy,
    fit,
    show,
    /** What is painted on top, or null. */
    get reading() {
      return paint.reading;
    },
    paint: paint.paint,
    highlight: paint.highlight,
    values: paint.values,
    /** Lays everything out anew and keeps where it comes to stand: one edit. */
    async layout(name) {
      await layOut(cy, name, { calm: calm() });
      editor.commit(moved(editor.document, places()).changes);
      unplaced = false;
      fit();
    },
    /** Where the middle of what is seen lies on the map. */
    middle: () => ({ x: (cy.width() / 2 - cy.pan().x) / cy.zoom(), y: (cy.height() / 2 - cy.pan().y) / cy.zoom() }),
    zoom(factor) {
      const zoom = Math.min(cy.maxZoom(), Math.max(cy.minZoom(), cy.zoom() * factor));
      cy.zoom({ level: zoom, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    },
    setTheme(fresh) {
      tokens = mapColours(fresh);
      measure.font(tokens.font);
      cy.style(stylesheet(tokens));
      draw({ whole: true });
    },
    colours: () => tokens,
    elements: () => elementsOf(editor.document),
    destroy() {
      watched.disconnect();
      stops.forEach((stop) => stop());
      paint.destroy();
      cy.destroy();
      frame.remove();
    },
  };
}
