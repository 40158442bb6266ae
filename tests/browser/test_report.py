"""
The page in a real browser: quiet, easy to use with keys, on a phone, in the dark and on paper.

It needs Chromium, Playwright's Python package and axe-core; what is not there is skipped. Where ``KOWHY_CHROMIUM`` or
``KOWHY_AXE`` say where these are, nothing is skipped: what is missing then fails.
"""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import pytest

from kowhy.engine import Engine
from kowhy.render.html import to_fragment, to_html

PROFILES = Path(__file__).parents[2] / "examples" / "profiles"

CHROMIUM = os.environ.get("KOWHY_CHROMIUM") or shutil.which("chromium")
AXE = os.environ.get("KOWHY_AXE")

if not os.environ.get("KOWHY_CHROMIUM"):
    pytest.importorskip("playwright.sync_api", reason="no Playwright: python -m pip install playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium, or set KOWHY_CHROMIUM", allow_module_level=True)

from playwright.sync_api import expect, sync_playwright  # noqa: E402  # only where it is

needs_axe = pytest.mark.skipif(
    not AXE,
    reason="no axe-core: npm install --prefix DIR axe-core, and set KOWHY_AXE=DIR/node_modules/axe-core/axe.min.js",
)

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@cache
def made(name):
    """
    Plan and scorecard of an example profile.
    """
    source = (PROFILES / f"{name}.json").read_text(encoding="utf-8")
    engine = Engine()
    return engine.plan(source), engine.score(source)


def whole(name, *, share=False):
    """
    The page with everything on it.
    """
    plan, card = made(name)
    return to_html(plan, scorecard=card, share=share)


PAGES = {
    "plan and score": lambda: whole("roofing_referrals"),
    "several whys": lambda: whole("three_whys_physio"),
    "vague": lambda: whole("thin_more_clients"),
    "full score": lambda: whole("deposit_kept_private"),
    "shared": lambda: whole("deposit_kept_private", share=True),
    "score alone": lambda: to_html(made("bakery_weddings")[1]),
    "plan alone": lambda: to_html(made("bakery_weddings")[0].head(3)),
    "markup": lambda: whole("hard/markup_and_control"),
    "other language": lambda: whole("hard/other_language"),
    "danger": lambda: whole("hard/danger_to_life"),
}
every_page = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module")
def browser():
    """
    Chromium without a window.
    """
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM)
        yield found
        found.close()


@pytest.fixture
def visit(browser, tmp_path):
    """
    Open a page from a file; nothing that it might say on the console or ask for goes unseen.
    """
    contexts = []

    def opened(source, *, before="", permissions=(), **settings):
        path = tmp_path / "report.html"
        path.write_text(source, encoding="utf-8", newline="")
        context = browser.new_context(**({"viewport": DESK, "reduced_motion": "reduce"} | settings))
        contexts.append(context)
        if permissions:
            context.grant_permissions(list(permissions))
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: page.asked.append(request.url))
        page.route(lambda url: url != path.as_uri(), lambda route: route.abort())
        if before:
            page.add_init_script(before)
        page.goto(path.as_uri())
        page.home = path.as_uri()
        return page

    yield opened
    for context in contexts:
        context.close()


def unfold(page):
    """
    Show what is folded.
    """
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


