// The toolbar's pictures: a few strokes each, drawn with the text's colour.
const NS = "http://www.w3.org/2000/svg";

const PATHS = {
  select: ["M5 3l6.2 15 2.3-6.2L19.7 9.500z"],
  actor: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4.500 20.500c.8-4 3.700-6 7.500-6s6.700 2 7.500 6"],
  variable: ["M3.500 8.500h17v7h-17z", "M8 12h8"],
  connect: ["M6.500 17.500a2.500 2.500 0 1 0 0-.01", "M17.500 6.500a2.500 2.500 0 1 0 0-.01", "M8.500 15.500l7-7", "M11.500 8.500h4v4"],
  undo: ["M9 6L4.500 10.500 9 15", "M5 10.500h9a5 5 0 0 1 0 10h-3"],
  redo: ["M15 6l4.500 4.500L15 15", "M19 10.500h-9a5 5 0 0 0 0 10h3"],
  duplicate: ["M8.500 8.500h11v11h-11z", "M15.500 8.500v-4h-11v11h4"],
  remove: ["M5 7h14", "M9.500 7V4.500h5V7", "M7 7l.8 12.500h8.400L17 7", "M10.500 10.500v6M13.500 10.500v6"],
  fit: ["M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"],
  plus: ["M12 5v14M5 12h14"],
  minus: ["M5 12h14"],
  layout: ["M12 4.500v5M12 9.500L6 15M12 9.500l6 5.500", "M9.500 3h5v3h-5zM3.500 15h5v4h-5zM15.500 15h5v4h-5z"],
  search: ["M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13z", "M15.500 15.500L20.500 20.500"],
  start: ["M5 3.500h9l5 5v12H5z", "M14 3.500v5h5", "M12 11.500v6M9 14.500h6"],
  export: ["M12 4v11", "M7.500 10.500L12 15l4.500-4.500", "M4.500 19.500h15"],
  present: ["M3.500 5h17v11h-17z", "M12 16v4M8.500 20h7", "M10.500 8.500l4 2-4 2z"],
  table: ["M4 5h16v14H4z", "M4 9.500h16M4 14.200h16M9.500 9.500V19"],
  legend: ["M5 6h3v3H5zM5 14.500h3v3H5z", "M11.500 7.500h8M11.500 16h8"],
  locate: ["M12 18.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13z", "M12 2.500v5M12 16.500v5M2.500 12h5M16.500 12h5"],
  go: ["M5 12h13.500", "M13 6.500l5.500 5.500-5.500 5.500"],
  more: ["M6 12h.01M12 12h.01M18 12h.01"],
};

export function icon(name) {
  const svg = document.createElementNS(NS, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true", class: "ap-icon" })) svg.setAttribute(key, value);
  for (const d of PATHS[name]) {
    const path = document.createElementNS(NS, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
