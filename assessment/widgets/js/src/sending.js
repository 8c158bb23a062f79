// A file on its way to Python.
import { pieces } from "./document.js";

// Jupyter's servers close a connection that sends more than 10 MiB at once: files travel in pieces.
const PIECE = 4 * 1024 * 1024;

/** Sends a file to Python in pieces, each a message of `content`, which says what it is for. */
export async function sendFile(model, file, content) {
  const parts = pieces(file.size, PIECE);
  const upload = `${Date.now()}-${Math.random()}`;
  for (const [part, [start, end]] of parts.entries()) {
    const bytes = await file.slice(start, end).arrayBuffer();
    model.send({ ...content, name: file.name, size: file.size, upload, part, parts: parts.length }, undefined, [bytes]);
  }
}
