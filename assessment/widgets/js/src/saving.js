// A file that the browser saves.
import { element } from "./elements.js";

/** Lets the browser save a content (a Blob, a text or bytes) under a name. */
export function download(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = element("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers begin to read late
}
