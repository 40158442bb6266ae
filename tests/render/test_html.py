"""
The page for a browser: it says all that is known, asks nobody for anything, and shows whatever it is given as text.
"""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from base64 import b64encode
from functools import cache
from hashlib import sha256

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kowhy._frozen import FrozenMap
from kowhy.errors import Fault
from kowhy.plans import PARTS, NearMiss, Plan, Recommendation, Sharpen, plain
from kowhy.questions import questions
from kowhy.rating.model import Reason
from kowhy.render.html import to_fragment, to_html
from kowhy.render.page.picture import WIDTH, rows_of
from kowhy.render.safe import printable
from kowhy.scorecards import Dominance, Finding, Overlap
from kowhy.texts import texts
from kowhy.whys import State
from tests.cards import card, checklist, item
from tests.render.pages import ENGINE, PROFILES, Page, read

GOOD = sorted(path.stem for path in PROFILES.glob("*.json"))
OWN = texts("report")


@cache
def both(name):
    """
    The whole plan and the scorecard of an example.
    """
    source = read(name)
    return ENGINE.plan(source), ENGINE.score(source)


def advice(part, number=1, **more):
    """
    A recommendation with a text in every place.
    """
    kinds = {
        "where": {"name": "room", "text": "go", "find": "words to type", "because": "fits"},
        "say": {"name": "script", "say": "hello", "moment": "later", "because": "kind"},
        "whom": {"name": "person", "text": "ask", "because": "knows"},
        "how": {"when": "Monday comes", "then": "go", "count": "twice", "stop": "enough", "because": "works"},
    }
    made = {key: f"{text} {number}" for key, text in kinds[part].items()}
    return attrs.evolve(Recommendation.of(f"{part}.{number}", part, **made), whys=("learn",), **more)


