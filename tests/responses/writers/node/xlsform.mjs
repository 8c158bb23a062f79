// ODK's own engine, which ODK Web Forms stands on, without a browser.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
for (const name of ["DOMParser", "XMLSerializer", "Node", "Element", "Document", "XPathResult", "window", "document"]) {
  globalThis[name] ??= window[name];
}
for (const name of ["XMLDocument", "Attr", "Text", "CDATASection", "Comment", "NodeFilter", "XPathEvaluator"]) {
  globalThis[name] ??= window[name];
}
// The XPath parser within the engine is built for browsers and for CommonJS, not for modules of Node: let it see none.
globalThis.process = Object.create(process, { versions: { value: {} } });
const { loadForm } = await import("@getodk/xforms-engine");

export async function open(xml) {
  const form = await loadForm(xml);
  return { form, errors: form.error ? [String(form.error)] : form.warnings ? [String(form.warnings)] : [] };
}

function* leaves(node) {
  for (const child of node.currentState.children ?? []) {
    if (!child.currentState.relevant) continue;
    if (child.nodeType === "group") yield* leaves(child);
    else yield child;
  }
}

const last = (node) => node.currentState.reference.split("/").at(-1);
const codeOf = (node) => last(node).split("__")[0];

function find(root, name) {
  return [...leaves(root)].find((node) => last(node) === name);
}

function isIn(node, group) {
  return node.currentState.reference.split("/").at(-2).startsWith(group);
}

function fill(root, person) {
  const asked = [];
  const beside = [];
  // What is not shown yet is met in its turn: pages come one after the other.
  for (const node of leaves(root)) {
    if (isIn(node, "page_") && node.nodeType === "select") {
      asked.push(codeOf(node));
      node.selectValue(person.answers[codeOf(node)] || null);
    } else if (isIn(node, "to_finish")) {
      beside.push(last(node));
      if (node.nodeType === "select") node.selectValues(person.chosen[last(node)] ?? []);
      else node.setValue(person.texts[last(node)] ?? "");
    }
  }
  return { asked, beside };
}

function said(root, name, value) {
  const node = find(root, name);
  if (node) node.selectValue(value || null);
}

export async function answer(form, person) {
  const { root } = form.createInstance();
  if (person.before !== null) {
    said(root, "role", person.before);
    fill(root, person);
  }
  said(root, "role", person.role);
  said(root, "unit", person.unit);
  const { asked, beside } = fill(root, person);
  const payload = await root.prepareInstancePayload();
  if (payload.status !== "ready") throw new Error(`not sent: ${JSON.stringify(payload.violations)}`);
  const xml = await payload.data[0].get("xml_submission_file").text();
  return { asked, beside, data: leavesOf(xml) };
}

// What a server keeps of it: each leaf's path below the root, and its text.
function leavesOf(xml) {
  const tree = new window.DOMParser().parseFromString(xml, "text/xml");
  const found = [];
  const walk = (element, path) => {
    if (element.children.length === 0) found.push([path, element.textContent]);
    for (const child of element.children) walk(child, [...path, child.localName]);
  };
  for (const child of tree.documentElement.children) walk(child, [child.localName]);
  return found;
}

// Markdown comes as a tree: what a reader sees of it are its leaves, and where a line ends.
function seen(nodes) {
  const one = (node) => (node.elementName === "br" ? "\n" : "value" in node ? node.value : seen(node.children ?? []));
  return nodes.map(one).join("");
}

export async function texts(form, language) {
  const { root } = form.createInstance();
  root.setLanguage(root.languages.find((one) => one.language.endsWith(`(${language})`)));
  const found = [];
  for (const node of leaves(root)) {
    const { label, hint, valueOptions } = node.currentState;
    if (label) found.push([last(node), seen(label.formatted)]);
    if (hint) found.push([`${last(node)}?`, seen(hint.formatted)]);
    for (const option of valueOptions ?? []) found.push([`${last(node)}=${option.value}`, seen(option.label.formatted)]);
  }
  return found;
}
