// Cytoscape's style sheet from the theme's tokens. Data mappers only: a function a node would cost a frame.

/** The colours of a theme that the map adds to the shared tokens. */
export function mapColours(tokens) {
  return { ...tokens, relation: tokens["ink-2"], variable: tokens["ink-2"] };
}

export function stylesheet(tokens) {
  const text = { "font-family": tokens.font, "font-size": 13, color: tokens.ink };
  const halo = { "text-outline-color": tokens.surface, "text-outline-width": 2, "text-outline-opacity": 0.9 };
  return [
    {
      selector: "node[fill]",
      style: {
        ...text, "font-size": "data(font)", label: "data(label)", "text-wrap": "wrap", "text-max-width": 400, shape: "data(shape)",
        width: "data(width)", height: "data(height)", "background-color": "data(fill)", "border-color": "data(line)",
        "border-width": 2, "overlay-opacity": 0, "min-zoomed-font-size": 4,       },
    },
    { selector: "node[type='actor']", style: { ...halo, "text-valign": "bottom", "text-margin-y": 5 } },
    { selector: "node[type='variable']", style: { "text-valign": "center", "text-halign": "center", "border-width": 1.25 } },
    {
      selector: "node[type='unit']",
      style: {
        ...text, shape: "round-rectangle", "font-size": "data(font)", "font-weight": 600, color: tokens["ink-2"], "text-valign": "top",
        "text-margin-y": -4, "background-color": tokens.band, "background-opacity": 0.55, "border-width": 1,
        "border-color": tokens["line-strong"], padding: 22, "min-zoomed-font-size": 4, "compound-sizing-wrt-labels": "include",
      },
    },
    {
      selector: "edge[stroke]",
      style: {
        ...text, "curve-style": "bezier", "control-point-step-size": 46, width: "data(width)", "line-color": "data(stroke)",
        "target-arrow-color": "data(stroke)", "target-arrow-shape": "data(arrow)", "arrow-scale": 1.05,
        "loop-direction": "-45deg", "loop-sweep": "60deg", "overlay-opacity": 0, "source-distance-from-node": 2,
        "target-distance-from-node": 3, "min-zoomed-font-size": 6,
      },
    },
    { selector: "edge[?hollow]", style: { "target-arrow-fill": "hollow" } },
    { selector: "edge[?dash]", style: { "line-style": "dashed", "line-dash-pattern": [6, 4] } },
    { selector: "edge[?faint]", style: { opacity: 0.6 } },
    {
      selector: "edge[?mark]",
      style: {
        "target-label": "data(mark)", "target-text-offset": "data(reach)", "font-size": "data(font)", "font-weight": 700, color: "data(stroke)",
        "text-background-color": tokens.surface, "text-background-opacity": 1, "text-background-shape": "round-rectangle",
        "text-background-padding": 1,
      },
    },
    {
      selector: "edge[?bars]",
      style: {
        label: "data(bars)", "text-rotation": "autorotate", "font-size": "data(font)", "font-weight": 700, color: "data(stroke)",
        "text-background-color": tokens.surface, "text-background-opacity": 1, "text-background-padding": 0,
      },
    },
    {
      selector: "node[badge]",
      style: {
        "background-image": "data(badge)", "background-width": 24, "background-height": 24, "background-clip": "none",
        "background-image-containment": "over", "bounds-expansion": 14,
      },
    },
    { selector: "node[type='variable'][badge]", style: { "background-position-x": "100%", "background-offset-x": 12, "background-position-y": 0, "background-offset-y": -12 } },
    { selector: "node[border='double']", style: { "border-style": "double", "border-width": 6 } },
    { selector: "node[border='dashed']", style: { "border-style": "dashed", "border-width": 2.5 } },
    {
      selector: "node[gauge]",
      style: {
        "background-fill": "linear-gradient", "background-gradient-direction": "to-top",
        "background-gradient-stop-colors": "data(gauge)", "background-gradient-stop-positions": "data(stops)",
      },
    },
    { selector: ".ghost", style: { opacity: 0.45, "border-style": "dashed", "line-style": "dashed" } },
    { selector: ".dim", style: { opacity: 0.14 } },
    { selector: "node.dim[type='unit']", style: { opacity: 0.5 } },
    { selector: "node.hot", style: { "border-width": 4, "border-color": tokens.accent } },
    { selector: "edge.hot", style: { width: 4, "line-style": "dashed", "line-dash-pattern": [9, 5], "z-index": 9, "arrow-scale": 1.3 } },
    { selector: "node:selected", style: { "underlay-color": tokens.focus, "underlay-opacity": 0.3, "underlay-padding": 7, "underlay-shape": "round-rectangle" } },
    { selector: "edge:selected", style: { "underlay-color": tokens.focus, "underlay-opacity": 0.3, "underlay-padding": 6 } },
    { selector: "node.target", style: { "underlay-color": tokens.accent, "underlay-opacity": 0.3, "underlay-padding": 9 } },
    { selector: "node.source", style: { "border-color": tokens.focus, "border-width": 4 } },
    { selector: ".eh-preview, .eh-ghost-edge", style: { "line-color": tokens.focus, "target-arrow-color": tokens.focus, "target-arrow-shape": "triangle", width: 2, label: "", "target-label": "", "line-style": "solid", "curve-style": "bezier" } },
    { selector: ".eh-ghost-node", style: { opacity: 0 } },
    { selector: ".eh-ghost-edge.eh-preview-active", style: { opacity: 0 } },
  ];
}
