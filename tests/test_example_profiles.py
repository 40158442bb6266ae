"""
The example profiles are sound, various, and listed.
"""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from kowhy import danger
from kowhy.convert import profile_from_json, to_dict, to_json
from kowhy.engine import Engine
from kowhy.errors import InvalidProfileError
from kowhy.whys import WHYS, State

ROOM = Path(__file__).parents[1] / "examples" / "profiles"
GOOD = sorted(ROOM.glob("*.json"))
HARD = sorted((ROOM / "hard").glob("*.json"))

NOT_READABLE = {"unknown_why": {"why.unknown"}, "typo_keys": {"key.unknown", "country.unknown"}}
ENGINE = Engine()
EVERY = [path for path in (*GOOD, *HARD) if path.stem not in NOT_READABLE]

#: The two overlaps that the article names: the WHY that leads, and the other one.
PAIRS = {
    "welder_learns_offshore_wind": ("land_a_job", "learn"),
    "pastry_chef_fundraiser": ("more_business", "pay_it_forward"),
}


def read(path):
    return profile_from_json(path.read_text(encoding="utf-8"))


def given(why):
    return [key for key in why.item_keys() if why.state(key) is State.GIVEN]


class TestEach:
    @pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
    def test_canonical(self, path):
        """
        A file loads, and writing it out again gives what stands in it.
        """
        source = path.read_text(encoding="utf-8")
        profile = profile_from_json(source)

        assert to_dict(profile) == json.loads(source)
        assert profile_from_json(to_json(profile)) == profile

    @pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
    def test_no_danger(self, path):
        """
        None of them is taken for an emergency.
        """
        assert danger.find(read(path)) is None

    @pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
    def test_name_and_country(self, path):
        """
        Everybody has a first name and a country, and no more of a name than that.
        """
        profile = read(path)

        assert profile.name.isalpha()
        assert profile.country

    @pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
    def test_a_planned_piece_is_written_like_any_other(self, path):
        """
        What a plan writes of a recommendation without making its parts is what its parts say.
        """
        for one in ENGINE.plan(path.read_text(encoding="utf-8")).recommendations:
            assert to_dict(attrs.evolve(one)) == to_dict(one)
            assert list(to_dict(attrs.evolve(one))) == list(to_dict(one))


class TestAll:
    @pytest.mark.parametrize("why", WHYS)
    def test_each_why_thin_and_rich(self, why):
        """
        Of each WHY there are two or more, one that says little and one that says nearly all.
        """
        found = [(path.stem, profile.why(why)) for path in GOOD if (profile := read(path)).why(why)]
        thin = [name for name, one in found if name.startswith("thin_") and len(given(one)) <= 4]
        rich = [name for name, one in found if len(given(one)) >= len(one.item_keys()) - 3]

        assert len(found) >= 2
        assert thin
        assert rich

    def test_many_countries(self):
        """
        They come from many places.
        """
        assert {"US", "GB", "IE", "DE", "IN", "NG", "BR", "CA", "AU", "PL"} <= {read(path).country for path in GOOD}

    @pytest.mark.parametrize("name", PAIRS)
    def test_pairs_of_the_article(self, name):
        """
        Both overlaps of the article are there, with the WHY that it puts first in the lead.
        """
        profile = read(ROOM / f"{name}.json")

        assert tuple(why.why for why in profile.whys) == PAIRS[name]
        assert profile.dominant == PAIRS[name][0]

    def test_privacy_and_states(self):
        """
        One of them uses every way to hold something back.
        """
        why = read(ROOM / "deposit_kept_private.json").why("solve_a_problem")

        assert why.private
        assert why.may_say
        assert why.declined
        assert why.not_applicable

    def test_romance_is_for_adults(self):
        """
        Only the one who looks for a partner says to be of age.
        """
        assert [path.stem for path in GOOD if read(path).adult] == ["widower_romance"]

    def test_several_whys(self):
        """
        There is one with three WHYs, and one with two and no leader.
        """
        assert len(read(ROOM / "three_whys_physio.json").whys) == 3
        open_one = read(ROOM / "no_leader_learn_and_friends.json")
        assert len(open_one.whys) == 2
        assert open_one.dominant is None

    def test_listed(self):
        """
        The README lists each file once, and nothing else.
        """
        lines = (ROOM / "README.md").read_text(encoding="utf-8").splitlines()
        listed = [line.split("`")[1] for line in lines if line.startswith("- `")]

        assert listed == [path.relative_to(ROOM).as_posix() for path in (*GOOD, *HARD)]


class TestHard:
    @pytest.mark.parametrize("name", NOT_READABLE)
    def test_wrong(self, name):
        """
        Wrong ones are refused with the faults that they were made for.
        """
        with pytest.raises(InvalidProfileError) as caught:
            read(ROOM / "hard" / f"{name}.json")

        assert {fault.code for fault in caught.value.faults} >= NOT_READABLE[name]

    @pytest.mark.parametrize(
        "path", [path for path in HARD if path.stem not in NOT_READABLE], ids=lambda path: path.stem
    )
    def test_hostile(self, path):
        """
        Hostile ones are read as they are, and only the dangerous one speaks of danger.
        """
        found = danger.find(read(path))

        assert (found is not None) == (path.stem == "danger_to_life")
