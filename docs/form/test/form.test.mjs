// The page that `npm run build` made, driven as a visitor would.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { formSchemas } from "../build.mjs";
import { HERE, PAGE, TOP, broken, launch, visit } from "./browser.mjs";

const forms = formSchemas();
const WHYS = Object.keys(forms);
const checklists = Object.fromEntries(
  WHYS.map((why) => [why, JSON.parse(readFileSync(join(TOP, "schemas", "checklists", `${why}.json`), "utf-8"))]),
);
const isProfile = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(join(TOP, "schemas", "profile.json"), "utf-8")));

const PHONE = { viewport: { width: 360, height: 740 } };

// What kowhy makes of a profile: the score and the rungs of a WHY, and how many recommendations its plan has.
const JUDGE = `
import json, sys, kowhy
text, why = sys.stdin.buffer.read(), sys.argv[1]
score = kowhy.score(text).whys[why]
print(json.dumps({
    "score": score.score,
    "rungs": {key: item.rung for key, item in score.items.items() if item.answers},
    "states": {key: item.state for key, item in score.items.items()},
    "advice": len(kowhy.plan(text).recommendations),
}))
`;
const judged = (profile, why) =>
  JSON.parse(execFileSync(process.env.KOWHY_PYTHON ?? "python", ["-c", JUDGE, why], { input: JSON.stringify(profile), encoding: "utf-8" }));

const shown = async (page) => JSON.parse(await page.locator("#profile pre").first().innerText());

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("there is a form for each of the six checklists", () => {
  assert.equal(WHYS.length, 6);
});

for (const why of WHYS) {
  const items = checklists[why].properties;

  describe(checklists[why].title, () => {
    test("each item has its label, its question as help, its choices to press and an example in the field", async () => {
      const page = await visit(browser, `${PAGE}#${why}`);
      const found = await page.locator(".kw-fields .kw-field").evaluateAll((fields) =>
        fields.map((field) => {
          const answer = field.querySelector("textarea");
          const group = field.querySelector("[role=radiogroup]");
          return {
            label: answer.labels[0].textContent,
            help: answer.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" "),
            placeholder: answer.placeholder,
            choices: group && [...group.querySelectorAll("input")].map((one) => one.labels[0].textContent),
            group: group && document.getElementById(group.getAttribute("aria-labelledby")).textContent,
            marks: [...field.querySelectorAll(".kw-tag")].map((one) => one.textContent),
            canDecline: field.querySelector("input[type=checkbox]") !== null,
            required: answer.required,
          };
        }),
      );

      assert.deepEqual(found, Object.values(items).map((item) => ({
        label: item.title,
        help: item["x-kowhy-ask"],
        placeholder: item["x-kowhy-examples"].specific[0],
        choices: item["x-kowhy-choices"] ? Object.keys(item["x-kowhy-choices"]) : null,
        group: item["x-kowhy-choices"] ? item.title : null,
        marks: [item["x-kowhy-core"] && "matters most", item["x-kowhy-sensitive"] && "stays private"].filter(Boolean),
        canDecline: item["x-kowhy-sensitive"] && !item["x-kowhy-core"],
        required: false,
      })));
      assert.equal(await page.locator("h2").first().innerText(), checklists[why].title);
      await page.context().close();
    });

    test("what is typed becomes a profile that kowhy reads, scores highly and plans with", async () => {
      const page = await visit(browser, `${PAGE}#${why}`);
      const wanted = { why };
      for (const [key, item] of Object.entries(items)) {
        wanted[key] = item["x-kowhy-examples"].specific[0];
        await page.locator(`#${why}_${key}`).fill(wanted[key]);
      }
      const profile = await shown(page);
      const { score, rungs, advice } = judged(profile, why);

      assert.deepEqual(profile, { format: "kowhy.profile/1", whys: [wanted] });
      assert.ok(isProfile(profile), JSON.stringify(isProfile.errors));
      assert.ok(score > 90, `${score}: ${JSON.stringify(rungs)}`);
      assert.deepEqual(Object.keys(rungs), Object.keys(items));
      assert.ok(advice > 0);
      assert.deepEqual(page.said, []);
      await page.context().close();
    });

    test("an untouched form is a profile already", async () => {
      const page = await visit(browser, `${PAGE}#${why}`);
      const profile = await shown(page);

      assert.deepEqual(profile, { format: "kowhy.profile/1", whys: [{ why }] });
      assert.ok(isProfile(profile));
      assert.equal(judged(profile, why).score, 0);
      await page.context().close();
    });

    test("axe finds nothing, wide and narrow, light and dark", async () => {
      const page = await visit(browser, `${PAGE}#${why}`, { axe: true });
      const wide = await broken(page);
      await page.setViewportSize(PHONE.viewport);
      const narrow = await broken(page);
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await broken(page);

      assert.deepEqual([wide, narrow, dark], [[], [], []]);
      await page.context().close();
    });

    test("no width makes anybody scroll sideways", async () => {
      const page = await visit(browser, `${PAGE}#${why}`);
      await page.locator(".kw-fields textarea").first().fill("Donaudampfschiff".repeat(20));
      for (const width of [320, 360, 480, 736, 959, 960, 1280]) {
        await page.setViewportSize({ width, height: 740 });
        const reach = await page.evaluate(() =>
          Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll("body *")].map((one) => one.getBoundingClientRect().right)),
        );

        assert.ok(reach <= width + 0.5, `${reach} at ${width}`);
      }
      await page.context().close();
    });
  });
}

