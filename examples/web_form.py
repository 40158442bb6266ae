"""
A form in FastAPI: made from a checklist, and scored at each keystroke.

After ``python -m pip install '.[examples]'``, ``uvicorn examples.web_form:app`` serves it.
"""

from __future__ import annotations

from html import escape
from string import Template

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from kowhy import Engine, InvalidProfileError

WHY = "social_reasons"
PAGE = Template("""<!doctype html><html lang="en"><meta charset="utf-8"><title>$title</title>
<meta name="viewport" content="width=device-width"><body style="font: 1em/1.5 system-ui; max-width: 42em; margin: auto">
<h1>$title</h1><form method="post">$fields</form>
<p style="position: sticky; bottom: 0; background: Canvas"><meter max="100" aria-label="score"></meter>
<output id="next"></output></p>
<script>
let latest = 0, form = document.forms[0], next = document.querySelector("#next");
form.oninput = async () => {
  const mine = ++latest, body = JSON.stringify(Object.fromEntries(new FormData(form)));
  const answer = await fetch("score", {method: "POST", headers: {"Content-Type": "application/json"}, body});
  const found = await answer.json();
  if (mine !== latest) return; // something newer has been typed
  next.value = answer.ok ? found.next : found.detail.map(fault => fault.loc.join(" ") + ": " + fault.msg).join("; ");
  if (!answer.ok) return;
  document.querySelector("meter").value = found.score;
  for (const output of form.querySelectorAll("output")) output.value = found.rungs[output.htmlFor] ?? "";
};
form.oninput();
</script>""")
FIELD = Template("""<p><label for="$key">$ask</label> <output for="$key"></output><br>
<input id="$key" name="$key" size="50" placeholder="$example" list="$key-choices" aria-describedby="$key-help"
style="font: inherit"><br><small id="$key-help">$help</small><datalist id="$key-choices">$choices</datalist>""")

app = FastAPI()
engine = Engine()  # holds no state, so the threads of the server may share it


@app.get("/", response_class=HTMLResponse)
def page() -> str:
    """
    The form, with question, help, example and choices of each item.
    """
    fields = ""
    for item in engine.checklists[WHY].items:
        private = " Private: kept out of scripts, and out of all that is shared." if item.sensitive else ""
        texts = {"ask": item.ask, "example": item.specific[0], "help": item.description + private}
        choices = "".join(f"<option>{escape(choice)}" for choice in item.choices)
        fields += FIELD.substitute({key: escape(text) for key, text in texts.items()}, key=item.key, choices=choices)
    return PAGE.substitute(title=escape(engine.checklists[WHY].title), fields=fields)


@app.post("/score")
def score(answers: dict[str, str]) -> dict[str, object]:
    """
    What the answers are worth so far; an empty field is no answer.
    """
    profile = engine.profile({"whys": [answers | {"why": WHY}]})
    card = engine.score(profile).whys[WHY]
    asked = [question.text for question in engine.next_questions(profile, limit=1)]
    rungs = {key: item.rung for key, item in card.items.items() if item.answers}
    return {"score": card.score, "rungs": rungs, "next": asked[0] if asked else "Nothing left to ask."}


@app.exception_handler(InvalidProfileError)
def unprocessable(_request: Request, error: InvalidProfileError) -> JSONResponse:
    """
    Every fault at once, as FastAPI itself answers bad input.
    """
    detail = [
        {"type": one.code, "loc": ["body", *one.pointer.split("/")[3:]], "msg": f"wanted {one.wanted}"}
        for one in error.faults
    ]
    return JSONResponse({"detail": detail}, status_code=422)


if __name__ == "__main__":  # one round without a server
    from fastapi.testclient import TestClient

    client = TestClient(app)
    for typed in ({"seeking": "friends"}, {"seeking": "two friends for trail runs on Sundays"}, {"hobby": "running"}):
        answer = client.post("/score", json=typed)
        print(typed, answer.status_code, answer.json(), sep="\n  ")