class TestDocument:
    @pytest.mark.parametrize("name", GOOD)
    def test_one_sound_page(self, name):
        """
        Every element closes in its place, ids are used once, and links within the page lead somewhere.
        """
        plan, found = both(name)
        page = Page(to_html(plan, scorecard=found))
        ids = page.attributes("id")

        assert len(ids) == len(set(ids))
        assert {href[1:] for href in page.attributes("href") if href.startswith("#")} == {
            name for name in ids if name != "said"
        }

    def test_the_policy_names_what_stands_in_the_page_and_nothing_else(self):
        """
        The content security policy allows the one style and the one script by their hashes, and no other source.
        """
        plan, found = both("roofing_referrals")
        page = Page(to_html(plan, scorecard=found))
        (policy,) = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
        (style,), (script,) = page.raw["style"], page.raw["script"]
        allowed = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]

        assert policy.split("; ") == [
            "default-src 'none'",
            f"style-src 'sha256-{allowed[0]}'",
            f"script-src 'sha256-{allowed[1]}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]

    def test_the_policy_comes_first(self):
        """
        Nothing but the encoding stands before the policy, so that it governs all the rest.
        """
        names = Page(to_html(card(learn={}))).tags[:4]

        assert [name for name, _ in names] == ["html", "head", "meta", "meta"]
        assert "http-equiv" in names[3][1]

    @pytest.mark.parametrize("name", GOOD)
    def test_asks_nobody(self, name):
        """
        Nothing in it is fetched: no source, no style on an element, no handler, and links only to domains.
        """
        plan, found = both(name)
        page = Page(to_html(plan, scorecard=found))
        given_ = {key for _, attributes in page.tags for key in attributes}
        homes = {f"https://{one.homepage}" for one in plan.recommendations if one.homepage}

        assert not {key for key in given_ if key.startswith("on") or key in {"src", "srcset", "style", "action"}}
        assert {href for href in page.attributes("href") if href[0] != "#" and not href.startswith("data:")} == homes
        assert not [text for texts_ in page.raw.values() for text in texts_ if "url(" in text or "import" in text]

    def test_links_tell_nobody_where_the_reader_comes_from(self):
        """
        A link to a homepage carries no referrer and gives the other page no hold on this one.
        """
        one = advice("where", homepage="example.org", confirmed="2026-11")
        page = Page(to_html(Plan(whys=("learn",), where=(one,))))
        (link,) = [found for name, found in page.tags if name == "a" and found["href"].startswith("https:")]

        assert link == {"href": "https://example.org", "rel": "noopener noreferrer", "target": "_blank"}
        assert "(seen 2026-11)" in page.text

    @pytest.mark.parametrize(
        "homepage",
        ["javascript:alert(1)", 'example.org" onclick="x', "../../etc", "localhost", "a b.org", "ex\u200bample.org"],
    )
    def test_what_is_no_domain_is_no_link(self, homepage):
        """
        A plugin's homepage that is no domain stays text.
        """
        page = Page(to_html(Plan(whys=("learn",), where=(advice("where", homepage=homepage),))))

        assert not [href for href in page.attributes("href") if "://" in href and not href.startswith("data:")]
        assert printable(homepage) in page.text

    @pytest.mark.parametrize("encoding", ["cp1252", "ascii", "shift_jis"])
    def test_any_terminal_may_write_it(self, encoding):
        """
        Written in an older encoding the page is the same, so that its policy still fits and nothing is garbled.
        """
        found = card(name="Zoë", learn={"topic": item("チェロ 🎻")})
        source = to_html(found)
        page = Page(source.encode(encoding, "replace").decode("utf-8"))

        assert source.encode(encoding, "replace").decode("utf-8") == source
        assert "チェロ 🎻" in page.text
        assert "Zoë, how specific you are so far" in page.inside["title"]

    def test_the_same_in_every_process(self):
        """
        The same input gives the same bytes, whatever the hash seed.
        """
        code = (
            "import sys; from kowhy.engine import Engine; from kowhy.render.html import to_html; e = Engine();"
            "p = sys.stdin.read(); sys.stdout.write(to_html(e.plan(p), scorecard=e.score(p)))"
        )
        plan, found = both("three_whys_physio")
        made = [
            subprocess.run(
                [sys.executable, "-X", "utf8", "-c", code],
                input=read("three_whys_physio"),
                env={**os.environ, "PYTHONPATH": "src", "PYTHONHASHSEED": seed},
                cwd=PROFILES.parents[1],
                capture_output=True,
                encoding="utf-8",
                check=True,
            ).stdout
            for seed in ("1", "2")
        ]

        assert made == [to_html(plan, scorecard=found)] * 2


class TestScore:
    @pytest.mark.parametrize("name", GOOD)
    def test_all_of_a_scorecard(self, name):
        """
        Each item stands in the table with its answers and reasons, and each WHY with its score and what that means.
        """
        _, found = both(name)
        page = Page(to_html(found))
        told = [one.text for score in found.whys.values() for key in score.items.values() for one in key.reasons]
        answers = [text for score in found.whys.values() for key in score.items.values() for text in key.answers]

        for text in [*told, *map(printable, answers), *(finding.text for finding in found.findings)]:
            assert text in page.text
        for why, score in found.whys.items():
            assert f"{score.score:.1f} of 100" in page.text
            for one in ENGINE.checklists[why].items:
                assert one.title in page.inside["th"]

    @pytest.mark.parametrize("name", GOOD)
    def test_the_picture_adds_up(self, name):
        """
        The pieces of the meter are as long, together, as the score says.
        """
        _, found = both(name)
        for why, score in found.whys.items():
            rows = rows_of(score, ())
            only = attrs.evolve(found, whys=FrozenMap({why: score}), dominant=why)
            bars = [
                a for n, a in Page(to_html(only)).tags if n == "rect" and a["y"] == "0" and "track" not in a["class"]
            ]
            ends = [float(bar["x"]) + float(bar["width"]) for bar in bars]

            assert sum(row.worth for row in rows) == pytest.approx(score.score, abs=0.01)
            assert len(bars) == sum(bool(row.found.points) for row in rows)
            assert max(ends, default=0) == pytest.approx(score.score * WIDTH / 100, abs=1.6)

    def test_the_picture_speaks(self):
        """
        Whoever does not see the picture hears its title, then each item with what it earns and could earn.
        """
        kinds = {"topic": item("cello"), "scope": item(gain=5.0), "purpose": item(state=State.DECLINED)}
        page = Page(to_html(card(learn=kinds)))
        (said,) = page.inside["desc"]

        assert page.inside["title"][1] == "Learn: 50.0 of 100"
        assert [a["role"] for n, a in page.tags if n == "svg"] == ["img"]
        assert "Topic: specific, 0.0 of 100.0." in said
        assert "Scope: missing, 0.0 of 100.0; an answer that names it would add 5.0." in said
        assert "Purpose: declined." in said

    def test_what_need_not_count(self):
        """
        An answer that earns nothing because others are worth more is not shown as if it had failed.
        """
        kinds = {"topic": item("cello"), "scope": item("bow", gain=2.0), "purpose": item(state=State.DECLINED)}
        page = Page(to_html(card(learn=kinds)))

        assert page.inside["text"].count("specific · not needed") == 1
        assert page.inside["text"].count("specific") == 1
        assert page.inside["text"].count("declined") == 1

    def test_what_is_off_is_left_out(self):
        """
        An item of weight 0 stands neither in the picture nor in the table.
        """
        off = attrs.evolve(item("cello"), weight=0)
        page = Page(to_html(card(learn={"topic": off})))

        assert "Topic" not in page.inside["th"]
        assert "cello" not in page.text

    def test_nothing_counts(self):
        """
        A WHY of which all items are off is shown without bars.
        """
        found = card(learn={})
        score = attrs.evolve(found.whys["learn"], full=0, points=0, items=FrozenMap(), score=0.0, band="none")
        page = Page(to_html(attrs.evolve(found, whys=FrozenMap({"learn": score}))))

        assert "0.0 of 100" in page.text

    def test_a_long_title_is_cut_in_the_picture_only(self):
        """
        Titles keep within the picture, letters of East Asia counting twice; the table has them in full.
        """
        latin, wide = "What you would like to learn from them first", "あなたが最初に学びたいこと全部について"
        one = checklist("learn")
        named = [attrs.evolve(one.items[0], title=latin), attrs.evolve(one.items[1], title=wide), *one.items[2:]]
        page = Page(to_html(card(learn={}), checklists={"learn": attrs.evolve(one, items=tuple(named))}))

        assert [text for text in page.inside["text"] if text.endswith("…")] == [f"{latin[:29]}…", f"{wide[:14]}…"]
        assert {latin, wide} <= set(page.inside["th"])

    def test_what_to_sharpen_next(self):
        """
        The questions that add most stand there with what they add and where that leads.
        """
        found = ENGINE.score(read("thin_more_clients"))
        asked = questions(found, checklists=ENGINE.checklists, limit=3)
        (said,) = Page(to_html(found)).inside["kw-next"]

        assert len(asked) == 3
        for one in asked:
            assert one.text in said
            assert f"+{one.gain:.1f}" in said
            assert f"to {found.whys[one.why].score + one.gain:.1f} of 100" in said
            assert one.examples[0] in said

    def test_a_private_question_says_so(self):
        """
        Whoever is asked for something private is told that it stays private.
        """
        one = checklist("learn")
        first = attrs.evolve(one.items[0], sensitive=True)
        made = attrs.evolve(one, items=(first, *one.items[1:]))
        found = card(learn={first.key: attrs.evolve(item(gain=9.0), gain_to="named")})

        assert OWN["next.private"] in Page(to_html(found, checklists={"learn": made})).text

    def test_nothing_left_to_ask(self):
        """
        Where no answer would add anything the page says so.
        """
        full = {one.key: item("x") for one in checklist("learn").items}

        assert OWN["next.nothing"] in Page(to_html(card(learn=full))).text

    def test_a_scorecard_of_another_checklist(self):
        """
        A scorecard made with items that nobody has told the page about is shown by their keys, and not asked about.
        """
        found = card(learn={})
        score = attrs.evolve(found.whys["learn"], items=FrozenMap({"bow_grip": item("overhand", gain=2.0)}))
        page = Page(to_html(attrs.evolve(found, whys=FrozenMap({"learn": score}))))

        assert "Bow grip" in page.inside["th"]
        assert OWN["next.nothing"] in page.text

    def test_what_several_whys_share(self):
        """
        Overlap, findings and a lead that is open are told in words.
        """
        found = attrs.evolve(
            card(dominant=None, learn={}, social_reasons={}),
            overlap=(Overlap(whys=("learn", "social_reasons"), items=(), words=("chess",)),),
            dominance=Dominance(how="open", candidates=("learn", "social_reasons")),
            findings=(
                Finding(code="x", text="This concerns all."),
                Finding(code="y", why="learn", text="And this one."),
            ),
        )
        page = Page(to_html(found))

        assert "Learn and Social reasons overlap: chess." in page.inside["kw-notes"][0]
        assert "Learn / Social reasons are too close to call" in page.inside["kw-notes"][0]
        assert "This concerns all." in page.inside["kw-notes"][0]
        assert "And this one." in page.inside["kw-told-notes"][0]

    def test_the_one_that_leads(self):
        """
        Among several WHYs the one that leads is marked, and a WHY that is alone is not.
        """
        several = Page(to_html(card(dominant="learn", learn={}, social_reasons={})))
        alone = Page(to_html(card(learn={})))

        assert several.inside["h3"][0] == "Learn leads"
        assert alone.inside["h3"][0] == "Learn"

    @pytest.mark.parametrize(("name", "title"), [("Dana", "Dana, how specific"), (None, "How specific")])
    def test_whose_it_is(self, name, title):
        """
        The page of a scorecard is headed by the person's name, if there is one.
        """
        (found,) = Page(to_html(card(name=name, learn={}))).inside["h1"]

        assert found.startswith(title)


class TestPlan:
    @pytest.mark.parametrize("name", GOOD)
    def test_every_text_of_a_plan(self, name):
        """
        Every recommendation stands there with all its texts, and every near miss.
        """
        plan, found = both(name)
        page = Page(to_html(plan, scorecard=found))
        fields = ("name", "text", "find", "because", "count", "stop", "homepage", "source")
        told = [getattr(one, field) for one in plan.recommendations for field in fields]
        told += [one.sharpen.ask for one in plan.recommendations if one.sharpen]
        told += [text for miss in plan.near_misses for text in (miss.name, miss.ask)]

        for text in told:
            assert printable(text) in page.text
        for one in plan.recommendations:
            assert one.moment.rstrip(".").casefold() in page.text.casefold()

    def test_the_best_three_stand_open(self):
        """
        Three of a part are shown in the order in which one uses them; the rest is folded, in its own order.
        """
        every = tuple(advice("say", number, order=-number) for number in range(1, 6))
        page = Page(to_html(Plan(whys=("learn",), say=every)))
        shown = [text for text in page.inside["h3"] if text.startswith("Script")]

        assert shown == ["Script 3", "Script 2", "Script 1", "Script 4", "Script 5"]
        assert "2 more" in page.inside["summary"]
        assert page.attributes("start") == ["4"]

    def test_near_misses_are_folded_too(self):
        """
        Of the near misses the best three stand open; the others can be unfolded.
        """
        missing = [
            NearMiss(
                rule=f"r{n}", part="say", why="learn", item=f"i{n}", ask=f"Which {n}?", gain=n, wording=plain(f"n{n}")
            )
            for n in (5, 4, 3, 0)
        ]
        page = Page(to_html(Plan(whys=("learn",), near_misses=tuple(missing))))

        assert [text for text in page.inside["h3"] if text[0] == "N"] == ["N5", "N4", "N3", "N0"]
        assert page.inside["kw-plus"] == ["+5.0", "+4.0", "+3.0"]
        assert "1 more" in page.inside["summary"]

    def test_reasons_go_back_to_the_answers(self):
        """
        A recommendation names the items that it was drawn from.
        """
        plan = ENGINE.plan(read("roofing_referrals"))

        assert "From your answers: Problem" in Page(to_html(ENGINE.plan(read("deposit_kept_private")))).text
        assert Page(to_html(plan)).inside["kw-from"]

    def test_what_the_speaker_fills_in_stands_out(self):
        """
        Words in brackets are marked, and a bracket that does not close is only a bracket.
        """
        one = Recommendation.of("x", "say", name="Message", say="Hi [their name], about [the thing]: [or")
        page = Page(to_html(Plan(whys=("learn",), say=(one,))))

        assert page.inside["kw-live"] == ["[their name]", "[the thing]"]
        assert page.inside["kw-words"] == ["Hi [their name], about [the thing]: [or"]

    def test_what_goes_with_a_script(self):
        """
        Scripts and search phrases can be copied; the button says what it copies, and hides until it can.
        """
        page = Page(to_html(Plan(whys=("learn",), where=(advice("where"),), say=(advice("say"),))))
        buttons = [found for name, found in page.tags if name == "button"]

        assert page.inside["button"] == [
            "Copy the search words: words to type 1",
            "Copy the words for: Script 1",
        ]
        assert [(found["type"], "hidden" in found) for found in buttons] == [("button", True)] * 2
        assert "later 1" in page.text

    def test_sharper_with_one_answer(self):
        """
        The question that would make a recommendation fit better stands by it with its gain, if it has one.
        """
        ask = Sharpen(why="learn", item="topic", ask="Which topic?", gain=4.25)
        where = (advice("where", 1, sharpen=ask), advice("where", 2, sharpen=attrs.evolve(ask, gain=0.0)))
        page = Page(to_html(Plan(whys=("learn",), where=where)))

        assert page.inside["dd"].count("Which topic? +4.2") == 1
        assert page.inside["dd"].count("Which topic?") == 1

    def test_a_name_is_enough(self):
        """
        A recommendation may be no more than a name.
        """
        page = Page(to_html(Plan(whys=("learn",), whom=(Recommendation.of("x", "whom", name="the baker"),))))

        assert page.inside["li"] == ["The baker"]

    def test_an_empty_part_says_so(self):
        """
        A part in which nothing fits yet is not just blank.
        """
        page = Page(to_html(Plan(whys=("learn",))))

        assert page.text.count(texts("render")["part.empty"]) == len(PARTS)

    def test_problems_stand_at_the_end(self):
        """
        What went wrong on the way is told.
        """
        fault = Fault(code="plugin.failed", source="a <b>", given="boom", wanted="advice")

        assert str(fault) in Page(to_html(Plan(whys=("learn",), problems=(fault,)))).text

    def test_danger_to_life(self):
        """
        Whoever writes of danger to life is shown where help is, with numbers that dial, and nothing else.
        """
        plan, found = both("hard/danger_to_life")
        page = Page(to_html(plan, scorecard=found))

        assert plan.emergency.text in page.text
        assert page.attributes("href")[1:] == ["tel:999", "tel:112", "tel:116123"]
        assert "svg" not in page.names()
        assert "footer" not in page.names()
        assert page.inside["h1"] == [OWN["help"]]

    def test_danger_where_no_number_is_known(self):
        """
        Without numbers there is no list of them, and a number that is a word is not dialled.
        """
        plan = ENGINE.plan(read("hard/danger_to_life"))
        contact = attrs.evolve(plan.emergency.numbers[0], number="the operator")
        none = attrs.evolve(plan, emergency=attrs.evolve(plan.emergency, numbers=()))
        word = attrs.evolve(plan, emergency=attrs.evolve(plan.emergency, numbers=(contact,)))

        assert "li" not in Page(to_html(none)).names()
        assert "the operator" in Page(to_html(word)).text
        assert "a" not in Page(to_html(word)).names()


#: What could break out of a page: markup, quotes, ends of elements, slots, control characters, marks of direction.
HOSTILE = st.one_of(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "</style><img src=x onerror=alert(1)>",
            "\"' onmouseover='x",
            "--><!--",
            "]]>",
            "&lt;&#60;&amp",
            "{0} {name} {{7*7}} %s ${HOME}",
            "\x1b[31m\x00\x07\r\n\t\x85",
            "\u202eRTL\u2066\u200f\ufeff",
            "\u05e9\u05dc\u05d5\u05dd",
            "\ud800",
            "<!doctype",
            "</title></svg></head>",
        ]
    ),
    st.text(
        alphabet=st.sampled_from("<>&\"'`=/!-{}%\\;:\x00\x1b\u202e\u2028\ufeffaZ é\U0001f600"), min_size=1, max_size=12
    ),
).filter(str.strip)