describe("answers", () => {
  test("a choice can be pressed, told more closely, changed and taken back", async () => {
    const page = await visit(browser, `${PAGE}#learn`);
    const answer = page.locator("#learn_learn_kind");
    const kind = async () => (await shown(page)).whys[0].learn_kind;
    const steps = [];
    await page.getByRole("radio", { name: "craft", exact: true }).check();
    steps.push(await kind(), await page.locator(".kw-more").innerText());
    await answer.press("End");
    await answer.pressSequentially(": playing the piano");
    steps.push(await kind(), await page.locator(".kw-more").count());
    await page.getByRole("radio", { name: "trade", exact: true }).check();
    steps.push(await kind());
    await answer.fill("a Subject, Danish grammar");
    steps.push(await page.getByRole("radio", { name: "subject", exact: true }).isChecked());
    await answer.fill("marketing for a bakery");
    steps.push(await page.locator(".kw-choices input:checked").count());
    await page.getByRole("radio", { name: "subject", exact: true }).check();
    steps.push(await kind());
    await answer.fill("");
    steps.push(await kind(), await page.locator(".kw-choices input:checked").count());

    assert.deepEqual(steps, [
      "craft",
      "A few words more make it specific, for example “a craft: playing the piano”.",
      "craft: playing the piano",
      0,
      "trade: playing the piano",
      true,
      0,
      "subject: marketing for a bakery",
      undefined,
      0,
    ]);
    assert.deepEqual(page.said, []);
    await page.context().close();
  });

  test("the longer of two choices that begin alike is meant", async () => {
    const page = await visit(browser, `${PAGE}#social_reasons`);
    await page.locator("#social_reasons_parent_status").fill("non-parent, free on weekday evenings");

    assert.equal(await page.locator(".kw-choices input:checked").inputValue(), "non-parent");
    await page.context().close();
  });

  test("a bare choice is less than one with more words, and both count", async () => {
    const rungs = ["craft", "craft: playing the piano"].map(
      (learn_kind) => judged({ whys: [{ why: "learn", learn_kind }] }, "learn").rungs.learn_kind,
    );

    assert.deepEqual(rungs, ["named", "specific"]);
  });

  test("declining takes the answer away and is told to kowhy, and can be undone", async () => {
    const page = await visit(browser, `${PAGE}#more_business`);
    const field = page.locator(".kw-field", { has: page.locator("#more_business_demographic__description") });
    const box = field.getByRole("checkbox", { name: "I would rather not say" });
    await page.locator("#more_business_demographic").fill("owners aged 55-65 with no successor");
    await page.locator("#more_business_industry").fill("family-run hotels");
    await box.check();
    const profile = await shown(page);
    const fields = await field.locator("textarea").count();
    await box.uncheck();

    assert.deepEqual(profile.whys, [{ why: "more_business", industry: "family-run hotels", declined: ["demographic"] }]);
    assert.ok(isProfile(profile));
    assert.equal(judged(profile, "more_business").states.demographic, "declined");
    assert.equal(fields, 0);
    assert.deepEqual((await shown(page)).whys, [{ why: "more_business", industry: "family-run hotels" }]);
    assert.equal(await page.locator("#more_business_demographic").inputValue(), "");
    await page.context().close();
  });

  test("several purposes share a profile, in the order of the article, with the name; blank ones stay out", async () => {
    const page = await visit(browser, `${PAGE}#solve_a_problem`);
    await page.locator("#solve_a_problem_geography").fill("Fresno, zip 93720");
    await page.locator("#name").fill("  Dana ");
    await page.getByRole("radio", { name: "Pay it forward" }).check();
    await page.locator("#pay_it_forward_service").fill("   ");
    await page.getByRole("radio", { name: "Learn" }).check();
    await page.locator("#learn_topic").fill("playing the church organ");
    const profile = await shown(page);
    await page.getByRole("radio", { name: "Solve a specific problem" }).check();

    assert.deepEqual(profile, {
      format: "kowhy.profile/1",
      name: "Dana",
      whys: [
        { why: "learn", topic: "playing the church organ" },
        { why: "solve_a_problem", geography: "Fresno, zip 93720" },
      ],
    });
    assert.ok(isProfile(profile));
    assert.equal(await page.locator("#solve_a_problem_geography").inputValue(), "Fresno, zip 93720");
    assert.match(page.url(), /#solve_a_problem$/);
    await page.context().close();
  });

  test("an answer is one line, whatever is pasted, and no longer than kowhy reads", async () => {
    const page = await visit(browser, `${PAGE}#learn`);
    const topic = page.locator("#learn_topic");
    await topic.fill("two lines\r\n  of it\n");
    const pasted = (await shown(page)).whys[0].topic;
    await topic.press("End");
    await topic.press("Enter");
    const pressed = (await shown(page)).whys[0].topic;

    assert.deepEqual([pasted, pressed], ["two lines of it ", "two lines of it "]);
    assert.equal(await topic.getAttribute("maxlength"), "10000");
    await page.context().close();
  });

  test("markup is text", async () => {
    const page = await visit(browser, `${PAGE}#learn`);
    const text = `</script><img src="http://127.0.0.1:9/x.png" onerror="alert(1)"> {topic}`;
    await page.locator("#learn_topic").fill(text);

    assert.equal((await shown(page)).whys[0].topic, text);
    assert.equal(await page.locator("#page img").count(), 0);
    assert.deepEqual(page.said, []);
    await page.context().close();
  });
});

describe("the profile", () => {
  test("can be saved, and the file is what is shown", async () => {
    const page = await visit(browser, `${PAGE}#learn`);
    await page.locator("#learn_topic").fill("Zoë's café, Łódź");
    const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file" }).click()]);
    const text = readFileSync(await saved.path(), "utf-8");

    assert.equal(saved.suggestedFilename(), "kowhy-profile.json");
    assert.equal(text, `${JSON.stringify(await shown(page), null, 2)}\n`);
    assert.equal(judged(JSON.parse(text), "learn").rungs.topic, "specific");
    assert.equal(await page.getByRole("status").innerText(), "Saved as kowhy-profile.json.");
    assert.deepEqual(page.said, []);
    await page.context().close();
  });

  test("can be copied", async () => {
    const page = await visit(browser, `${PAGE}#learn`, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator("#learn_topic").fill("playing the church organ");
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("Copied to the clipboard.").waitFor();

    assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), await shown(page));
    await page.context().close();
  });

  test("where nothing may be copied, it is selected and the page says so", async () => {
    const page = await visit(browser, `${PAGE}#learn`);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
      document.execCommand = () => false;
    });
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("Copying is closed here").waitFor();

    assert.deepEqual(JSON.parse(await page.evaluate(() => getSelection().toString())), await shown(page));
    await page.context().close();
  });
});

