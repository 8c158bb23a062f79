// Links to other tools and pages: plain addresses in Voilà and Notebook, opened in place by JupyterLab.
import { element, listen, setAttribute } from "../elements.js";

/** An address that leads to a page and does nothing else: beside this one, or on the web; null otherwise. */
export function safeAddress(href) {
  const plain = String(href ?? "").replace(/[\u0000-\u0020]/g, "");
  if (plain === "" || plain !== href || plain.startsWith("//") || plain.includes("\\")) return null;
  const scheme = /^([^/?#]*):/.exec(plain)?.[1];
  return scheme === undefined || /^https?$/i.test(scheme) ? plain : null;
}

/** The path, for JupyterLab, of a notebook beside the one whose page has this path; null outside JupyterLab. */
export function besidePath(pathname, href) {
  const shown = /\/lab\/(?:workspaces\/[^/]+\/)?tree\/(.*)$/.exec(pathname);
  const name = /^([^/?#]+\.ipynb)(?:[?#]|$)/.exec(href ?? "");
  if (!shown || !name) return null;
  const folder = decodeURIComponent(shown[1]).split("/").slice(0, -1);
  return [...folder, decodeURIComponent(name[1])].join("/");
}

/** A link; `update(href)` sets where it leads. */
export function makeLink(attributes = {}) {
  const link = element("a", attributes);
  // JupyterLab opens what carries these attributes in its own window, instead of loading itself anew.
  const stop = listen(link, "click", () => {
    const path = besidePath(location.pathname, link.getAttribute("href"));
    setAttribute(link, "data-commandlinker-command", path && "docmanager:open");
    setAttribute(link, "data-commandlinker-args", path && JSON.stringify({ path }));
  });
  return {
    element: link,
    update: (href) => setAttribute(link, "href", safeAddress(href)),
    destroy: stop,
  };
}
