// Starting from something: an empty map, the example, a template, a file of any known format. One edit, taken back like any other.
import { element, listen, setAttribute } from "../elements.js";
import { icon } from "./icons.js";
import { makeMenu } from "./menu.js";

export const LARGEST = 16_000_000; // bytes: what a map's file may have (systems/limits.py)

export function makeStart(editor, canvas) {
  const input = element("input", { type: "file", class: "ap-only-read", tabindex: "-1", "aria-hidden": "true" });
  const menu = makeMenu({
    icon: icon("start"),
    extra: input,
    entries: () => [
      { label: editor.say("start_file"), note: editor.say("start_file_note"), run: () => input.click() },
      ...(editor.offers.starts ?? []).map(({ value, label, group }) => ({ label, group, run: () => begin("start", { name: value }) })),
    ],
  });

  async function begin(ask, values, buffers) {
    try {
      const { answer } = await editor.ask(ask, values, buffers);
      for (const text of answer?.findings ?? []) editor.tell(text, "info");
      canvas.fit();
    } catch ({ refused }) {
      editor.tell((refused ?? []).map(({ text }) => text).join("\n") || editor.say("map_no_answer"), "error");
    }
  }

  async function open(file) {
    if (file.size > LARGEST) return editor.tell(editor.say("start_too_large", { name: file.name }), "error");
    return begin("file", { name: file.name }, [await file.arrayBuffer()]);
  }

  const frame = canvas.element;
  const over = (on) => (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    frame.classList.toggle("ap-dragged", on);
  };
  const stops = [
    listen(input, "change", () => {
      const [file] = input.files;
      input.value = ""; // so that the same file can be chosen again
      if (file) open(file);
    }),
    listen(frame, "dragover", over(true)),
    listen(frame, "dragleave", over(false)),
    listen(frame, "drop", (event) => {
      over(false)(event);
      const [file] = event.dataTransfer?.files ?? [];
      if (file) open(file);
    }),
    editor.on("words", words),
  ];
  function words() {
    menu.label(editor.say("start_menu"));
    setAttribute(input, "aria-label", editor.say("start_file"));
    setAttribute(input, "accept", (editor.offers.accept ?? []).join(","));
  }
  words();
  return {
    element: menu.element,
    destroy() {
      stops.forEach((stop) => stop());
      menu.destroy();
    },
  };
}
