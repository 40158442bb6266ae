"""
Places as phrases and as names.
"""

from __future__ import annotations

import pytest

from kowhy.sentences import places


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "phrase", "name"),
        [
            ("within 40 km of Leeds", "within 40 km of Leeds", "Leeds"),
            ("Mercer County, New Jersey", "in Mercer County, New Jersey", "Mercer County, New Jersey"),
            ("Bucks County, PA", "in Bucks County, PA", "Bucks County, PA"),
            ("Lyon, under 45 minutes by tram", "in Lyon", "Lyon"),
            ("Fresno, zip 93720", "in Fresno", "Fresno"),
            ("remote, but in Central European hours", None, None),
            ("remote from Portugal, UTC to UTC+2", None, None),
            ("online, evenings in UTC-5", "online", None),
            ("phone only, evenings", None, None),
            ("remotely", None, None),
            ("leeds", "in Leeds", "Leeds"),
            ("near leeds", "near Leeds", "Leeds"),
            ("city centre", "in the city centre", None),
            ("the parish", "in the parish", None),
            ("within the parish", "within the parish", None),
            ("Poznań + 30 km", "in Poznań", "Poznań"),
            ("Parramatta or phone", "in Parramatta", "Parramatta"),
            ("Leeds and online", "in Leeds", "Leeds"),
            ("walking distance", "within walking distance", None),
            ("north side", "on the north side", None),
            ("30 minutes from York", "around York", "York"),
            ("20 miles", None, None),
            ("Malmo, by bike", "in Malmo", "Malmo"),
            ("Cork but not the city", "in Cork", "Cork"),
            ("my street", "in my street", None),
            ("Greater Manchester", "in Greater Manchester", "Manchester"),
            ("", None, None),
            ("in", "in", None),
        ],
    )
    def test_place(self, text, phrase, name):
        """
        A place reads as a phrase after a verb, and its name alone is what one searches by.
        """
        assert (places.phrase(text), places.name(text)) == (phrase, name)

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("evenings in Graz, in a room with a piano", "Graz"),
            ("Saturday class in Bras Basah", "Bras Basah"),
            ("shadow one working day on site", None),
            ("at my house in Headingley, or within 3 miles", "Headingley"),
            ("Tuesday video calls, 45 minutes", None),
            ("", None),
        ],
    )
    def test_place_inside_another_answer(self, text, name):
        """
        A place that is mentioned in passing is found by its capitals.
        """
        assert places.mentioned(text) == name