def told_everywhere(text, name):
    """
    A plan and a scorecard that say *text* wherever a profile, a pack or a plugin can put a text.
    """
    reasons = (Reason(code="x", words=(text,), text=text),)
    found = card(
        name=name,
        learn={"topic": attrs.evolve(item(text), reasons=reasons), "scope": item("kept to myself", private=True)},
        social_reasons={"age": item(text)},
        dominant="learn",
    )
    found = attrs.evolve(
        found,
        overlap=(Overlap(whys=("learn", "social_reasons"), items=(), words=(text,)),),
        findings=(Finding(code="x", why="learn", text=text), Finding(code="x", text=text)),
    )
    ask = Sharpen(why="learn", item="topic", ask=text, gain=1.0)
    parts = {
        part: (
            attrs.evolve(
                Recommendation.of(
                    text, part, **dict.fromkeys(("name", "text", "find", "because", "count", "stop"), text)
                ),
                whys=("learn",),
                homepage=text,
                confirmed=text,
                source=text,
                sharpen=ask,
            ),
        )
        for part in PARTS
    }
    miss = NearMiss(rule=text, part="say", why="learn", item="topic", ask=text, gain=1.0, wording=plain(text))
    fault = Fault(code=text, given=text, wanted=text, source=text)
    return Plan(name=name, whys=("learn",), near_misses=(miss,), problems=(fault,), **parts), found


