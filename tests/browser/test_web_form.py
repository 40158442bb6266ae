"""
The form of examples/web_form.py in a real browser: somebody types, and the score rises.

No server and no port: what the page asks for is answered by the app itself.
"""

from __future__ import annotations

import os
import shutil

import pytest

from tests.examples.running import needs

CHROMIUM = os.environ.get("KOWHY_CHROMIUM") or shutil.which("chromium")

if not os.environ.get("KOWHY_CHROMIUM"):
    needs("fastapi", "httpx2", "playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium, or set KOWHY_CHROMIUM", allow_module_level=True)

from fastapi.testclient import TestClient  # noqa: E402  # only where it is installed
from playwright.sync_api import expect, sync_playwright  # noqa: E402  # the same

from examples.web_form import app, engine  # noqa: E402  # the same

HOME = "http://form.example/why/"
ITEMS = {item.key: item for item in engine.checklists["social_reasons"].items}


@pytest.fixture
def page():
    """
    The form, below a folder of the site, as where it is mounted in another app.
    """
    client = TestClient(app)

    def answered(route):
        asked = route.request
        if opened.hold and opened.hold in (asked.post_data or ""):
            opened.held.append(route)
            return
        if not asked.url.startswith(HOME):
            route.abort()
            return
        found = client.request(
            asked.method,
            f"/{asked.url.removeprefix(HOME)}",
            content=asked.post_data_buffer,
            headers={"Content-Type": asked.headers.get("content-type", "")},
        )
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        opened = browser.new_page()
        opened.errors, opened.hold, opened.held, opened.answered = [], "", [], answered
        opened.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.route("**/*", answered)
        opened.goto(HOME)
        yield opened
        browser.close()


ASKED_ONCE_MORE = """fetch("score", {method: "POST", headers: {"Content-Type": "application/json"}, body: "{}"})
    .then(answer => answer.json())"""


def score(page):
    return page.locator("meter").evaluate("meter => meter.value")


class TestTyping:
    def test_the_score_rises_while_somebody_types(self, page):
        """
        Key by key an answer climbs its rungs, and the page asks for what would help next.
        """
        box, rung = page.get_by_label(ITEMS["common_interests"].ask), page.locator("output[for=common_interests]")
        expect(page.locator("#next")).to_have_text(ITEMS["common_interests"].ask)
        scores = [score(page)]

        box.press_sequentially("music")
        expect(rung).to_have_text("vague")
        scores.append(score(page))
        box.press_sequentially(" by Bartok, string quartets on Friday nights")
        expect(rung).to_have_text("specific")
        scores.append(score(page))

        assert scores == sorted(set(scores))
        expect(page.locator("#next")).to_have_text(ITEMS["seeking"].ask)
        assert page.errors == []

    def test_a_late_answer_changes_nothing(self, page):
        """
        Where the answer to an older keystroke comes after that to a newer one, the newer one stays.
        """
        box, rung = page.get_by_label(ITEMS["rhythm"].ask), page.locator("output[for=rhythm]")
        page.hold = "often"
        box.fill("often")
        box.fill("every Tuesday 19-22")
        expect(rung).to_have_text("specific")

        page.hold = ""
        with page.expect_response("**/score"):
            page.answered(page.held.pop())
        # Whatever the page does with that answer it has done before the next one arrives.
        page.evaluate(ASKED_ONCE_MORE)

        expect(rung).to_have_text("specific")
        assert page.held == []

    def test_what_is_typed_is_never_markup(self, page):
        """
        An answer with tags in it changes nothing on the page.
        """
        page.get_by_label(ITEMS["rhythm"].ask).fill("<img src=x onerror=alert(1)> every Tuesday 19-22")

        expect(page.locator("output[for=rhythm]")).to_have_text("specific")
        assert page.locator("img").count() == 0

    def test_bad_input_is_told_beside_the_form(self, page):
        """
        The page says which field is wrong and what would work, and goes on when it is put right.
        """
        box = page.get_by_label(ITEMS["rhythm"].ask)

        box.fill("x" * 10_001)
        expect(page.locator("#next")).to_have_text("body rhythm: wanted at most 10000 characters")
        box.fill("every Tuesday 19-22")

        expect(page.locator("#next")).to_have_text(ITEMS["common_interests"].ask)
        assert page.errors == []

    def test_enter_sends_nothing_away(self, page):
        """
        Answers never land in an address, where others could read them.
        """
        box = page.get_by_label(ITEMS["rhythm"].ask)
        box.fill("every Tuesday 19-22")

        box.press("Enter")

        expect(box).to_have_value("every Tuesday 19-22")
        assert page.url == HOME
