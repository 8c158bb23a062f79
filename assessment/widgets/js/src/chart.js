// One chart: a Vega-Lite specification drawn as SVG in the width it is given, again whenever width or theme change.
import { Error as ErrorsOnly, View, expressionFunction, parse } from "vega";

import { same } from "./document.js";
import { element, setAttribute, setText } from "./elements.js";
import { numberLocale, timeLocale } from "./formatting.js";
import { rise, wrapped } from "./labels.js";
import { adapted, compiled, discreteScales } from "./specification.js";

expressionFunction("apWrap", (text, width, most) => wrapped(text, width, most));
expressionFunction("apRise", (text, width, most) => rise(wrapped(text, width, most).length));
expressionFunction("apFull", (text, width, most) => (wrapped(text, width).length > most ? String(text) : null));

const refuse = () => Promise.reject(new Error("A chart's data stand in its specification: nothing is fetched."));
/** Loads nothing: for every view. */
export const nowhere = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** The categories of each discrete scale, found by evaluating the specification without drawing it. */
export async function domainsOf(vega) {
  const dry = await new View(parse(vega), { renderer: "none", loader: nowhere, logLevel: ErrorsOnly }).runAsync();
  const domains = discreteScales(vega).map((name) => [name, dry.scale(name).domain()]);
  dry.finalize();
  return Object.fromEntries(domains);
}

/**
 * A chart of a page. `update(chart, context)` takes {spec, alt, title} and {tokens, theme, language, tooltip};
 * `settled()` is a promise of the last drawing. `level` is that of its title.
 */
export function makeChart(level = 3) {
  const title = element(`h${level}`, { class: "ap-chart-title" });
  const drawing = element("div", { class: "ap-drawing" });
  const host = element("div", { class: "ap-chart", role: "img" }, drawing);
  const whole = element("div", { class: "ap-chart-block" }, title, host);
  let spec = null;
  let context = null;
  let view = null;
  let shown = {};
  let known = {};
  let turn = 0;
  let timer = null;
  let done = Promise.resolve();

  async function draw(width) {
    const mine = ++turn;
    shown = { spec, width, theme: context.theme, language: context.language };
    try {
      const vega = compiled(spec, { width, tokens: context.tokens });
      if (known.spec !== spec) known = { spec, domains: await domainsOf(vega) };
      if (mine !== turn) return;
      const fitted = adapted(vega, known.domains, width);
      await show(new View(parse(fitted), viewOptions(context)), mine);
    } catch (fault) {
      if (mine === turn) fail(fault);
    }
  }

  async function show(next, mine) {
    const place = element("div", { class: "ap-drawing" });
    await next.initialize(place).runAsync();
    if (mine !== turn) return next.finalize();
    const svg = place.querySelector("svg");
    setAttribute(svg, "aria-hidden", "true");
    setAttribute(svg, "focusable", "false");
    host.replaceChildren(place);
    host.classList.remove("ap-failed");
    view?.finalize();
    view = next;
    context.drawn?.();
  }

  function fail(fault) {
    console.error("A chart could not be drawn:", fault);
    host.replaceChildren(element("p", { text: host.getAttribute("aria-label") || "" }));
    host.classList.add("ap-failed");
    context.drawn?.();
  }

  function redraw() {
    clearTimeout(timer);
    const width = Math.floor(host.clientWidth);
    const wanted = { spec, width, theme: context.theme, language: context.language };
    if (width === 0) return; // hidden, as at first in Voilà: drawn when it is seen
    if (same(wanted, shown)) shown.spec = spec;
    else done = draw(width);
  }

  const resized = new ResizeObserver(() => {
    if (!context) return;
    clearTimeout(timer);
    const width = Math.floor(host.clientWidth);
    // What has not been seen yet is drawn at once; while a window is dragged, the picture follows when it rests.
    if (shown.spec === spec && width !== shown.width) timer = setTimeout(redraw, 80);
    else redraw();
  });
  resized.observe(host);

  return {
    element: whole,
    update(chart, nextContext) {
      spec = chart.spec;
      context = nextContext;
      setText(title, chart.title);
      setAttribute(host, "aria-label", chart.alt);
      redraw();
    },
    settled: () => done,
    drawn: () => shown.spec === spec,
    destroy() {
      turn += 1;
      clearTimeout(timer);
      resized.disconnect();
      view?.finalize();
    },
  };
}

function viewOptions({ language, tooltip }) {
  return {
    renderer: "svg",
    hover: true,
    loader: nowhere,
    logLevel: ErrorsOnly,
    tooltip: tooltip.handler,
    locale: { number: numberLocale(language), time: timeLocale(language) },
  };
}
