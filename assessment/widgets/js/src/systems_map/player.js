// Plays the steps of a run: play, pause, a slider over the steps. Nothing plays by itself where motion is unwelcome.
import { element, listen, setAttribute, setText } from "../elements.js";
import { pace } from "./scenario_state.js";

/** `show(step)` is called at each step; `load(last, play)` brings a new run, at its end or from its beginning. */
export function makePlayer(editor, show) {
  const button = element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small ap-player-button" });
  const sign = element("span", { class: "ap-player-sign", "aria-hidden": "true" });
  const words = element("span", {});
  const slider = element("input", { type: "range", class: "ap-slider ap-player-slider", min: "0", step: "1" });
  const where = element("span", { class: "ap-player-where" });
  button.append(sign, words);
  const whole = element("div", { class: "ap-player", role: "group" }, button, slider, where);
  let last = 0;
  let step = 0;
  let timer = null;

  function go(next) {
    step = Math.min(last, Math.max(0, next));
    relabel();
    show(step);
    if (step === last) pause();
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    relabel();
  }

  function play() {
    if (step === last) go(0);
    clearInterval(timer);
    timer = setInterval(() => go(step + 1), pace(last));
    relabel();
  }

  function relabel() {
    setAttribute(whole, "aria-label", editor.say("scenario_player"));
    setAttribute(sign, "data-sign", timer ? "pause" : "play");
    setText(words, editor.say(timer ? "scenario_pause" : "scenario_play"));
    setAttribute(slider, "max", last);
    setAttribute(slider, "aria-label", editor.say("scenario_step"));
    if (Number(slider.value) !== step) slider.value = String(step);
    slider.style.setProperty("--ap-from", "0%");
    slider.style.setProperty("--ap-to", `${last === 0 ? 0 : (step / last) * 100}%`);
    const text = editor.say("scenario_step_of", { step, count: last });
    setAttribute(slider, "aria-valuetext", text);
    setText(where, text);
  }

  const stops = [
    listen(button, "click", () => (timer ? pause() : play())),
    listen(slider, "input", () => {
      const wanted = Number(slider.value);
      pause();
      go(wanted);
    }),
  ];
  return {
    element: whole,
    relabel,
    pause,
    step: () => step,
    load(steps, wanted) {
      pause();
      last = steps;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (wanted && !calm && last > 0) {
        step = 0;
        show(0);
        play();
      } else go(last);
    },
    destroy() {
      clearInterval(timer);
      for (const stop of stops) stop();
    },
  };
}
