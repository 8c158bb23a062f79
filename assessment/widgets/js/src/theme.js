// The theme: which of the two is shown, the tokens read from the style sheet, and Vega's configuration made of them.

/** "light" or "dark": print is light, then JupyterLab's or Voilà's theme decides, then the system's. */
export function themeName({ printing, jupyterLight, systemDark }) {
  if (printing) return "light";
  if (jupyterLight === "true") return "light";
  if (jupyterLight === "false") return "dark";
  return systemDark ? "dark" : "light";
}

export const TOKENS = [
  "paper", "surface", "ink", "ink-2", "ink-3", "line", "line-strong", "accent", "accent-soft", "focus", "muted", "band",
  "positive", "caution", "negative", "font",
  ...[1, 2, 3, 4, 5, 6].map((number) => `category-${number}`),
  ...[1, 2, 3, 4, 5].map((number) => `ramp-${number}`),
  ...[1, 2, 3, 4, 5].map((number) => `diverging-${number}`),
];

/** The style sheet's tokens as seen by an element: {"ink": "#1c2326", …}. */
export function readTokens(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(`--ap-${name}`).trim()]));
}

const several = (tokens, name, count) =>
  Array.from({ length: count }, (_, index) => tokens[`${name}-${index + 1}`]);

/** Vega-Lite's configuration from the tokens, for a chart of this width. A specification's own `config` wins. */
export function vegaConfig(tokens, width = 800) {
  const narrow = width < 480;
  const text = { font: tokens.font, fontSize: 12 };
  return {
    aria: false,
    background: "transparent",
    font: tokens.font,
    padding: { top: 4, bottom: 4, left: 0, right: 8 },
    view: { stroke: null, continuousHeight: 260, discreteHeight: { step: 34 }, continuousWidth: 300 },
    title: {
      color: tokens.ink, fontSize: 14, fontWeight: 600, anchor: "start", frame: "group", offset: 12,
      subtitleColor: tokens["ink-2"], subtitleFontSize: 12, subtitlePadding: 4, limit: width,
    },
    axis: {
      labelColor: tokens["ink-2"], labelFontSize: 12, labelPadding: 8, labelFontWeight: 400,
      titleColor: tokens["ink-3"], titleFontSize: 12, titleFontWeight: 500, titlePadding: 12, titleLimit: width,
      domainColor: tokens["line-strong"], tickColor: tokens["line-strong"], gridColor: tokens.line, gridWidth: 1,
      domain: false, ticks: false, grid: false, labelLineHeight: 15,
    },
    axisQuantitative: { grid: true, tickCount: narrow ? 4 : 6, labelOverlap: "greedy", labelFlush: false },
    axisTemporal: { tickCount: narrow ? 4 : 8 },
    axisXDiscrete: { labelAngle: 0, labelOverlap: "greedy" },
    legend: {
      orient: "top", direction: "horizontal", titleColor: tokens["ink-3"], titleFontSize: 12, titleFontWeight: 500,
      labelColor: tokens["ink-2"], labelFontSize: 12, symbolSize: 110, symbolStrokeWidth: 0, rowPadding: 6,
      columnPadding: 18, offset: 14, labelLimit: Math.max(120, width - 40), titleLimit: width, symbolType: "square",
      gradientLength: Math.min(200, width - 40), gradientThickness: 10,
    },
    header: {
      labelColor: tokens["ink-2"], labelFontSize: 12, titleColor: tokens["ink-3"], titleFontSize: 12,
      labelFont: tokens.font, titleFont: tokens.font,
    },
    mark: { color: tokens.accent },
    bar: { cornerRadiusEnd: 2, discreteBandSize: { band: 0.62 }, fill: tokens.accent },
    rect: { fill: tokens.accent },
    line: { strokeWidth: 2.25, strokeCap: "round", strokeJoin: "round", stroke: tokens.accent },
    area: { fillOpacity: 0.2 },
    point: { filled: true, size: 70, opacity: 1, fill: tokens.accent },
    circle: { size: 80, opacity: 1 },
    tick: { thickness: 2, color: tokens.ink },
    rule: { color: tokens["line-strong"], strokeWidth: 1 },
    errorbar: { rule: { color: tokens.ink, strokeWidth: 1.5 } },
    text: { ...text, fill: tokens.ink },
    range: {
      category: several(tokens, "category", 6),
      ordinal: several(tokens, "ramp", 5),
      ramp: several(tokens, "ramp", 5),
      heatmap: several(tokens, "ramp", 5),
      diverging: several(tokens, "diverging", 5),
      symbol: ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"],
    },
    style: {
      ...Object.fromEntries(
        ["accent", "muted", "positive", "caution", "negative", "band"].map((name) => [
          name, { fill: tokens[name], color: tokens[name] },
        ]),
      ),
      outline: { color: tokens.surface, fill: tokens.surface, stroke: tokens.accent, strokeWidth: 2, filled: true },
      interval: { stroke: tokens.ink, color: tokens.ink, strokeWidth: 1.5, opacity: 0.7 },
      reference: { stroke: tokens["ink-3"], color: tokens["ink-3"], strokeWidth: 1, strokeDash: [3, 3] },
      link: { stroke: tokens["line-strong"], color: tokens["line-strong"], strokeWidth: 2 },
      "value-label": { ...text, color: tokens.ink, fill: tokens.ink, fontWeight: 600 },
      "note-label": { ...text, fontSize: 11, color: tokens["ink-3"], fill: tokens["ink-3"] },
      "inverse-label": { ...text, color: tokens.paper, fill: tokens.paper, fontWeight: 600 },
      "group-title": { fill: tokens.ink },
      "guide-label": { ...text, fill: tokens["ink-2"] },
      "guide-title": { ...text, fill: tokens["ink-3"] },
    },
  };
}

/** Calls back with "light" or "dark", now and whenever it changes; returns what ends the watch. */
export function watchTheme(changed) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const print = matchMedia("print");
  const body = document.body;
  let last = null;
  const look = () => {
    const jupyterLight = body.dataset.jpThemeLight;
    const name = themeName({ printing: print.matches || printing, jupyterLight, systemDark: system.matches });
    if (name !== last) changed((last = name));
  };
  let printing = false;
  const before = () => ((printing = true), look());
  const after = () => ((printing = false), look());
  const watched = new MutationObserver(look);
  watched.observe(body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  system.addEventListener("change", look);
  print.addEventListener("change", look);
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  look();
  return () => {
    watched.disconnect();
    system.removeEventListener("change", look);
    print.removeEventListener("change", look);
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
  };
}
