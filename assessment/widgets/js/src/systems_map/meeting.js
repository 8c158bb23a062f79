// Somebody else has saved the same map: both versions are kept; what can be done stays in sight until it is done.
import { element, listen, setAttribute, setText } from "../elements.js";
import { same } from "../document.js";

/** The version that stands in the workspace, as `difference` knows it. */
const STORED = { from: "stored", to: null };

export function makeMeeting(editor) {
  const text = element("p", { class: "ap-meeting-text" });
  const acts = {
    compare: element("button", { type: "button", class: "ap-button ap-button-small" }),
    theirs: element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" }),
    mine: element("button", { type: "button", class: "ap-button ap-button-quiet ap-button-small" }),
  };
  const root = element("section", { class: "ap-meeting" }, text, element("div", { class: "ap-meeting-acts" }, ...Object.values(acts)));

  const compare = () => editor.look({ panel: "history", colour: null, overlay: comparing() ? null : STORED });
  const comparing = () => same(editor.view.overlay ?? null, STORED);

  async function settle(choice) {
    try {
      await editor.ask(choice);
      if (comparing()) editor.look({ overlay: null });
      editor.tell(editor.say(`meeting_${choice}_done`));
    } catch (fault) {
      editor.tell((fault?.refused ?? []).map((one) => one.text).join(" "), "error");
    }
  }

  function show() {
    root.hidden = !editor.overtaken;
    setText(text, editor.say("meeting_text"));
    setAttribute(root, "aria-label", editor.say("meeting_title"));
    for (const [name, button] of Object.entries(acts)) setText(button, editor.say(`meeting_${name}`));
    setAttribute(acts.compare, "aria-pressed", String(comparing()));
  }

  const stops = [
    listen(acts.compare, "click", compare),
    listen(acts.theirs, "click", () => settle("theirs")),
    listen(acts.mine, "click", () => settle("mine")),
    ...["state", "words", "view"].map((event) => editor.on(event, show)),
  ];
  show();
  return { element: root, destroy: () => stops.forEach((stop) => stop()) };
}
