"""
Scores in a data frame: the same kind of frame, the same rows, and never an exception for a record.
"""

from __future__ import annotations

import json
import math
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy.engine import Engine
from kowhy.errors import InvalidFrameError, MissingExtraError
from kowhy.frames import ADDED, score_frame
from kowhy.whys import WHYS

ROOT = Path(__file__).parents[1]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples" / "profiles").glob("*.json"))]
BAD = ["{bad", "", "[]", '{"whys": []}', '{"whys": [{"why": "learn", "topik": "music"}]}', "null", "1 | 2"]
ORGAN = '{"whys": [{"why": "learn", "topic": "playing the church organ"}]}'
NOTHING = "(document): json.empty; got nothing; wanted a profile in JSON"
ENGINE = Engine()

KINDS = pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])


def records(frame):
    """
    The rows of *frame* as dicts in which what is missing is ``None``.
    """
    rows = frame.to_dicts() if isinstance(frame, pl.DataFrame) else frame.to_dict("records")
    return [{name: None if value != value else value for name, value in row.items()} for row in rows]  # noqa: PLR0124


def expected(text):
    """
    What the new columns should hold for a profile in JSON, from the engine alone.
    """
    (row,) = ENGINE.score_many(["" if text is None else text])
    if row.faults:
        return dict.fromkeys(ADDED) | {"faults": " | ".join(map(str, row.faults))}
    card, asked = ENGINE.score(text), ENGINE.next_questions(text, 1)
    leads = card.dominant or max(card.whys, key=lambda why: card.whys[why].score)
    return {
        "score": row.scores[leads],
        "band": card.whys[leads].band,
        "next_item": f"{asked[0].why}.{asked[0].item}" if asked else None,
        "next_question": asked[0].text if asked else None,
        "dominant": row.dominant,
        **{why: row.scores.get(why) for why in WHYS},
        "faults": None,
    }


@KINDS
class TestLaw:
    @given(texts=st.lists(st.sampled_from([*TEXTS, *BAD, None]) | st.text(max_size=20), max_size=12))
    def test_a_frame_of_rows_is_the_rows_in_a_frame(self, kind, texts):
        """
        Whatever stands in the rows, good and bad, each gets what the engine says of it alone, in its place.
        """
        found = records(score_frame(kind({"profile": texts, "place": range(len(texts))}), engine=ENGINE))

        assert [row["place"] for row in found] == list(range(len(texts)))
        assert [{name: row[name] for name in ADDED} for row in found] == list(map(expected, texts))


@KINDS
class TestFrames:
    def test_the_same_kind_with_the_same_columns_before_the_new_ones(self, kind):
        """
        Nothing of the frame is lost, nothing of the given frame is changed.
        """
        before = kind({"id": [7, 8], "profile": [ORGAN, None], "note": ["a", "b"]})

        after = score_frame(before)

        assert type(after) is kind
        assert list(after.columns) == ["id", "profile", "note", *ADDED]
        assert list(before.columns) == ["id", "profile", "note"]
        assert list(after["id"]) == [7, 8]

    def test_the_types_do_not_depend_on_the_rows(self, kind):
        """
        An empty frame and one of bad rows have the columns of a good one, so that parts can be put together.
        """
        found = [score_frame(kind({"profile": texts})) for texts in ([ORGAN, TEXTS[0]], ["{bad"], [])]
        types = [[frame[name].dtype for name in ADDED] for frame in found]

        assert types[0] == types[1] == types[2]
        assert list(map(len, found)) == [2, 1, 0]

    def test_where_none_leads_the_highest_score_stands_for_the_row(self, kind):
        """
        Without a dominant WHY the score and the band are those of the best.
        """
        both = {
            "whys": [{"why": "land_a_job", "job_type": "dialysis nurse"}, {"why": "learn", "topic": "home dialysis"}]
        }

        (row,) = records(score_frame(kind({"profile": [json.dumps(both)]})))

        assert row["dominant"] is None
        assert row["score"] == row["learn"] > row["land_a_job"]

    def test_nothing_left_to_ask(self, kind):
        """
        A profile that earns all it can has no next question.
        """
        why = ENGINE.checklists["learn"]
        whole = {"why": "learn"} | {item.key: list(item.specific) for item in why.items}

        (row,) = records(score_frame(kind({"profile": [json.dumps({"whys": [whole]})]}), engine=ENGINE))

        assert row["score"] == 100
        assert row["next_item"] is row["next_question"] is row["faults"] is None

    def test_another_column_engine_and_executor(self, kind):
        """
        The column may have any name, and the engine and the executor of the caller do the work.
        """
        frame = kind({"json": [ORGAN, "{bad", ORGAN]})
        engine = ENGINE.with_weights({"learn": {"topic": 9, "scope": 0}})

        with ThreadPoolExecutor(2) as executor:
            found = records(score_frame(frame, column="json", engine=engine, executor=executor, chunksize=1))

        assert found == records(score_frame(frame, column="json", engine=engine))
        assert (
            found[0]["score"]
            == ENGINE.with_weights({"learn": {"topic": 9, "scope": 0}}).score(ORGAN).whys["learn"].score
        )
        assert found[0]["score"] != records(score_frame(frame, column="json"))[0]["score"]


