// What is shown on top of the map: a reading's colours, sizes and badges, a loop's direction, a simulation's values.
import { actorLook, edgeId, nodeId, tieLook, variableLook } from "./appearance.js";
import { badge } from "./badges.js";

const SMALLEST = 22;
const LARGEST = 64;
const LEAST = 0.8; // of a variable's words and frame
const MOST = 1.7;
const NODE_BASE = [["fill", "baseFill"], ["line", "baseLine"], ["width", "baseWidth"], ["height", "baseHeight"], ["font", "baseFont"]];
const EDGE_BASE = [["stroke", "baseStroke"], ["width", "baseWidth"], ["mark", "baseMark"]];

export function makePaint(cy, tokens, calm) {
  let reading = null;
  let lit = null;
  let gauges = null;
  let frame = null;

  /** Everything as the document alone has it. */
  function clean() {
    cy.batch(() => {
      cy.elements(".ghost").remove();
      cy.elements().removeClass("dim hot");
      cy.nodes("[baseFill]").forEach((node) => {
        if (node.data("badge") || node.data("border")) node.removeData("badge border");
        if (node.data("gauge")) node.removeData("gauge stops");
        restore(node, NODE_BASE);
      });
      cy.edges("[baseStroke]").forEach((edge) => {
        if (edge.data("painted_dash")) edge.removeStyle("line-style").removeData("painted_dash");
        restore(edge, EDGE_BASE);
      });
    });
  }

  /** Gives an element back what the document says of it. */
  function restore(one, base) {
    for (const [key, kept] of base) if (one.data(key) !== one.data(kept)) one.data(key, one.data(kept));
  }

  function paintNode(node, one) {
    const colours = tokens();
    const actor = node.data("type") === "actor";
    if (one.colour) node.data(actor ? { fill: colours[one.colour] } : { fill: mixed(colours, one.colour), line: colours[one.colour] });
    if (Number.isFinite(one.size)) resize(node, one.size, actor);
    if (one.border) node.data({ border: one.border, line: colours.ink });
    if (one.badge) node.data("badge", badge(one.badge, { ink: actor && one.colour ? contrast(colours, one.colour) : colours.ink, ground: actor ? null : colours.surface, font: colours.font }));
    if (one.dim) node.addClass("dim");
  }

  /** A size is a surface: twice the number, twice the surface. The words of a variable grow with it. */
  function resize(node, size, actor) {
    const side = Math.sqrt(SMALLEST ** 2 + (LARGEST ** 2 - SMALLEST ** 2) * size);
    if (actor) return node.data({ width: side, height: side });
    const factor = Math.sqrt(LEAST ** 2 + (MOST ** 2 - LEAST ** 2) * size);
    return node.data({ width: node.data("baseWidth") * factor, height: node.data("baseHeight") * factor, font: node.data("baseFont") * factor });
  }

  function paintEdge(edge, one) {
    if (one.colour) edge.data("stroke", tokens()[one.colour]);
    if (Number.isFinite(one.width)) edge.data("width", 1 + 6 * one.width);
    if (one.badge) edge.data("mark", one.badge);
    if (one.dash) edge.style("line-style", "dashed").data("painted_dash", true);
    if (one.dim) edge.addClass("dim");
  }

  function addGhosts(ghosts) {
    const colours = tokens();
    for (const { block, values } of ghosts) {
      if (block === "ties") addGhostTie(values, colours);
      else addGhostNode(block, values, colours);
    }
  }

  function addGhostNode(block, values, colours) {
    const id = nodeId(values.id);
    if (cy.getElementById(id).nonempty()) return;
    const context = { shapes: new Map(), measure: (text) => text.length * 7 };
    const look = block === "actors" ? actorLook(values, context) : variableLook(values, context);
    cy.add({ group: "nodes", classes: "ghost", selectable: false, grabbable: false, position: { x: values.x ?? 0, y: values.y ?? 0 }, data: { id, ...look, fill: colours.surface, line: colours.negative } });
  }

  function addGhostTie(values, colours) {
    const [id, source, target] = [edgeId(values.id), nodeId(values.source), nodeId(values.target)];
    if (cy.getElementById(id).nonempty() || cy.getElementById(source).empty() || cy.getElementById(target).empty()) return;
    cy.add({ group: "edges", classes: "ghost", selectable: false, data: { id, source, target, ...tieLook(values), stroke: colours.negative } });
  }

  function show() {
    clean();
    cy.batch(() => {
      if (reading) {
        addGhosts((reading.ghosts ?? []).filter(({ block }) => block !== "ties"));
        addGhosts((reading.ghosts ?? []).filter(({ block }) => block === "ties"));
        for (const [id, one] of Object.entries(reading.paint?.nodes ?? {})) {
          const node = cy.getElementById(nodeId(id));
          if (node.nonempty()) paintNode(node, one);
        }
        for (const [id, one] of Object.entries(reading.paint?.ties ?? {})) {
          const edge = cy.getElementById(edgeId(id));
          if (edge.nonempty()) paintEdge(edge, one);
        }
      }
      if (gauges) showGauges();
      if (lit) showLit();
    });
    move();
  }

  function showGauges() {
    const colours = tokens();
    for (const [id, value] of Object.entries(gauges)) {
      const full = Math.round(Math.max(0, Math.min(1, value)) * 100);
      const stops = { gauge: `${colours["ramp-2"]} ${colours["ramp-2"]} ${colours.surface} ${colours.surface}`, stops: `0 ${full} ${full} 100` };
      const node = cy.getElementById(nodeId(id));
      if (node.nonempty()) node.data({ ...stops, line: colours.accent });
    }
  }

  function showLit() {
    const nodes = cy.collection((lit.nodes ?? []).map((id) => cy.getElementById(nodeId(id))[0]).filter(Boolean));
    const ties = cy.collection((lit.ties ?? []).map((id) => cy.getElementById(edgeId(id))[0]).filter(Boolean));
    cy.elements().not(nodes).not(ties).not("[type = 'unit']").addClass("dim");
    nodes.union(ties).removeClass("dim").addClass("hot");
  }

  /** Dashes run along lit ties in their direction, unless movement is unwelcome. */
  function move() {
    cancelAnimationFrame(frame);
    if (!lit?.ties?.length || calm()) return;
    const hot = cy.edges(".hot");
    let offset = 0;
    const step = () => {
      offset = (offset - 0.5) % 14;
      hot.style("line-dash-offset", offset);
      frame = requestAnimationFrame(step);
    };
    step();
  }

  return {
    get reading() {
      return reading;
    },
    paint(next) {
      reading = next;
      show();
    },
    highlight(next) {
      lit = next;
      show();
    },
    values(next) {
      // Step after step of a simulation: the fills alone change.
      const only = gauges && next && !reading && !lit;
      gauges = next;
      if (only) cy.batch(showGauges);
      else show();
    },
    again: () => (reading || lit || gauges ? show() : null),
    destroy: () => cancelAnimationFrame(frame),
  };
}

/** A variable is filled with a whisper of its colour, so that its words stay readable. */
function mixed(colours, name) {
  const [a, b] = [rgb(colours[name]), rgb(colours.surface)];
  return `rgb(${a.map((value, index) => Math.round(value * 0.22 + b[index] * 0.78)).join(",")})`;
}

export function rgb(colour) {
  const whole = colour.replace("#", "");
  return [0, 2, 4].map((at) => parseInt(whole.slice(at, at + 2), 16) || 0);
}

/** Ink or paper, whichever reads better on a colour (WCAG's relative luminance). */
export function contrast(colours, name) {
  const bright = luminance(rgb(colours[name]));
  const [ink, paper] = [luminance(rgb(colours.ink)), luminance(rgb(colours.surface))];
  return ratio(bright, ink) >= ratio(bright, paper) ? colours.ink : colours.surface;
}

const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

function luminance(channels) {
  const [r, g, b] = channels.map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
