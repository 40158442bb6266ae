"""
A form that is still being typed: what is sound is scored, and what is not comes back as data.
"""

from __future__ import annotations

from kowhy import profile_from_dict, score

form = {
    "name": "Priya",
    "country": "Scotland",
    "whys": [{"why": "social_reasons", "common_interests": "trail running at weekends", "geografy": "Glasgow"}],
}

draft = profile_from_dict(form, draft=True)
for fault in draft.faults:
    print(f"{fault.pointer}: {fault.code}; wanted {fault.wanted}")

if draft.profile is not None:
    friends = score(draft.profile).whys["social_reasons"]
    print(f"{friends.score:.1f} of 100 so far")
