"""
The notebook: kept without outputs, and with the same ones whenever it is run.
"""

from __future__ import annotations

import json
import re

import pytest

from tests.examples.running import EXAMPLES, needs

NOTEBOOK = EXAMPLES / "notebook.ipynb"


class TestKept:
    def test_without_outputs(self):
        """
        What is committed holds nothing that running it would change.
        """
        cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]

        run = [cell for cell in cells if cell["cell_type"] == "code"]
        assert [(cell["outputs"], cell["execution_count"]) for cell in run] == [([], None)] * len(run)

    def test_it_opens_with_what_it_shows(self):
        """
        A heading and a sentence stand before the first code.
        """
        first = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"][0]

        assert first["cell_type"] == "markdown"
        assert first["source"][0].startswith("# ")
        assert "This notebook " in "".join(first["source"])


@pytest.fixture(scope="module")
def outputs():
    """
    What two runs show, by the id of the cell.
    """
    needs("nbclient", "ipykernel")
    import nbclient  # noqa: PLC0415  # only where it is installed
    import nbformat  # noqa: PLC0415  # the same

    found = []
    for _ in range(2):
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        nbclient.NotebookClient(notebook, kernel_name="python3").execute()
        found.append({cell["id"]: cell["outputs"] for cell in notebook.cells if cell.get("outputs")})
    return found


class TestRun:
    def test_twice_is_the_same(self, outputs):
        """
        Nothing in it depends on chance or on the clock.
        """
        first, second = outputs

        assert first == second

    def test_the_scorecard_is_a_picture(self, outputs):
        """
        Score and plan stand at the end of a cell and show themselves.
        """
        found = {key: one[0]["data"]["text/html"] for key, one in outputs[0].items() if "data" in one[0]}

        assert set(found) == {"score", "plan"}
        assert "<svg" in found["score"]
        assert "Type of business" in found["score"]
        assert "A supplier who also works" in found["plan"]

    def test_the_score_rises(self, outputs):
        """
        Three answers later it is several times what it was.
        """
        said = re.fullmatch(r"from ([0-9.]+) to ([0-9.]+) of 100\n", outputs[0]["answers"][0]["text"])

        assert float(said[2]) > 5 * float(said[1]) > 0