@KINDS
class TestAnswers:
    def test_columns_named_after_items(self, kind):
        """
        Cells become answers; a row with answers to two WHYs has both, one that says nothing has none.
        """
        frame = kind(
            {
                "id": ["a", "b", "c"],
                "learn.topic": ["playing the church organ", None, " "],
                "learn.scope": [["hymns", None], ["three Satie pieces"], []],
                "land_a_job.job_type": [None, "organist", ""],
            }
        )
        first = {"whys": [{"why": "learn", "topic": "playing the church organ", "scope": ["hymns"]}]}
        second = [{"why": "land_a_job", "job_type": "organist"}, {"why": "learn", "scope": "three Satie pieces"}]

        found = records(score_frame(frame, column=None))
        wanted = [expected(json.dumps(one)) for one in (first, {"whys": second}, {"whys": []})]

        assert [{name: row[name] for name in ADDED} for row in found] == wanted

    def test_statements_and_lists_of_items(self, kind):
        """
        What the person declined is not asked.
        """
        frame = kind(
            {"learn.topic": ["organ"] * 2, "learn.statement": ["I play"] * 2, "learn.declined": [None, ["scope"]]}
        )
        asked = [
            json.dumps({"whys": [{"why": "learn", "topic": "organ"} | more]}) for more in ({}, {"declined": ["scope"]})
        ]

        found = records(score_frame(frame, column=None))

        assert [row["next_item"] for row in found] == [expected(text)["next_item"] for text in asked]

    def test_a_number_is_no_answer(self, kind):
        """
        A cell of the wrong type costs its row and says what would work.
        """
        found = records(score_frame(kind({"learn.topic": [5, None]}), column=None))

        assert found[0]["faults"] == "/whys/0/topic: type.wrong; got a number; wanted a text or a list of texts"
        assert "whys.empty" in found[1]["faults"]

    def test_misspelt_columns(self, kind):
        """
        Columns that look like an item that does not exist are all named before anything is scored.
        """
        frame = kind({"learn.topik": ["organ"], "land_a_job.zzz": ["x"], "learned.topic": ["no WHY of ours"]})

        with pytest.raises(InvalidFrameError) as caught:
            score_frame(frame, column=None)

        first, second = caught.value.faults
        assert (first.given, second.given) == ("column 'land_a_job.zzz'", "column 'learn.topik'")
        assert first.wanted.startswith("land_a_job. and one of job_type, ")
        assert second.wanted == "learn.topic"

    @pytest.mark.parametrize("columns", [{"topic": ["organ"]}, {}])
    def test_no_column_with_answers(self, kind, columns):
        """
        A frame without answers is refused with an example of a name that would do.
        """
        with pytest.raises(InvalidFrameError, match=r"frame\.no-items; .*such as learn\.topic"):
            score_frame(kind(columns), column=None)