describe("the page", () => {
  test("asks for nothing and complains of nothing, whatever is chosen", async () => {
    const page = await visit(browser, PAGE);
    for (const why of WHYS) {
      await page.getByRole("radio", { name: forms[why].title }).check();
      await page.locator(`#${why}__title`).waitFor();
    }
    await page.waitForLoadState("networkidle");

    assert.deepEqual(page.asked.filter((url) => !url.startsWith("data:")), [PAGE]);
    assert.deepEqual(page.said, []);
    await page.context().close();
  });

  test("its policy forbids to run texts, to load, to send, and to run or style what is put in", async () => {
    const page = await visit(browser, PAGE);
    const found = await page.evaluate(async () => {
      const refused = [];
      const told = new Promise((done) =>
        addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
          refused.push(effectiveDirective);
          if (refused.length === 5) done();
        }),
      );
      const script = Object.assign(document.createElement("script"), { textContent: "window.ran = true" });
      const style = Object.assign(document.createElement("style"), { textContent: "body { color: rgb(1, 2, 3) }" });
      document.body.append(script, style, Object.assign(document.createElement("img"), { src: "http://127.0.0.1:9/x.png" }));
      fetch("http://127.0.0.1:9/x.json").catch(() => {});
      // A timer runs it in the page: what the test itself runs is above the policy.
      setTimeout("window.ran = true");
      // What is not refused by then never will be.
      await Promise.race([told, new Promise((done) => setTimeout(done, 5000))]);
      return [window.ran ?? false, refused.sort()];
    });

    assert.deepEqual(found, [false, ["connect-src", "img-src", "script-src", "script-src-elem", "style-src-elem"]]);
    await page.context().close();
  });

  test("everything is reached with the tab key, from the top to the bottom, and shows that it is there", async () => {
    const page = await visit(browser, PAGE);
    await page.keyboard.press("Tab");
    for (let at = 0; at < 3; at++) await page.keyboard.press("ArrowDown");
    await page.locator("#social_reasons__title").waitFor();
    // Of a group of radio buttons the tab key visits one.
    const count = await page.evaluate(() => {
      const groups = new Set();
      const all = [...document.querySelectorAll("a[href], button, textarea, input, pre[tabindex]")].filter((one) => {
        if (one.offsetParent === null) return false;
        if (one.type !== "radio") return true;
        if (groups.has(one.name)) return false;
        return groups.add(one.name);
      });
      all.forEach((one, place) => Object.assign((one.type === "radio" ? one.closest("fieldset, [role=radiogroup]") : one).dataset, { place }));
      return all.length;
    });
    const reached = [];
    for (let at = 0; at < count; at++) {
      if (at > 0) await page.keyboard.press("Tab");
      reached.push(await page.evaluate(() => {
        const here = document.activeElement;
        const outlined = here.type === "radio" ? here.closest("label") : here;
        const { outlineStyle, outlineWidth } = getComputedStyle(outlined);
        return [here.closest("[data-place]")?.dataset.place, outlineStyle, outlineWidth];
      }));
    }

    assert.ok(count > 12);
    assert.deepEqual(reached, Array.from({ length: count }, (_, place) => [String(place), "solid", "3px"]));
    await page.context().close();
  });

  test("arrow keys choose the purpose", async () => {
    const page = await visit(browser, PAGE);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");

    assert.equal((await shown(page)).whys[0].why, WHYS[1]);
    assert.equal(await page.locator("h2").first().innerText(), forms[WHYS[1]].title);
    await page.context().close();
  });

  test("on a phone the way to the profile stays in sight, and leads there without losing an answer", async () => {
    const page = await visit(browser, `${PAGE}#learn`, PHONE);
    await page.locator("#learn_topic").fill("playing the church organ");
    const link = page.getByRole("link", { name: "Your profile: 1 answer" });
    const { y, height } = await link.boundingBox();
    await link.click();
    const top = (await page.locator("#profile").boundingBox()).y;

    assert.ok(y >= 0 && y + height <= PHONE.viewport.height, `${y}`);
    assert.ok(top >= 0 && top < PHONE.viewport.height, `${top}`);
    assert.deepEqual((await shown(page)).whys, [{ why: "learn", topic: "playing the church organ" }]);
    await page.context().close();
  });

  test("an example that is longer than the field is seen whole", async () => {
    const page = await visit(browser, `${PAGE}#social_reasons`, PHONE);
    const cut = await page.locator("textarea").evaluateAll((all) =>
      all.filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1).map((one) => one.placeholder),
    );

    assert.deepEqual(cut, []);
    await page.context().close();
  });

  test("dark is dark", async () => {
    const page = await visit(browser, PAGE, { colorScheme: "dark" });
    const grounds = await page.evaluate(() =>
      ["html", ".kowhy", ".kw-result", "textarea", "pre"].map((one) =>
        Math.max(...getComputedStyle(document.querySelector(one)).backgroundColor.match(/\d+/g).slice(0, 3).map(Number)),
      ),
    );

    assert.ok(grounds.every((brightest) => brightest < 60), String(grounds));
    await page.context().close();
  });

  test("where scripts are off it says what to do instead", async () => {
    const page = await visit(browser, PAGE, { javaScriptEnabled: false });

    assert.match(await page.locator("body").innerText(), /kowhy ask/);
    await page.context().close();
  });

  test("the licences of what is in it lie beside it", () => {
    const text = readFileSync(join(HERE, "dist", "form", "licences.txt"), "utf-8");

    for (const name of ["@rjsf/core 6.11.1 (Apache-2.0)", "react 19.3.1 (MIT)", "react-dom 19.3.1 (MIT)"]) assert.ok(text.includes(name), name);
  });

  test("axe is awake: a button without a name does not get past it", async () => {
    const page = await visit(browser, PAGE, { axe: true });
    await page.evaluate(() => document.querySelector("main").append(document.createElement("button")));

    assert.ok((await broken(page)).some(([rule]) => rule === "button-name"));
    await page.context().close();
  });
});
