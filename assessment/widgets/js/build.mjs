// Builds bundles/ from src/; with --check, fails if what is committed differs. Run `npm ci` first.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUNDLES = join(HERE, "bundles");
const WIDGETS = ["answer_sheet", "chart_page", "systems_map", "tool_page"];

/** The packages that went into a bundle: their folder names under node_modules, sorted. */
function packagesOf(output) {
  const names = Object.keys(output.inputs).map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

/** Name, version, licence and licence text of a package. */
async function licenceOf(name) {
  const folder = join(HERE, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  if (files.length === 0) throw new Error(`${name} ships no licence text`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return `${name} ${version} (${license})\n\n${texts.map((text) => text.replaceAll("\r\n", "\n").trim()).join("\n\n")}\n`;
}

/** All files of bundles/, by name: Map {"chart_page.js" → bytes}. */
async function built() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: WIDGETS.flatMap((name) => [`src/${name}.js`, `src/${name}.css`]),
    outdir: "bundles",
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "external",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path.slice(BUNDLES.length + 1), contents]));
  for (const name of WIDGETS) {
    const licences = await Promise.all(packagesOf(metafile.outputs[`bundles/${name}.js`]).map(licenceOf));
    if (licences.length) files.set(`${name}.LICENSES.txt`, Buffer.from(licences.join(`\n${"-".repeat(78)}\n\n`)));
  }
  return files;
}

/** The names of the built files that differ from the committed ones, and of committed ones no longer built. */
async function differences(files) {
  const present = await readdir(BUNDLES);
  const changed = [];
  for (const [name, contents] of files) {
    const committed = present.includes(name) ? await readFile(join(BUNDLES, name)) : null;
    if (!committed || Buffer.compare(committed, contents) !== 0) changed.push(name);
  }
  return [...changed, ...present.filter((name) => !files.has(name))];
}

const files = await built();
if (process.argv.includes("--check")) {
  const different = await differences(files);
  if (different.length > 0) {
    console.error(`bundles/ is not what src/ builds: ${different.join(", ")}. Run: npm ci && node build.mjs`);
    process.exit(1);
  }
  console.log("bundles/ is what src/ builds.");
} else {
  await mkdir(BUNDLES, { recursive: true });
  for (const [name, contents] of files) {
    await writeFile(join(BUNDLES, name), contents);
    console.log(`${name}  ${contents.length} bytes`);
  }
}
