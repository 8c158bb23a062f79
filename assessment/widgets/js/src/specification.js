// From a Vega-Lite specification to a Vega one that fits its place: width, wrapped labels, legend columns. Pure.
import { compile } from "vega-lite";

import { legendColumns, linesWithin, LINE_HEIGHT, sideCharacters, stepFor, wrapped } from "./labels.js";
import { vegaConfig } from "./theme.js";

const COMPOSED = ["facet", "hconcat", "vconcat", "concat", "repeat"];

/** The specification in the given width, if it is one that can follow its container. */
export function sized(spec, width) {
  if (COMPOSED.some((name) => name in spec) || typeof spec.width === "number") return spec;
  if ("row" in (spec.encoding ?? {}) || "column" in (spec.encoding ?? {})) return spec;
  return { autosize: { type: "fit-x", contains: "padding" }, ...spec, width };
}

/** The Vega specification of a Vega-Lite one, in a width and with the theme's tokens. */
export function compiled(spec, { width, tokens }) {
  const silent = { level: () => silent, error: (...said) => { throw new Error(said.join(" ")); } };
  for (const name of ["warn", "info", "debug"]) silent[name] = () => silent;
  return compile(sized(spec, width), { config: vegaConfig(tokens, width), logger: silent }).spec;
}

/** The scales of a Vega specification that have categories: their names. */
export function discreteScales(vega) {
  return (vega.scales ?? []).filter(({ type }) => ["band", "point", "ordinal"].includes(type)).map(({ name }) => name);
}

/**
 * A Vega specification whose long labels fit: labels at the side are wrapped, and categories made high enough for
 * them; labels below are wrapped to their category; legends get as many columns as the width holds.
 *
 * `domains` are the categories of each discrete scale: {"y": ["Vision partagée", …]}.
 */
export function adapted(vega, domains, width) {
  const signals = structuredClone(vega.signals ?? []);
  const axes = (vega.axes ?? []).map((axis) => adaptedAxis(axis, domains[axis.scale], signals, vega, width));
  const legends = (vega.legends ?? []).map((legend) => adaptedLegend(legend, domains, width));
  return { ...vega, signals, axes, legends };
}

function adaptedAxis(axis, domain, signals, vega, width) {
  if (!domain || axis.labels === false) return axis;
  const side = axis.orient === "left" || axis.orient === "right";
  return side ? sideAxis(axis, domain, signals, vega, width) : footAxis(axis, domain, width);
}

function sideAxis(axis, domain, signals, vega, width) {
  const characters = sideCharacters(width);
  const step = signals.find(({ name }) => name === `${axis.scale}_step`);
  const needed = Math.max(1, ...domain.map((label) => wrapped(label, characters).length));
  let lines = needed;
  if (typeof step?.value === "number") step.value = stepFor(needed, step.value);
  else if (typeof vega.height === "number") lines = linesWithin(vega.height / Math.max(1, domain.length));
  return withLabels(axis, characters, lines, { labelLimit: characters * 9, lift: true });
}

function footAxis(axis, domain, width) {
  const room = (width * 0.85) / Math.max(1, domain.length);
  const characters = Math.max(6, Math.floor(room / 6.5));
  return withLabels(axis, characters, 4, { labelLimit: Math.max(60, room), lift: false });
}

function withLabels(axis, characters, lines, { labelLimit, lift }) {
  const labels = axis.encode?.labels ?? {};
  const text = labels.update?.text?.signal ?? "datum.label";
  const cut = `${characters}, ${lines}`;
  const update = {
    ...labels.update,
    text: { signal: `apWrap(${text}, ${cut})` },
    tooltip: { signal: `apFull(${text}, ${cut})` },
    ...(lift ? { dy: { signal: `apRise(${text}, ${cut})` } } : {}),
  };
  return {
    ...axis,
    labelLimit,
    labelLineHeight: LINE_HEIGHT,
    encode: { ...axis.encode, labels: { ...labels, interactive: true, update } },
  };
}

function adaptedLegend(legend, domains, width) {
  const channel = ["fill", "stroke", "shape", "size", "opacity", "strokeDash"].find((name) => domains[legend[name]]);
  if (!channel || "columns" in legend) return legend;
  if (!["top", "bottom"].includes(legend.orient ?? "top")) return legend;
  return { ...legend, columns: legendColumns(domains[legend[channel]], width) };
}
