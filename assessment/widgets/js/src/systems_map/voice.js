// What is said to people: to those who listen, a live region; to those who look, a passing message.
import { element, setText } from "../elements.js";

const LONG_ENOUGH = 7000; // milliseconds a message stays, errors until they are closed
const QUIET = 60;

export function makeVoice() {
  const region = element("p", { class: "ap-only-read", role: "status", "aria-live": "polite", "aria-atomic": "true" });
  const messages = element("div", { class: "ap-messages" });
  const timers = new Set();
  let said = [];
  let waiting = null;

  function later(run, delay) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delay);
    timers.add(timer);
    return timer;
  }

  /** Several things said at once are said one after the other in one breath. */
  function announce(text) {
    if (!text) return;
    said.push(text);
    waiting ??= later(() => {
      waiting = null;
      region.textContent = said.join(" ");
      said = [];
    }, QUIET);
  }

  function tell(text, kind = "info") {
    if (!text) return;
    for (const old of messages.children) if (old.firstChild.textContent === text) old.remove();
    const words = element("p", { class: "ap-message-words", role: kind === "error" ? "alert" : "status" });
    const close = element("button", { type: "button", class: "ap-message-close", "aria-label": voice.closeLabel });
    close.append("×");
    const message = element("div", { class: `ap-message ap-message-${kind}` }, words, close);
    close.addEventListener("click", () => message.remove());
    messages.append(message);
    setText(words, text);
    while (messages.children.length > 3) messages.firstChild.remove();
    if (kind !== "error") later(() => message.remove(), LONG_ENOUGH);
  }

  const voice = {
    region,
    messages,
    announce,
    tell,
    closeLabel: "×",
    destroy: () => timers.forEach((timer) => clearTimeout(timer)),
  };
  return voice;
}
