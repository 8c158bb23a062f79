// The map before an audience: full screen, large words, one loop after another, told link by link.
import { element, listen, setAttribute, setText } from "../elements.js";
import { highlightingOf } from "./highlighting.js";
import { kindOf, shortLabel } from "./loop_story.js";
import { titleOf } from "./loops.js";
import { after, before, jumped, litAt, MOST, slidesOf, swiped, toldAt } from "./slides.js";

let made = 0;

const KEYS = {
  ArrowRight: after, PageDown: after, ArrowLeft: before, PageUp: before,
  ArrowDown: (slides, place) => jumped(slides, place, 1), ArrowUp: (slides, place) => jumped(slides, place, -1),
  Home: () => [0, 0], End: (slides, place) => jumped(slides, place, slides.length),
};

/** The presentation: `open()` begins it; a modal dialog keeps the focus inside and gives it back. */
export function makePresentation(editor, canvas) {
  const parts = skeleton();
  const highlighting = highlightingOf(canvas);
  const owner = {};
  const mark = document.createComment("the map, while it is presented");
  let slides = slidesOf([]);
  let place = [0, 0];
  let count = 0;
  let touched = null;
  let closing = false;
  let opener = null;

  const isOpen = () => parts.dialog.open;
  const slide = () => slides[place[0]];

  async function open() {
    if (isOpen()) return;
    [slides, place, count] = [slidesOf([]), [0, 0], 0];
    opener = document.activeElement;
    highlighting.drop();
    canvas.element.replaceWith(mark);
    parts.map.append(canvas.element);
    parts.dialog.showModal();
    relabel();
    show();
    parts.next.focus();
    parts.stage.requestFullscreen?.().catch(() => null); // where it is not allowed, the page is filled
    await loops();
  }

  async function loops() {
    try {
      const { answer } = await editor.ask("loops", {});
      count = answer.loops.length;
      slides = slidesOf(answer.loops);
    } catch {
      slides = slidesOf([]); // the map alone is a presentation too
    }
    if (isOpen()) show();
  }

  function close() {
    if (!isOpen() || closing) return;
    closing = true;
    highlighting.clear(owner);
    mark.replaceWith(canvas.element);
    parts.dialog.close();
    closing = false;
    giveBack();
    requestAnimationFrame(() => canvas.fit());
  }

  /** The focus goes back where it was, once the full screen, which lets nothing else have it, is left. */
  async function giveBack() {
    if (document.fullscreenElement === parts.stage) await document.exitFullscreen().catch(() => null);
    opener?.focus({ preventScroll: true });
  }

  function go(next) {
    if (String(next) === String(place)) return;
    const turned = next[0] !== place[0];
    place = next;
    show(turned);
  }

  function show(turned = true) {
    const [at, moment] = place;
    const { loop } = slide();
    setAttribute(parts.stage, "data-kind", loop ? "loop" : "map");
    setText(parts.position, editor.say("present_position", { position: at + 1, count: slides.length }));
    parts.badge.hidden = !loop;
    if (loop) {
      parts.badge.textContent = loop.badge;
      setAttribute(parts.badge, "data-kind", kindOf(loop));
    }
    setText(parts.title, loop ? titleOf(editor.document, loop) : shortLabel(editor.document.name) || editor.say("map_unnamed"));
    setText(parts.subtitle, loop ? "" : subtitle());
    tell(loop, moment);
    setAttribute(parts.previous, "aria-disabled", String(place) === "0,0" ? "true" : null);
    setAttribute(parts.next, "aria-disabled", String(after(slides, place)) === String(place) ? "true" : null);
    parts.skip.hidden = !loop || at + 1 >= slides.length;
    light(turned);
  }

  function tell(loop, moment) {
    const { lines, concluded } = toldAt(editor.document, slide(), moment);
    parts.steps.replaceChildren(...lines.map(({ key, label }, index) => element("li", {
      class: "ap-present-step", "data-fresh": index === lines.length - 1 && !concluded, text: editor.say(key, { label }),
    })));
    parts.steps.hidden = lines.length === 0;
    setText(parts.end, concluded ? editor.say(`present_${kindOf(loop)}`) : "");
    parts.words.scrollTop = concluded ? parts.words.scrollHeight : parts.words.scrollTop;
    parts.steps.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  function subtitle() {
    const { actors = [], variables = [], ties = [] } = editor.document;
    const sizes = [["map_actors", actors], ["map_variables", variables], ["map_ties", ties]];
    const told = sizes.filter(([, block]) => block.length > 0).map(([key, block]) => editor.count(key, block.length));
    if (count > MOST) told.push(editor.say("present_first_loops", { most: MOST, count }));
    else if (count > 0) told.push(editor.count("loops_count", count));
    return told.join(" · ");
  }

  function light(turned) {
    const lit = litAt(slide(), place[1]);
    if (lit) highlighting.show(owner, lit);
    else highlighting.clear(owner);
    if (turned) fit();
  }

  const fit = () => isOpen() && canvas.fit(slide().loop?.nodes);

  function relabel() {
    setAttribute(parts.dialog, "lang", editor.language);
    setAttribute(parts.map, "aria-label", editor.say("present_map"));
    parts.previous.textContent = editor.say("present_previous");
    parts.next.textContent = editor.say("present_next");
    parts.skip.textContent = editor.say("present_skip");
    parts.leave.textContent = editor.say("present_leave");
    setText(parts.help, editor.say("present_help"));
    if (isOpen()) show(false);
  }

  function key(event) {
    event.stopPropagation(); // the notebook's own shortcuts stay out of it
    const move = event.key === " " && event.target.tagName !== "BUTTON" ? after : KEYS[event.key];
    if (!move || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.tagName === "INPUT") return;
    event.preventDefault();
    go(move(slides, place));
  }

  const sized = new ResizeObserver(() => requestAnimationFrame(fit));
  sized.observe(parts.map);
  const stops = [
    listen(parts.next, "click", () => go(after(slides, place))),
    listen(parts.previous, "click", () => go(before(slides, place))),
    listen(parts.skip, "click", () => (go(jumped(slides, place, 1)), parts.next.focus())),
    listen(parts.leave, "click", close),
    listen(parts.dialog, "keydown", key),
    listen(parts.dialog, "cancel", (event) => (event.preventDefault(), close())),
    listen(parts.words, "pointerdown", ({ clientX: x, clientY: y, pointerType }) => (touched = pointerType === "mouse" ? null : { x, y })),
    listen(parts.words, "pointerup", ({ clientX: x, clientY: y }) => {
      const turn = touched ? swiped(touched, { x, y }) : 0;
      touched = null;
      if (turn !== 0) go((turn > 0 ? after : before)(slides, place));
    }),
    // Escape leaves the full screen before any key reaches the page: that is to leave.
    listen(document, "fullscreenchange", () => isOpen() && !document.fullscreenElement && close()),
    editor.on("words", relabel),
    editor.on("document", () => isOpen() && show(false)),
  ];
  return {
    element: parts.dialog,
    open,
    destroy() {
      close();
      sized.disconnect();
      for (const stop of stops) stop();
      parts.dialog.remove();
    },
  };
}

function skeleton() {
  const id = `ap-present-${++made}`;
  const button = (quiet) => element("button", { type: "button", class: `ap-button${quiet ? " ap-button-quiet" : ""} ap-present-button` });
  const map = element("div", { class: "ap-present-map", role: "group" });
  const position = element("p", { class: "ap-present-position" });
  const badge = element("span", { class: "ap-badge-loop ap-present-badge" });
  const title = element("h2", { class: "ap-present-title", id });
  const subtitle = element("p", { class: "ap-present-subtitle" });
  const steps = element("ol", { class: "ap-present-steps" });
  const end = element("p", { class: "ap-present-end" });
  const top = element("div", { class: "ap-present-top" }, badge, title);
  const told = element("div", { "aria-live": "polite", class: "ap-present-told" }, top, subtitle, steps, end);
  const [previous, next, skip, leave] = [button(true), button(false), button(true), button(true)];
  const help = element("p", { class: "ap-present-help" });
  const words = element("div", { class: "ap-present-words", tabindex: "0", role: "region", "aria-labelledby": id }, told);
  const line = element("div", { class: "ap-present-line" }, position, leave);
  const bar = element("div", { class: "ap-present-bar" }, previous, next, skip);
  const side = element("div", { class: "ap-present-side" }, line, words, bar, help);
  const stage = element("div", { class: "ap-present-stage" }, map, side);
  const dialog = element("dialog", { class: "ap-present", "aria-labelledby": id }, stage);
  return { dialog, stage, map, side, words, position, badge, title, subtitle, steps, end, previous, next, skip, leave, help };
}