@KINDS
class TestRefused:
    def test_names_that_are_taken(self, kind):
        """
        A column that is there already is never overwritten; the prefix that is named in the error helps.
        """
        frame = kind({"profile": [ORGAN], "score": [1], "band": ["brass"]})

        with pytest.raises(InvalidFrameError, match=r"got score, band; .*prefix='kowhy_'"):
            score_frame(frame)
        once = score_frame(frame, prefix="kowhy_")
        with pytest.raises(InvalidFrameError, match="prefix='kowhy_kowhy_'"):
            score_frame(once, prefix="kowhy_")

        assert list(once.columns) == ["profile", "score", "band", *(f"kowhy_{name}" for name in ADDED)]
        assert list(once["score"]) == [1]

    @pytest.mark.parametrize(
        ("columns", "wanted"),
        [
            ({"id": [1], "json": [ORGAN]}, "wanted one of id, json"),
            ({"id": [1], "learn.topic": ["organ"]}, "wanted column=None, for answers in columns such as learn.topic"),
            ({}, "wanted a frame that has columns"),
        ],
    )
    def test_no_such_column(self, kind, columns, wanted):
        """
        The error names what is there, or the other way to read the frame.
        """
        with pytest.raises(InvalidFrameError, match=r"column='profile'") as caught:
            score_frame(kind(columns))

        assert str(caught.value).endswith(wanted)


class TestPandas:
    def test_the_index_is_kept(self):
        """
        An index stays as it is, even when labels come twice.
        """
        frame = pd.DataFrame({"profile": [ORGAN, "{bad", ORGAN]}, index=pd.Index(["b", "a", "b"], name="who"))

        found = score_frame(frame)

        assert found.index.equals(frame.index)
        assert found.index.name == "who"
        assert list(found["faults"].isna()) == [True, False, True]

    @pytest.mark.parametrize("missing", [None, math.nan, pd.NA, pd.NaT], ids=repr)
    def test_everything_that_pandas_takes_for_missing(self, missing):
        """
        A missing profile is a fault of its row; a missing answer is not given.
        """
        frame = pd.DataFrame({"profile": pd.Series([missing, ORGAN], dtype=object), 7: [1, 2]})
        wide = pd.DataFrame({"learn.topic": ["organ"], "learn.scope": pd.Series([missing], dtype=object)})

        assert list(score_frame(frame)["faults"].fillna("")) == [NOTHING, ""]
        assert score_frame(wide, column=None)["faults"].isna().all()

    def test_mappings_and_bytes(self):
        """
        A column of objects may hold profiles that are read already, or texts that are not decoded.
        """
        found = score_frame(pd.DataFrame({"profile": [json.loads(ORGAN), ORGAN.encode(), ORGAN, object()]}))

        assert len(set(found["learn"][:3])) == 1
        assert found["faults"].notna().tolist() == [False, False, False, True]

    def test_arrays(self):
        """
        Lists that pandas read as arrays are lists.
        """
        cells = pd.Series([np.array(["hymns", "psalms"]), np.str_("hymns")], dtype=object)

        assert score_frame(pd.DataFrame({"learn.scope": cells}), column=None)["faults"].isna().all()

    def test_a_name_that_comes_twice(self):
        """
        With two columns of one name nobody can say which is meant.
        """
        frame = pd.DataFrame([[ORGAN, ORGAN]], columns=["profile", "profile"])

        with pytest.raises(InvalidFrameError, match=r"frame\.column-twice; .*'profile' 2 times.*wanted each name once"):
            score_frame(frame)


class TestOthers:
    def test_a_lazy_frame(self):
        """
        What is not in memory is not taken there by surprise; scoring it part by part works.
        """
        lazy = pl.LazyFrame({"profile": [ORGAN, "{bad"]})

        with pytest.raises(InvalidFrameError, match=r"frame\.lazy; got a LazyFrame; wanted a frame in memory"):
            score_frame(lazy)
        parts = lazy.map_batches(score_frame, schema=score_frame(lazy.head(0).collect()).schema)

        assert parts.collect().equals(score_frame(lazy.collect()))

    @pytest.mark.parametrize("other", [[ORGAN], {"profile": [ORGAN]}, ORGAN, pl.Series([ORGAN]), None])
    def test_no_frame(self, other):
        """
        What is no frame is refused by its type.
        """
        with pytest.raises(TypeError, match=r"got a \w+; wanted a data frame"):
            score_frame(other)

    def test_without_narwhals(self, monkeypatch):
        """
        Where the extra is missing the error says how to get it.
        """
        monkeypatch.setitem(sys.modules, "narwhals", None)

        with pytest.raises(MissingExtraError, match=r"pip install 'kowhy\[frames\]'"):
            score_frame(pl.DataFrame({"profile": [ORGAN]}))