class TestEscaping:
    @settings(max_examples=60)
    @given(text=HOSTILE, share=st.booleans())
    def test_whatever_is_said_stays_text(self, text, share):
        """
        No text makes an element, an attribute or a control character; it is there to be read.
        """
        calm, hostile = (
            to_html(plan, scorecard=found, share=share)
            for plan, found in (told_everywhere("calm", "calm"), told_everywhere(text, text))
        )
        before, after = Page(calm), Page(hostile)

        def shape(page):
            # What stands in brackets is marked, which is the one thing that a text can do.
            return [(name, sorted(found)) for name, found in page.tags if "kw-live" not in found.get("class", "")]

        assert shape(after) == shape(before)
        assert after.raw == before.raw
        assert printable(text) in after.text
        assert not [char for char in hostile + after.text if char != "\n" and unicodedata.category(char)[0] == "C"]

    def test_the_example_full_of_markup(self):
        """
        The example that tries to break out is shown letter for letter.
        """
        plan, found = both("hard/markup_and_control")
        page = Page(to_html(plan, scorecard=found))

        assert "<script>alert(1)</script> window cleaning" in page.text
        assert page.names().count("script") == 1
        assert r"Leeds\x1b]0;owned\x07\r\nRating: 100" in page.text


class TestSharing:
    #: What is private in it, by the checklist or because it says so.
    SOURCE = "deposit_kept_private"

    def private(self, found):
        return [
            text
            for score in found.whys.values()
            for key in score.items.values()
            if key.private
            for text in (*key.answers, *(one.text for one in key.reasons))
        ]

    @pytest.mark.parametrize("make", [lambda *both: to_html(both[0], scorecard=both[1], share=True), None])
    def test_nothing_private_is_shared(self, make):
        """
        Neither the page for sharing nor a part for another page holds a private answer or a reason that quotes one.
        """
        plan, found = both(self.SOURCE)
        secrets = self.private(found)
        own = Page(to_html(plan, scorecard=found))
        shared = make(plan, found) if make else to_fragment(plan, scorecard=found)
        page = Page(shared)

        assert len(secrets) > 4
        assert all(text in own.text for text in secrets)
        assert not [text for text in secrets if text in page.text]
        assert "June" not in shared
        assert OWN["kept"] in page.text

    @pytest.mark.parametrize("name", GOOD)
    def test_nothing_private_of_any_example(self, name):
        """
        No private answer of several words stands in what is shared.
        """
        plan, found = both(name)
        shared = Page(to_html(plan, scorecard=found, share=True)).text
        secrets = [
            text for score in found.whys.values() for key in score.items.values() if key.private for text in key.answers
        ]

        assert not [text for text in secrets if len(text.split()) > 1 and text in shared]

    def test_an_answer_that_repeats_a_private_one(self):
        """
        Where a private answer stands in another answer as well, that one is left out too.
        """
        found = card(learn={"topic": item("how to live with lupus"), "scope": item("live with lupus", private=True)})
        page = Page(to_html(found, share=True))

        assert "lupus" not in page.text

    def test_who_may_see_it(self):
        """
        A page with something private says so, a shared one says what it leaves out, and any other says neither.
        """
        quiet, secret = card(learn={"topic": item("cello")}), card(learn={"topic": item("cello", private=True)})
        hidden = Plan(whys=("learn",), private=frozenset({("learn", "topic")}))

        assert OWN["footer.private"] in Page(to_html(secret)).text
        assert OWN["footer.private"] in Page(to_html(hidden)).text
        assert OWN["footer.private"] not in Page(to_html(quiet)).text
        assert OWN["footer.share"] in Page(to_html(secret, share=True)).text
        assert OWN["footer.private"] not in Page(to_html(secret, share=True)).text

    def test_private_answers_are_marked(self):
        """
        On one's own page each private answer is marked as such.
        """
        page = Page(to_html(card(learn={"topic": item("cello", private=True), "scope": item("bow")})))

        assert page.inside["kw-answers"] == ["cello private", "bow "]


