"""
What rules offer, in words.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy import offers as module
from kowhy._frozen import FrozenMap
from kowhy.offers import Draft, Offer, shown
from kowhy.sentences import Sentence, Value, Values, Voice, speak, speak_name
from kowhy.sentences.template import WORDINGS

TEXTS = {
    "name": "{trade|plural} of {town|place}[ near {bar}]",
    "text": "Go there[ with {trade|a}].",
    "find": "{trade} {town|place}",
}


def an_offer(kind="venue", **texts):
    """
    An offer with these texts, for a reason that names the trade.
    """
    draft = Draft(kind=kind, texts=FrozenMap((name, Sentence.read(text)) for name, text in (texts or TEXTS).items()))
    return Offer("one", draft, Sentence.read("You named {trade}."))


def filled(**texts):
    """
    Values with one answer each.
    """
    shapes = {"town": ("place", "place")}
    made = {}
    for name, text in texts.items():
        shape, kind = shapes.get(name, ("noun", "industry"))
        made[name] = Value.of((text,), shape=shape, kind=kind, private=False, foreign=False)
    return Values(values=FrozenMap(made))


class TestWorded:
    @given(
        every=st.lists(
            st.fixed_dictionaries(
                {"trade": st.sampled_from(("tiler", "practice manager", "they need us"))},
                optional={"town": st.sampled_from(("Leeds", "in York")), "bar": st.sampled_from(("pub", "inn"))},
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_what_was_said_before_changes_nothing(self, every):
        """
        Each time it is what its texts say, one by one.
        """
        offer = an_offer()

        for texts in every:
            values = filled(**texts)
            said = {"name": speak_name(offer.draft.texts["name"], values)}
            said["text"] = speak(offer.draft.texts["text"], values, Voice.READ)
            said["find"] = speak(offer.draft.texts["find"], values, Voice.FIND)
            said["because"] = speak(offer.because, values, Voice.READ)
            assert offer.worded(values) == shown(said)

    def test_the_same_words_are_put_together_once(self, monkeypatch):
        """
        Long ones are not kept, and the memory stays small.
        """
        offer, spoken = an_offer(text="Go there.", name="A fair for {trade|quote}"), []
        monkeypatch.setattr(module, "speak_name", lambda *sentence: spoken.append(speak_name(*sentence)) or spoken[-1])

        for trade in ["tiler"] * 3 + ["t" * 500] * 2 + [f"trade {number}" for number in range(WORDINGS)] + ["tiler"]:
            assert offer.worded(filled(trade=trade))["name"] == f"A fair for “{trade}”"

        assert spoken.count("A fair for “tiler”") == 2
        assert len(spoken) == 2 + 2 + WORDINGS

    @pytest.mark.parametrize("offer", [Offer("one", an_offer().draft, Sentence.read("It is near."))])
    def test_without_an_answer_there_is_what_needs_none(self, offer):
        """
        A text that needs an answer stays away, as it does when it is read by itself.
        """
        assert offer.worded(filled()) == {"text": "Go there.", "because": "It is near."}
