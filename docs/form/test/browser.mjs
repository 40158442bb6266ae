// A page in headless Chromium, of which nothing goes unseen: what it says on the console, what it asks for.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const HERE = join(import.meta.dirname, "..");
export const TOP = join(HERE, "..", "..");
export const PAGE = pathToFileURL(join(HERE, "dist", "form", "index.html")).href;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

const FLAGS = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

export function launch() {
  const executablePath = process.env.KOWHY_CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}; install it, or say in KOWHY_CHROMIUM where it is`);
  return chromium.launch({ executablePath, args: FLAGS.map((flag) => `--${flag}`) });
}

/**
 * Open *address* in a fresh context. `page.said` collects what it says, `page.asked` what it asks for beside itself.
 */
export async function visit(browser, address, { permissions = [], axe = false, ...settings } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...settings });
  await context.grantPermissions(permissions);
  const page = await context.newPage();
  page.said = [];
  page.asked = [];
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(String(error)));
  page.on("request", (request) => page.asked.push(request.url()));
  await page.route((url) => url.protocol !== "file:", (route) => route.abort());
  // Put in before the page runs, for its policy would keep it out afterwards.
  if (axe) await page.addInitScript(AXE);
  await page.goto(address);
  return page;
}

/**
 * What axe finds on *page*: the rule, how bad it is, and where.
 */
export const broken = (page) =>
  page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => [id, impact, nodes.map((node) => node.html)]);
  });
