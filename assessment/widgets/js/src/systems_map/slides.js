// What a presentation shows, one thing after the other: the whole map, then each loop told link by link. Pure functions.
import { stepsOf } from "./loop_story.js";

/** Loops presented at most; Python gives those people have named first. */
export const MOST = 24;

/** The slides: the map, then its loops. */
export function slidesOf(loops) {
  return [{ loop: null }, ...loops.slice(0, MOST).map((loop) => ({ loop }))];
}

/** How many moments a slide has: a loop is shown whole, told link by link, and concluded. */
export function momentsOf({ loop }) {
  return loop ? loop.ties.length + 2 : 1;
}

/** The moment after this one, [slide, moment]; at the very end the same. */
export function after(slides, [slide, moment]) {
  if (moment + 1 < momentsOf(slides[slide])) return [slide, moment + 1];
  return slide + 1 < slides.length ? [slide + 1, 0] : [slide, moment];
}

/** The moment before this one; at the very beginning the same. */
export function before(slides, [slide, moment]) {
  if (moment > 0) return [slide, moment - 1];
  return slide > 0 ? [slide - 1, momentsOf(slides[slide - 1]) - 1] : [slide, moment];
}

/** The beginning of the slide so many slides away, within the slides there are. */
export function jumped(slides, [slide], by) {
  return [Math.min(slides.length - 1, Math.max(0, slide + by)), 0];
}

/** What is lit on the map at a moment: nothing in particular, the loop as far as it is told, or all of it. */
export function litAt({ loop }, moment) {
  if (!loop) return null;
  const told = loop.ties.length;
  if (moment === 0 || moment > told) return { nodes: loop.nodes, ties: loop.ties };
  const nodes = Array.from({ length: moment + 1 }, (_, index) => loop.nodes[index % loop.nodes.length]);
  return { nodes: [...new Set(nodes)], ties: loop.ties.slice(0, moment) };
}

/** The lines told by a moment: [{key, label}] of the words `present_…`, the last one new; and whether it is concluded. */
export function toldAt(document, { loop }, moment) {
  if (!loop || moment === 0) return { lines: [], concluded: false };
  const steps = stepsOf(document, loop).slice(0, Math.min(moment, loop.ties.length) + 1);
  const lines = steps.map(({ label, goes, late }, index) => ({ key: keyOf(index, goes, late), label }));
  return { lines, concluded: moment > loop.ties.length };
}

function keyOf(index, goes, late) {
  if (index === 0) return "present_start";
  const way = goes ?? "changes";
  return late ? `present_${way}_late` : `present_${way}`;
}

/** Whether a stroke of the finger turns the page: 1 forward, −1 back, 0 not. */
export function swiped(from, to) {
  const [across, along] = [to.x - from.x, to.y - from.y];
  if (Math.abs(across) < 48 || Math.abs(across) < 2 * Math.abs(along)) return 0;
  return across < 0 ? 1 : -1;
}
