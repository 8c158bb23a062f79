// Bringing one's own file.
import { element, listen, setAttribute, setText } from "./elements.js";

export const LARGEST = 50 * 1024 * 1024;

let made = 0;

/** The upload block; `send(file)` gets a File that is not too large. */
export function makeUpload(send) {
  const id = `ap-file-${++made}`;
  const input = element("input", { type: "file", id, class: "ap-file", "aria-describedby": `${id}-hint` });
  const label = element("label", { for: id, class: "ap-button" });
  const hint = element("p", { class: "ap-hint", id: `${id}-hint` });
  const refusal = element("p", { class: "ap-refusal", role: "alert", hidden: true });
  const row = element("div", { class: "ap-upload-row" }, input, label);
  const block = element("div", { class: "ap-upload" }, row, hint, refusal);
  let words = {};

  function take(file) {
    if (!file) return;
    const tooLarge = file.size > (words.largest ?? LARGEST);
    setText(refusal, tooLarge ? (words.too_large ?? words.hint) : "");
    if (!tooLarge) send(file);
  }

  const drag = (over) => (event) => {
    event.preventDefault();
    event.stopPropagation();
    block.classList.toggle("ap-dragged", over);
  };
  const stops = [
    listen(input, "change", () => {
      take(input.files[0]);
      input.value = ""; // so that the same file can be chosen again
    }),
    listen(block, "dragover", drag(true)),
    listen(block, "dragleave", drag(false)),
    listen(block, "drop", (event) => {
      drag(false)(event);
      take(event.dataTransfer.files[0]);
    }),
  ];
  return {
    element: block,
    update(upload) {
      words = upload ?? {};
      block.hidden = !upload;
      setText(label, words.label);
      setText(hint, words.hint);
      setAttribute(input, "accept", words.accept);
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}
