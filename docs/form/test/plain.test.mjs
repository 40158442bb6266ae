// The form schemas in react-jsonschema-form without anything of ours: what a user gets who only hands them over.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { formSchemas } from "../build.mjs";
import { launch, visit } from "./browser.mjs";

const forms = formSchemas();
const folder = mkdtempSync(join(tmpdir(), "kowhy-form-"));
const address = pathToFileURL(join(folder, "plain.html")).href;
let browser;

before(async () => {
  await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: ["plain.jsx"],
    bundle: true,
    jsx: "automatic",
    outfile: join(folder, "plain.js"),
    logLevel: "warning",
  });
  writeFileSync(join(folder, "plain.html"), '<!doctype html><html lang="en"><meta charset="utf-8"><title>plain</title><body><script src="plain.js"></script></body></html>');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [why, schema] of Object.entries(forms)) {
  test(`${schema.title}: titles, questions, examples and choices are there, and it can be sent`, async () => {
    const page = await visit(browser, address);
    await page.evaluate((one) => window.show(one), schema);
    await page.locator("form").waitFor();
    const properties = Object.entries(schema.properties);
    const found = {};
    for (const [key, property] of properties) {
      const id = `root_${key}`;
      if (property.anyOf) {
        found[key] = { choices: (await page.locator(`select[id="${id}"] option`).allInnerTexts()).filter(Boolean) };
        await page.locator(`[id="${id}__anyof_select"]`).selectOption({ label: property.anyOf[1].title });
      }
      const input = page.locator(`input[id="${id}"]`);
      found[key] = {
        ...found[key],
        title: await page.locator(`label[for="${id}"]`).first().innerText(),
        question: await page.locator(`[id="${id}__description"]`).innerText(),
        examples: await page.locator(`[id="${await input.getAttribute("list")}"] option`).evaluateAll((all) => all.map((one) => one.value)),
      };
      await input.fill(property.examples[0]);
    }
    await page.locator("button[type=submit]").click();

    assert.deepEqual(found, Object.fromEntries(properties.map(([key, property]) => [key, {
      ...(property.anyOf && { choices: property.anyOf[0].enum }),
      title: property.title,
      question: property.description,
      examples: property.examples,
    }])));
    assert.deepEqual(await page.evaluate(() => window.submitted), [Object.fromEntries(properties.map(([key, { examples }]) => [key, examples[0]]))]);
    // Development builds of React speak up where something is wrong; what they say to everybody is not about us.
    assert.deepEqual(page.said.filter((line) => !line.includes("React DevTools")), []);
    await page.context().close();
  });
}

test("one line for all checklists puts an example into each empty field", async () => {
  const page = await visit(browser, address);
  const placeholders = {};
  for (const [why, schema] of Object.entries(forms)) {
    // As "Embed it in a web app" has it.
    const uiSchema = Object.fromEntries(
      Object.entries(schema.properties).map(([key, { examples }]) => [key, { "ui:placeholder": examples?.[0] }]),
    );
    await page.reload();
    await page.evaluate((both) => window.show(...both), [schema, uiSchema]);
    await page.locator("form").waitFor();
    placeholders[why] = await page.locator("input[type=text]").evaluateAll((all) => all.map((one) => one.placeholder));
  }

  // Items with choices begin as a list to choose from.
  assert.deepEqual(placeholders, Object.fromEntries(Object.entries(forms).map(([why, { properties }]) => [
    why,
    Object.values(properties).filter((one) => !one.anyOf).map(({ examples }) => examples[0]),
  ])));
  await page.context().close();
});
