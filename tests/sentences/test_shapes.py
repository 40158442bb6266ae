"""
The grammar of answers.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy.sentences import Shape, shape_of


class TestShapeOf:
    @pytest.mark.parametrize(
        ("text", "expected", "shape"),
        [
            ("commercial roofing", "noun", Shape.NOUN),
            ("family-run hotels", "noun", Shape.NOUN),
            ("design work for bakeries", "noun", Shape.NOUN),
            ("retired teachers", "noun", Shape.NOUN),
            ("building societies", "noun", Shape.NOUN),
            ("moving patient records to a new system", "noun", Shape.GERUND),
            ("roofing", "noun", Shape.NOUN),
            ("proofread scholarship letters", "verb", Shape.VERB),
            ("to fix bikes", "noun", Shape.VERB),
            ("play three Satie pieces", "noun", Shape.VERB),
            ("play at the wedding", "verb", Shape.VERB),
            ("fine-tune a small model", "noun", Shape.VERB),
            ("digitise old maps", "noun", Shape.VERB),
            ("help", "noun", Shape.NOUN),
            ("help", "verb", Shape.VERB),
            ("I repair church organs", "noun", Shape.CLAUSE),
            ("we're a family bakery", "clause", Shape.CLAUSE),
            ("just lost the in-house bookkeeper", "noun", Shape.PAST),
            ("recently famous", "noun", Shape.ODD),
            ("moved to bigger premises", "noun", Shape.PAST),
            ("ran a crew of nine", "noun", Shape.PAST),
            ("within 40 km of Leeds", "place", Shape.PLACE),
            ("every Tuesday", "time", Shape.TIME),
            ("IT", "noun", Shape.NOUN),
            ("US", "place", Shape.PLACE),
            ("they need help", "noun", Shape.THIRD),
            ("their own pastry chef has just left", "noun", Shape.THIRD),
            ("roof is past 15 years", "noun", Shape.ODD),
            ("people who need a ramp", "noun", Shape.NOUN),
            ("someone whose firm has moved", "noun", Shape.NOUN),
            ("landlord keeps the deposit", "noun", Shape.ODD),
            ("a chef who has the budget", "noun", Shape.NOUN),
            ("no client pitches", "noun", Shape.ODD),
            ("before spring", "noun", Shape.ODD),
            ("First this. Then that", "noun", Shape.ODD),
            ("No. 4 bus drivers", "noun", Shape.ODD),
            ("ask <b>now</b>", "noun", Shape.ODD),
            ("why?", "noun", Shape.ODD),
            ("", "noun", Shape.ODD),
            ("to have something of my own", "noun", Shape.VERB),
            ("test automation engineer, three days a week", "noun", Shape.NOUN),
            ("teach the new engineer", "noun", Shape.VERB),
            ("made 6 wheels", "noun", Shape.PAST),
            ("volunteer driver", "verb", Shape.NOUN),
            ("book club for prisoners", "verb", Shape.NOUN),
            ("volunteer at a hospice", "verb", Shape.VERB),
            ("reading circle for beginners", "noun", Shape.NOUN),
            ("dog walk at 7:30", "noun", Shape.NOUN),
            ("three things: first", "noun", Shape.ODD),
            (
                "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
                "noun",
                Shape.ODD,
            ),
        ],
    )
    def test_shape(self, text, expected, shape):
        """
        A usual answer gets the shape in which it reads well; everything doubtful is odd.
        """
        assert shape_of(text, expected) is shape

    @given(st.text(max_size=80), st.sampled_from(["noun", "verb", "gerund", "clause", "place", "time"]))
    def test_any_text_has_one_shape(self, text, expected):
        """
        Whatever is typed has a shape, and markup or control characters make it odd.
        """
        shape = shape_of(text, expected)

        assert isinstance(shape, Shape)
        body = text.strip().rstrip(".,")
        if any(mark in body for mark in "<>{}[]|\n"):
            assert shape is Shape.ODD