class TestQuiet:
    @every_page
    def test_asks_for_nothing_and_complains_of_nothing(self, visit, name):
        """
        The one thing that is loaded is the page; the console stays empty, and nothing pops up.
        """
        page = visit(PAGES[name]())
        page.wait_for_load_state("networkidle")

        assert page.said == []
        assert [url for url in page.asked if not url.startswith("data:")] == [page.home]

    def test_the_policy_holds(self, visit):
        """
        Even if something got into the page, it could neither run, nor load, nor dress itself up.
        """
        page = visit(PAGES["plan and score"]())
        ran, colour, refused = page.evaluate(
            """async () => {
                const refused = [];
                const told = new Promise((done) => addEventListener("securitypolicyviolation", (event) => {
                    refused.push(event.effectiveDirective);
                    if (refused.length === 3) done();
                }));
                const script = document.createElement("script");
                script.textContent = "window.ran = true";
                const style = document.createElement("style");
                style.textContent = "body { color: rgb(1, 2, 3) }";
                const image = document.createElement("img");
                image.src = "http://127.0.0.1:9/x.png";
                document.body.append(script, style, image);
                await told;
                return [window.ran ?? false, getComputedStyle(document.body).color, refused.sort()];
            }"""
        )

        assert ran is False
        assert colour != "rgb(1, 2, 3)"
        assert refused == ["img-src", "script-src-elem", "style-src-elem"]

    def test_works_without_script(self, visit):
        """
        Where scripts are off everything is there to read, and no button stands that would do nothing.
        """
        page = visit(PAGES["plan and score"](), java_script_enabled=False)

        assert page.locator(".kw-say .kw-words").first.is_visible()
        assert not any(button.is_visible() for button in page.locator("button").all())


class TestCopying:
    CLIPBOARD = ("clipboard-read", "clipboard-write")

    def test_each_button_copies_its_text(self, visit):
        """
        A click puts the text on the clipboard, letter for letter, and says so to those who listen.
        """
        plan, _ = made("roofing_referrals")
        few = plan.head(3)
        page = visit(to_html(few), permissions=self.CLIPBOARD)
        wanted = [one.find for one in few.where] + [one.text for one in few.say]
        wanted += [one.find for one in (*few.whom, *few.how) if one.find]
        copied = []
        for button in page.locator(".kw-copy").all():
            page.evaluate("navigator.clipboard.writeText('')")
            button.click()
            page.locator("#said", has_text="Copied to the clipboard.").wait_for(state="attached")
            copied.append(page.evaluate("navigator.clipboard.readText()"))

        assert copied == wanted
        assert page.said == []

    def test_the_button_says_so_for_a_while(self, visit):
        """
        The button reads "Copied", and after two seconds "Copy" again, also when pressed twice.
        """
        page = visit(PAGES["plan and score"](), permissions=self.CLIPBOARD)
        label = page.locator(".kw-copy > span").first
        before = label.inner_text()
        label.click()
        label.click()
        expect(label).to_have_text("Copied")
        expect(label).to_have_text("Copy")

        assert before == "Copy"

    def test_where_the_clipboard_is_closed(self, visit):
        """
        Where a page may not write to the clipboard, the old way is taken.
        """
        closed = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"
        plan, _ = made("roofing_referrals")
        page = visit(to_html(plan.head(3)), before=closed, permissions=self.CLIPBOARD)
        page.locator(".kw-say .kw-copy").first.click()
        page.locator("#said", has_text="Copied to the clipboard.").wait_for(state="attached")

        assert page.evaluate("navigator.clipboard.readText()") == plan.head(3).say[0].text

    def test_where_nothing_may_be_copied(self, visit):
        """
        Where neither way is open, the text is selected and the page says what to do.
        """
        closed = "delete Navigator.prototype.clipboard; Document.prototype.execCommand = () => false"
        plan, _ = made("roofing_referrals")
        page = visit(to_html(plan.head(3)), before=closed)
        page.locator(".kw-say .kw-copy").first.click()
        page.locator("#said", has_text="copy them with the keyboard").wait_for(state="attached")

        assert page.evaluate("getSelection().toString()") == plan.head(3).say[0].text
        assert page.locator(".kw-say .kw-copy > span").first.inner_text() == "Copy"


