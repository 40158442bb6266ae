"""
Law 7: the index finds exactly what checking every rule finds.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kowhy.matching import Matcher, View, evaluate, leading
from kowhy.packs import pack_from_dict
from kowhy.whys import State
from tests.cards import CHECKLISTS, card, item

WHYS = ("land_a_job", "learn", "social_reasons")

#: Items that all or some of these WHYs have.
KEYS = {
    "land_a_job": ("geography", "profession", "industry"),
    "learn": ("topic",),
    "social_reasons": ("geography", "profession"),
}
SHARED = ("geography", "profession")

#: Words that meet and words that nearly do.
WORDS = ("roof", "=show", "dent*", "dental care", "=a partner", "partner of a dent", "==a crown", "careful dent*")
TEXTS = (
    "roofing at the show for a dentist",
    "proofs show careful dental work",
    "dental care",
    "A crown.",
    "dentures, a partner and roofs",
    "partner of a dent",
    "partner of the show",
    "",
)


@st.composite
def rules(draw, number):
    """
    A rule that may ask for anything a rule can ask for.
    """
    joined = draw(st.booleans())
    if joined:
        whys = [draw(st.sampled_from(WHYS))]
        others = draw(st.lists(st.sampled_from([why for why in WHYS if why not in whys]), max_size=1))
        places = [*KEYS[whys[0]], *(f"{why}.{key}" for why in others for key in KEYS[why])]
    else:
        whys, others, places = ["land_a_job", "social_reasons"], [], list(SHARED)
    rule = {"id": f"r{number:02}", "for": whys, "because": "b", "venue": {"name": "a place"}}
    if others:
        rule["with"] = others
    # Many conditions at once hardly ever hold, so most rules have few.
    most = draw(st.sampled_from([0, 0, 1, 3]))
    rungs = st.sampled_from(["vague", "named", "specific"])
    rule["needs"] = draw(st.dictionaries(st.sampled_from(places), rungs, max_size=most))
    rule["mentions"] = draw(
        st.dictionaries(
            st.sampled_from(places),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=draw(st.sampled_from([1, 1, 2]))),
            max_size=draw(st.sampled_from([0, 1, 1, 2])),
        )
    )
    if draw(st.integers(0, 2)) == 0:
        several = "|".join(draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True)))
        rule["mentions"] = {several: [draw(st.sampled_from(WORDS))], **rule["mentions"]}
    if draw(st.integers(0, 4)) == 0:
        rule["unless"] = {draw(st.sampled_from(places)): [draw(st.sampled_from(WORDS))]}
    if draw(st.integers(0, 4)) == 0:
        rule["country"] = draw(st.sampled_from([["US"], ["GB", "IE"]]))
    rule["adult"] = draw(st.integers(0, 4)) == 0
    if draw(st.integers(0, 4)) == 0:
        rule["when"] = {"properties": {"dominant": {"const": draw(st.sampled_from(WHYS))}}}
    return rule


@st.composite
def packs(draw):
    """
    A pack of up to a dozen rules.
    """
    found = [draw(rules(number)) for number in range(draw(st.integers(4, 12)))]
    return pack_from_dict({"pack": {"id": "p", "title": "P"}, "rule": found}, checklists=CHECKLISTS)


@st.composite
def scorecards(draw):
    """
    Scorecards with answers at any level, zeroed ones, and items that are closed.
    """
    whole = {}
    for why in draw(st.lists(st.sampled_from(WHYS), min_size=2, unique=True)):
        entries = {}
        for key in KEYS[why]:
            state = draw(st.sampled_from([State.GIVEN, State.GIVEN, None, State.DECLINED, State.NOT_APPLICABLE]))
            if state is State.GIVEN:
                texts = draw(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=5))
                entries[key] = item(*texts, level=draw(st.integers(0, 3)))
            elif state:
                entries[key] = item(state=state)
        whole[why] = entries
    return card(
        dominant=draw(st.sampled_from([None, *whole])),
        country=draw(st.sampled_from([None, "US", "IE"])),
        adult=draw(st.booleans()),
        **whole,
    )


def by_trying_all(pack, scorecard):
    """
    What fires and what nearly does, by looking at every rule.
    """
    view = View(scorecard)
    fired, near = {}, {}
    for rule in pack.rules:
        tried = [evaluate(rule, view, why) for why in leading(scorecard) if why in rule.whys]
        good = [outcome for outcome in tried if outcome.fired]
        lacking = [outcome for outcome in tried if outcome.lacks]
        if good:
            fired[rule.id] = tuple(good)
        elif lacking:
            near[rule.id] = lacking[0]
    return tuple(fired.values()), tuple(near.values())


class TestLawSeven:
    @settings(max_examples=400)
    @given(pack=packs(), scorecard=scorecards())
    def test_index_finds_what_checking_all_finds(self, pack, scorecard):
        """
        The same rules fire, the same nearly do, for the same WHYs and with the same conditions.
        """
        found = Matcher.of(pack.rules).match(scorecard)

        assert (found.fired, found.near) == by_trying_all(pack, scorecard)
