// Builds everything a browser needs into ui/static/dist: CSS, scripts, fonts, icon sprite.
// Runs in well under a second; `--watch` rebuilds on change. No other step touches dist.
import { build, context } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..", "..");
const modules = join(root, "node_modules");
const dist = join(here, "..", "static", "dist");

/** One SVG with a <symbol> per icon, so that a page fetches all icons in one cached request. */
async function sprite() {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8"));
  const symbols = await Promise.all(
    names.map(async (name) => {
      const source = await readFile(join(modules, "lucide-static", "icons", `${name}.svg`), "utf8");
      const shapes = source.replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>\s*$/, "");
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s+/g, " ").trim()}</symbol>`;
    }),
  );
  const all = symbols.join("");
  await writeFile(join(dist, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${all}</svg>\n`);
}

/** WOFF2 for the pages; plain WOFF in two weights for PDFs, where variable fonts are no use. */
async function fonts() {
  const pages = join(modules, "@fontsource-variable", "figtree", "files");
  const sheets = join(modules, "@fontsource", "figtree", "files");
  for (const subset of ["latin", "latin-ext"]) {
    const name = `figtree-${subset}-wght-normal.woff2`;
    await copyFile(join(pages, name), join(dist, name));
    for (const weight of [400, 700]) {
      const sheet = `figtree-${subset}-${weight}-normal.woff`;
      await copyFile(join(sheets, sheet), join(dist, sheet));
    }
  }
}

const entries = (await readdir(join(here, "js"))).filter((name) => name.endsWith(".js"));
const options = {
  entryPoints: [
    join(here, "css", "main.css"),
    ...entries.map((name) => join(here, "js", name)),
  ],
  outdir: dist,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  sourcemap: "linked",
  format: "iife",
  target: ["chrome123", "firefox125", "safari17.5"],
  external: ["*.woff2"],
  logLevel: "warning",
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([sprite(), fonts()]);
if (process.argv.includes("--watch")) {
  const watcher = await context({ ...options, logLevel: "info" });
  await watcher.watch();
} else {
  await build(options);
}