class TestKeyboard:
    @pytest.mark.parametrize("name", ["several whys", "danger"])
    def test_reaches_everything_in_its_order(self, visit, name):
        """
        The tab key visits every link, button and fold from the top to the bottom, and each shows that it is there.
        """
        page = visit(PAGES[name]())
        unfold(page)
        count = page.evaluate(
            """() => {
                const all = [...document.querySelectorAll("a[href], button, summary")];
                all.forEach((one, index) => { one.dataset.place = index; });
                return all.length;
            }"""
        )
        reached = []
        for _ in range(count):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate(
                    """() => {
                        const style = getComputedStyle(document.activeElement);
                        return [document.activeElement.dataset.place, style.outlineStyle, style.outlineWidth];
                    }"""
                )
            )

        assert count > 1
        assert reached == [[str(place), "solid", "3px"] for place in range(count)]

    def test_enter_copies_and_unfolds(self, visit):
        """
        Whoever has no mouse can copy and unfold, and stays where they were.
        """
        page = visit(PAGES["several whys"](), permissions=TestCopying.CLIPBOARD)
        page.locator(".kw-say .kw-copy").first.press("Enter")
        page.locator("#said", has_text="Copied to the clipboard.").wait_for(state="attached")
        focused = page.evaluate("document.activeElement.className")
        page.locator("summary").first.press("Enter")

        assert "kw-copy" in focused
        assert page.locator("details").first.get_attribute("open") is not None

    def test_links_lead_to_their_sections(self, visit):
        """
        A link at the top brings its section into view.
        """
        page = visit(PAGES["several whys"]())
        page.locator("nav a", has_text="With whom").press("Enter")
        expect(page.locator("#whom h2")).to_be_in_viewport()

        assert page.url.endswith("#whom")


@needs_axe
class TestAxe:
    def broken(self, page):
        found = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
        return [(one["id"], one["impact"], [node["html"] for node in one["nodes"]]) for one in found]

    @every_page
    def test_finds_nothing(self, visit, name):
        """
        The accessibility checker finds nothing at all, folded or unfolded, in light and dark, wide and narrow.
        """
        page = visit(PAGES[name](), before=Path(AXE).read_text(encoding="utf-8"))
        folded = self.broken(page)
        unfold(page)
        page.set_viewport_size(PHONE)
        narrow = self.broken(page)
        page.emulate_media(color_scheme="dark")
        dark = self.broken(page)

        assert (folded, narrow, dark) == ([], [], [])

    def test_would_find_something(self, visit):
        """
        The checker is awake: a button without a name and pale words do not get past it.
        """
        bad = PAGES["plan and score"]().replace(
            "<main>", '<main><button></button><p dir="auto" class="kw-dim">pale</p>'
        )
        page = visit(bad, before=Path(AXE).read_text(encoding="utf-8"))

        assert "button-name" in [rule for rule, _, _ in self.broken(page)]