class TestFragment:
    def test_keeps_to_itself(self):
        """
        What is put into another page brings no script, no ids and no button, and its style touches nothing else.
        """
        plan, found = both("three_whys_physio")
        page = Page(to_fragment(plan, scorecard=found))
        (style,) = page.raw["style"]
        selectors = [
            selector.strip()
            for line in style.replace("\n", " ").replace("}", "}\n").split("\n")
            for selector in line.rpartition("{")[0].rpartition("{")[2].split(",")
            if selector.strip()
        ]

        assert page.tags[1] == ("div", {"class": "kowhy kw-fragment"})
        assert "script" not in page.names()
        assert not page.attributes("id")
        assert len(selectors) > 50
        assert [one for one in selectors if not one.startswith(".kowhy")] == []

    def test_says_the_same(self):
        """
        It has the pictures and the advice of the page.
        """
        plan, found = both("three_whys_physio")
        page = Page(to_fragment(plan, scorecard=found))

        assert page.names().count("svg") == 3
        assert all(one.name in page.text for one in plan.shareable().recommendations)

    def test_its_parts_do_not_promise_what_they_cannot_do(self):
        """
        Buttons need the page's script, so a part for another page has none, and danger is told there as well.
        """
        plan = ENGINE.plan(read("hard/danger_to_life"))

        assert plan.emergency.text in Page(to_fragment(plan)).text
        assert "button" not in Page(to_fragment(ENGINE.plan(read("roofing_referrals")))).names()


def test_texts_are_all_used():
    """
    No text of the page is kept that nobody reads.
    """
    room = PROFILES.parents[1] / "src" / "kowhy" / "render"
    source = "\n".join(path.read_text(encoding="utf-8") for path in [room / "html.py", *room.glob("page/*.py")])
    built = ("hint.", "table.", "copy.", "footer.")

    read_ = source.replace("'", '"')

    assert [code for code in OWN if f'"{code}"' not in read_ and not code.startswith(built)] == []
