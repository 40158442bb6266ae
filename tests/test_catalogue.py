"""
The catalogue: every rule can fire, and whatever it says reads as prose, with any mix of answers.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy.checklists import load_checklists
from kowhy.matching import Matcher
from kowhy.packs import own_packs, own_tables, pack_from_dict
from kowhy.planning import make_plan
from kowhy.plans import PARTS
from kowhy.whys import WHYS
from tests.cards import card, item

CHECKLISTS = load_checklists()
PACKS = own_packs()
RULES = [rule for pack in PACKS for rule in pack.rules]
BY_ID = {rule.id: rule for rule in RULES}
MATCHER = Matcher.of(RULES)

#: Texts of a recommendation that are sentences, and those that are not.
SENTENCES = ("moment", "text", "because", "count", "stop")

#: Answers of every grammar, as people type them.
ODD = (
    "I repair church organs in the north-west",
    "they need help",
    "To find my feet",
    "just lost the in-house bookkeeper",
    "opening a second site this spring",
    "moved to bigger premises",
    "Spanish",
    "IT",
    "a nurse",
    "three retired teachers",
    "Fachkräfte aus dem Süden",
    "first, second and third",
    "roof is past 15 years and a storm just came through",
    "Ask me anything: really.",
    "people who (like me) work nights",
    "up to 900 a month",
    "every Tuesday 19-22",
    "within 40 km of Leeds",
    "at my house in Headingley, or within 3 miles",
    "a very long answer that goes on and on about what somebody wants, because some people type everything they think",
    "“quoted” words and 'more'",
    "who knows?",
)


def plan_for(scorecard, **options):
    return make_plan(scorecard, MATCHER.match(scorecard), checklists=CHECKLISTS, **options)


def items_for(rule, why):
    """
    Answers that meet the conditions of *rule* and no more.
    """
    found = {one: {} for one in (why, *rule.together)}
    for key, level in rule.needs.items():
        whose, _, name = key.rpartition(".")
        example = CHECKLISTS[whose or why].item(name).specific[0]
        found[whose or why][name] = item(example, level=level)
    for mention in rule.mentions:
        whose, _, name = mention.keys[0].rpartition(".")
        before = found[whose or why].get(name)
        word = mention.source[0].lstrip("=").rstrip("*")
        found[whose or why][name] = item(word, level=max(before.level if before else 0, 2))
    return found


def scorecard_for(rule, why):
    return card(
        dominant=why,
        adult=rule.adult,
        country=next(iter(rule.countries), None),
        name="Sam",
        **items_for(rule, why),
    )


def recommendations(plan):
    return [one for part in PARTS for one in getattr(plan, part)]


def flaws(one, answers=()):
    """
    What a reader would stumble over in a recommendation.
    """
    live = BY_ID[re.sub(r"\.\d+$", "", one.id) if one.id not in BY_ID else one.id].live
    for name in ("name", "find", *SENTENCES):
        text = getattr(one, name)
        for answer in sorted(answers, key=len, reverse=True):
            # What stands in an answer is the person's own; only the seams around it are ours.
            inner = re.escape(answer.rstrip(".,;:!?"))
            text = re.sub(rf"(?<!\w){inner}(?!\w)", "ANSWER", text, flags=0 if answer.isupper() else re.IGNORECASE)
        bare = text
        for slot in live:
            bare = bare.replace(f"[{slot.replace('_', ' ')}]", "SLOT")
        for pattern, flaw in FLAWS.items():
            found = re.search(pattern, bare)
            if found:
                yield f"{one.id} {name}: {flaw}: {text!r}"
        if name in SENTENCES and text:
            if not (text[0].isupper() or text[0] in "“‘0123456789["):
                yield f"{one.id} {name}: no capital: {text!r}"
            if not re.search(r"[.?!…][”’\")]?$", text):
                yield f"{one.id} {name}: no full stop: {text!r}"
        if name == "name" and text.endswith("."):
            yield f"{one.id} {name}: a full stop: {text!r}"
        if bare.count("“") != bare.count("”"):
            yield f"{one.id} {name}: quotation marks: {text!r}"


FLAWS = {
    r"[{}\[\]|]": "an open slot",
    r"  | [,.;:?!]": "a gap",
    r"[,;:][,;:.?!]|\.\.(?!\.)|\?\.": "doubled marks",
    r"\b(?!that\b|had\b|ANSWER\b)(\w+) \1\b": "a doubled word",
    r"(?i)\ban? (?:an?|the|my|your|our|their|some|every)\b": "two articles",
    r"\bNone\b|\bnull\b": "a value that is none",
    r"^\W*$(?<!^)": "nothing",
    r"!": "an exclamation mark",
}


class TestPacks:
    def test_one_for_each_why(self):
        """
        Each WHY has a pack of its own, some countries have one, and ids are unique over all of them.
        """
        countries = {"kowhy.gb", "kowhy.us"}

        assert {pack.id for pack in PACKS} - countries == {f"kowhy.{why}" for why in WHYS}
        assert len(BY_ID) == len(RULES)

    @pytest.mark.parametrize("table", list(own_tables()), ids=lambda table: table["pack"]["id"])
    def test_sound(self, table):
        """
        Each satisfies the schema and all that is checked besides; reading them at start skips that.
        """
        assert pack_from_dict(table) in PACKS

    @pytest.mark.parametrize("why", WHYS)
    @pytest.mark.parametrize("part", PARTS)
    def test_an_empty_profile_gets_three_of_each_part(self, why, part):
        """
        Whoever has said nothing yet gets advice that helps to find out.
        """
        assert len(getattr(plan_for(card(**{why: {}})), part)) >= 3

    @pytest.mark.parametrize(
        ("first", "second"),
        [("land_a_job", "learn"), ("more_business", "pay_it_forward")],
    )
    def test_the_pairs_of_the_article(self, first, second):
        """
        The second WHY adds a place to go, by a rule of its own.
        """
        items = {one.key: item(one.specific[0]) for one in CHECKLISTS[second].items}
        alone, both = plan_for(card(**{first: {}})), plan_for(card(dominant=first, **{first: {}, second: items}))

        joined = [one for one in both.where if one.whys == (first, second) and one.rank["together"]]
        assert joined
        assert joined[0] in both.head(3).where
        assert {one.id for one in joined}.isdisjoint(one.id for one in alone.where)


@pytest.mark.parametrize(
    ("rule", "why"), [pytest.param(rule, why, id=f"{rule.id}-{why}") for rule in RULES for why in rule.whys]
)
class TestEachRule:
    def test_fires_on_what_it_asks_for_and_reads_well(self, rule, why):
        """
        A rule fires when just its conditions are met, and every text can be spoken without anything else.
        """
        scorecard = scorecard_for(rule, why)
        match = MATCHER.match(scorecard)
        fired = {outcome.rule.id for outcomes in match.fired for outcome in outcomes}
        assert rule.id in fired

        found = make_plan(scorecard, match, checklists=CHECKLISTS, dismissed=fired - {rule.id})

        mine = [one for one in recommendations(found) if one.id.startswith(rule.id)]
        assert mine or rule.drafts[0].kind == "step", "fires, but cannot be put into words"
        assert [flaw for one in mine for flaw in flaws(one)] == []


@st.composite
def profiles(draw):
    """
    Scorecards of one to three WHYs, with examples and odd answers at all levels, some private.
    """
    whys = draw(st.lists(st.sampled_from(list(WHYS)), min_size=1, max_size=3, unique=True))
    whole = {}
    for why in whys:
        entries = {}
        for entry in CHECKLISTS[why].items:
            if draw(st.booleans()):
                texts = st.one_of(st.sampled_from(entry.specific), st.sampled_from(entry.vague), st.sampled_from(ODD))
                answers = draw(st.lists(texts, min_size=1, max_size=4, unique=True))
                private = entry.sensitive and draw(st.booleans())
                entries[entry.key] = item(*answers, level=draw(st.integers(1, 3)), private=private)
        whole[why] = entries
    lead = draw(st.sampled_from([None, *whys]))
    country = draw(st.sampled_from([None, "US", "GB", "DE"]))
    name = draw(st.sampled_from([None, "Dana"]))
    return card(dominant=lead, country=country, adult=draw(st.booleans()), name=name, **whole)


def answers_of(scorecard, *, private=None):
    return {
        text
        for score in scorecard.whys.values()
        for entry in score.items.values()
        if private is None or entry.private == private
        for text in entry.answers
    }


OWN = "\n".join(text.source for rule in RULES for draft in rule.drafts for text in draft.texts.values()).casefold()


class TestAnyProfile:
    @given(scorecard=profiles())
    def test_reads_as_prose(self, scorecard):
        """
        No gap, no doubled word, no open slot, capitals and full stops in place, whatever was answered.
        """
        found = plan_for(scorecard)
        answers = answers_of(scorecard)

        shown = [*recommendations(found), *recommendations(found.shareable())]
        assert [flaw for one in shown for flaw in flaws(one, answers)] == []

    @given(scorecard=profiles())
    def test_private_answers_are_never_said_or_shared(self, scorecard):
        """
        A private text stands in no script, and nowhere in what can be shared.
        """
        # What the packs say themselves ("for a while") is no secret when an answer says it too.
        secret = {text for text in answers_of(scorecard, private=True) if len(text) > 8 and text.casefold() not in OWN}
        found = plan_for(scorecard)
        shared = found.shareable()

        said = " ".join(one.text for one in found.say).casefold()
        handed = " ".join(str(one._to_dict_()) for one in recommendations(shared)).casefold()
        for text in secret:
            assert text.casefold() not in said
            assert text.casefold() not in handed

    @given(scorecard=profiles())
    def test_romance_is_for_adults(self, scorecard):
        """
        Nothing marked for adults comes to anybody else.
        """
        found = plan_for(scorecard)

        if not scorecard.adult:
            assert not any(BY_ID[one.id].adult for one in recommendations(found) if one.id in BY_ID)
