// Builds dist/form/index.html: one page with the form of each WHY, made from the checklists as they are now. Nothing
// is fetched, neither here nor by the page.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { compileSchemaValidatorsCode } from "@rjsf/validator-ajv8/lib/compileSchemaValidatorsCode.js";
import { words } from "./src/words.js";

const HERE = import.meta.dirname;
const TOP = join(HERE, "..", "..");
const LOOK = join(TOP, "src", "kowhy", "render", "page");
const OUT = join(HERE, "dist", "form");

const read = (...parts) => readFileSync(join(...parts), "utf-8");

/**
 * The form schemas by WHY, from the library itself.
 */
export function formSchemas() {
  const python = process.env.KOWHY_PYTHON ?? "python";
  try {
    return JSON.parse(execFileSync(python, [join(HERE, "form_schemas.py")], { encoding: "utf-8" }));
  } catch {
    // What went wrong in Python, Python has said.
    throw new Error(`${python} makes no form schemas; activate the environment with kowhy in it, or name its python in KOWHY_PYTHON`);
  }
}

// A validator that is compiled here and not in the browser: there it would need the right to run texts as code.
const compiled = (forms) => ({
  name: "kowhy",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^kowhy:/ }, ({ path }) => ({ path, namespace: "kowhy" }));
    onLoad({ filter: /^kowhy:forms$/, namespace: "kowhy" }, () => {
      const { properties } = JSON.parse(read(TOP, "schemas", "profile.json"));
      return { contents: JSON.stringify({ forms, longest: properties.name.maxLength }), loader: "json" };
    });
    onLoad({ filter: /^kowhy:validators$/, namespace: "kowhy" }, () => {
      const names = Object.keys(forms);
      return {
        contents: `${names.map((why) => `import * as ${why} from "kowhy:validator/${why}";`).join("\n")}\nexport default { ${names.join(", ")} };`,
        resolveDir: HERE,
      };
    });
    onLoad({ filter: /^kowhy:validator\//, namespace: "kowhy" }, ({ path }) => ({
      contents: compileSchemaValidatorsCode(forms[path.split("/")[1]]),
      resolveDir: HERE,
    }));
  },
});

/**
 * The licences of the packages that went into the bundle, one after the other.
 */
function licences(inputs) {
  const used = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
  const folders = new Set(used.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(read(HERE, folder, "package.json"));
    const file = ["LICENSE", "LICENSE.md", "license", "LICENSE.txt", "license.md"].find((one) => existsSync(join(HERE, folder, one)));
    if (!file) throw new Error(`${name} brings no licence text`);
    return `${name} ${version} (${license})\n\n${read(HERE, folder, file).trim()}\n`;
  }).join(`\n${"-".repeat(80)}\n\n`);
}

const hash = (content) => `'sha256-${createHash("sha256").update(content, "utf-8").digest("base64")}'`;

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Cpath fill='%230e6b64' d='M2 2h12v3H2zM2 7h8v3H2zM2 12h5v2H2z'/%3E%3C/svg%3E";

function document(style, script) {
  const policy = [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${ICON}">
<title>${words.tab}</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<noscript><div class="kowhy"><main class="kw-page"><h1>${words.title}</h1><p>${words.noScript}</p></main></div></noscript>
<script>${script}</script>
</body>
</html>
`;
}

async function main() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: HERE,
    entryPoints: ["src/page.jsx"],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    legalComments: "none", // the licences stand in a file of their own
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [compiled(formSchemas())],
    logLevel: "warning",
  });
  const style = read(LOOK, "report.css") + read(LOOK, "page.css") + read(HERE, "src", "form.css");
  const script = outputFiles[0].text;
  if (/<\/(script|style)/i.test(script + style)) throw new Error("the bundle would end its own element");
  const page = document(style, script);
  rmSync(join(HERE, "dist"), { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, "index.html"), page);
  writeFileSync(join(OUT, "licences.txt"), licences(Object.values(metafile.outputs)[0].inputs));
  console.log(`dist/form/index.html: ${Math.round(Buffer.byteLength(page) / 1024)} KiB`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    console.error(`docs/form: ${error.message}`);
    process.exitCode = 1;
  });
}
