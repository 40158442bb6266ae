"""
Other weights without copying a checklist: here the place does not matter, and the niche matters most.
"""

from __future__ import annotations

from kowhy import Engine, MoreBusiness, Profile

translator = MoreBusiness(
    business_type="patent translations from German",
    niche="chemistry, for patent attorneys who file in Poland",
)
profile = Profile(whys=(translator,))

usual = Engine()
remote = usual.with_weights({"more_business": {"geography": 0, "niche": 9}})

for name, engine in {"usual": usual, "remote": remote}.items():
    business = engine.score(profile).whys["more_business"]
    asked = [question.item for question in engine.next_questions(profile, limit=10)]
    print(f"{name}: {business.score:.1f} of 100; asks for the place: {'geography' in asked}")
