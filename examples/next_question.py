"""
How specific is a profile, and what should be asked next?
"""

from __future__ import annotations

from kowhy import LandAJob, Profile, next_questions, score

nurse = LandAJob(
    job_type="staff nurse on a dialysis ward",
    profession="registered nurse with six years on a renal ward",
    geography="Lagos",
)

card = score(Profile(whys=(nurse,)))
job = card.whys["land_a_job"]
print(f"{job.score:.1f} of 100")
for key, item in job.items.items():
    if item.points:
        print(f"  {key}: {item.rung}")

(question,) = next_questions(Profile(whys=(nurse,)), limit=1)
print(f"{question.text} (+{question.gain:.1f})")
print(f"  for example: {question.examples[0]}")