def channel(part):
    part /= 255
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one, other):
    """
    The contrast of two colours as WCAG 2 defines it.
    """
    lights = []
    for colour in (one, other):
        red, green, blue = (channel(int(part)) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


class TestColours:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_the_picture_is_easy_to_see(self, visit, scheme):
        """
        Letters in the picture stand out from their ground by 4.5, bars and the dashes of what could be added by 3.
        """
        page = visit(PAGES["several whys"](), color_scheme=scheme)
        ground, letters, bars = page.evaluate(
            """() => {
                const of = (selector, key) => [...document.querySelectorAll(selector)].map(
                    (one) => getComputedStyle(one)[key]);
                const bars = of("rect:not(.kw-fill-track):not(.kw-gain)", "fill");
                return [of(".kw-score", "backgroundColor")[0], of(".kw-picture text", "fill"),
                    [...bars, ...of(".kw-gain", "stroke")]];
            }"""
        )

        assert min(contrast(colour, ground) for colour in letters) >= 4.5
        assert min(contrast(colour, ground) for colour in bars) >= 3

    def test_dark_is_dark(self, visit):
        """
        Whoever asks for dark pages gets one, to its very edges.
        """
        page = visit(PAGES["plan and score"](), color_scheme="dark")
        grounds = page.evaluate(
            """["html", ".kowhy", ".kw-score"].map(
                (one) => getComputedStyle(document.querySelector(one)).backgroundColor)"""
        )

        assert all(contrast(ground, "rgb(255,255,255)") > 13 for ground in grounds)

    def test_few_colours(self, visit):
        """
        With the colours of the system only, what is earned still differs from the room that is left.
        """
        page = visit(PAGES["plan and score"](), forced_colors="active")
        earned, room = page.evaluate(
            """['.kw-fill-specific', '.kw-fill-track'].map(
                (one) => getComputedStyle(document.querySelector(`.kw-picture ${one}`)).fill)"""
        )

        assert earned != room


class TestWidth:
    @every_page
    def test_nothing_sticks_out(self, visit, name):
        """
        No width makes anybody scroll sideways, with everything unfolded.
        """
        page = visit(PAGES[name]())
        unfold(page)
        for width in (320, 360, 480, 481, 736, 960, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            wide, outside = page.evaluate(
                """() => [document.documentElement.scrollWidth,
                    [...document.querySelectorAll("body *")].filter((one) => !one.closest(".kw-vh")
                        && one.getBoundingClientRect().right > innerWidth + 0.5).map((one) => one.className)]"""
            )

            assert outside == []
            assert wide <= width

    def test_a_word_without_end(self, visit):
        """
        Neither does a word that fills three lines.
        """
        engine, word = Engine(), "Donaudampfschiff" * 20
        profile = {"name": word, "whys": [{"why": "learn", "topic": word, "purpose": word, "place_format": word}]}
        page = visit(to_html(engine.plan(profile), scorecard=engine.score(profile)), viewport=PHONE)
        unfold(page)

        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    def test_letters_of_the_picture_can_be_read_on_a_phone(self, visit):
        """
        On a phone no letter in the picture is smaller than nine pixels, and no two of a row meet.
        """
        page = visit(PAGES["several whys"](), viewport=PHONE)
        sizes, meeting = page.evaluate(
            """() => {
                const rows = [...document.querySelectorAll(".kw-picture g")].map(
                    (one) => [...one.querySelectorAll("text")]);
                const scale = (one) => one.getScreenCTM().a * parseFloat(getComputedStyle(one).fontSize);
                return [[...document.querySelectorAll(".kw-picture text")].map(scale),
                    rows.filter(([a, b]) => a.getBoundingClientRect().right > b.getBoundingClientRect().left).length];
            }"""
        )

        assert min(sizes) >= 9
        assert meeting == 0


class TestPaper:
    def test_printed(self, visit):
        """
        On paper everything is unfolded, dark on white whatever the screen is like, without what only a screen can do.
        """
        page = visit(PAGES["several whys"](), color_scheme="dark")
        page.emulate_media(media="print", color_scheme="dark")
        ground, ink = page.evaluate(
            """() => { const style = getComputedStyle(document.querySelector(".kowhy"));
                return [style.backgroundColor, style.color]; }"""
        )
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        folded = page.locator("details:not([open])").count()
        page.evaluate("dispatchEvent(new Event('afterprint'))")

        assert contrast(ground, ink) > 15
        assert ground == "rgb(255, 255, 255)"
        assert not page.locator(".kw-copy").first.is_visible()
        assert not page.locator("nav").is_visible()
        assert folded == 0
        assert page.locator("details:not([open])").count() > 0

    def test_makes_a_document(self, visit):
        """
        Printing to a file gives a document of several pages.
        """
        page = visit(PAGES["plan and score"]())

        assert page.pdf().count(b"/Type /Page\n") > 2


class TestFragment:
    def test_leaves_its_neighbours_alone(self, visit):
        """
        Put into another page, it changes nothing around it and asks for nothing.
        """
        around = '<!doctype html><html lang="en"><title>x</title><body><h1 id="mine">Mine</h1>{}</body></html>'
        measured = []
        for inside in ("", to_fragment(made("roofing_referrals")[1])):
            page = visit(around.format(inside))
            measured.append(
                page.evaluate(
                    """() => { const style = getComputedStyle(document.querySelector("#mine"));
                        return [...style].map((key) => style.getPropertyValue(key)).join(); }"""
                )
            )

        assert measured[0] == measured[1]
        assert all(picture.is_visible() for picture in page.locator(".kw-picture").all())
        assert page.said == []
        assert page.asked == [page.home]
