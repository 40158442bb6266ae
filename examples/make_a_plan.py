"""
A plan for a profile: the best of each part, and what one more answer would open.
"""

from __future__ import annotations

from pathlib import Path

from kowhy import plan

profile = (Path(__file__).parent / "profiles" / "roofing_referrals.json").read_text(encoding="utf-8")
found = plan(profile)

for part in (found.where, found.say, found.whom, found.how):
    best = part[0]
    print(best.name or best.text)
    print(f"  because: {best.because}")

print(f"Not wanted: {found.where[0].id}")
again = plan(profile, dismissed=[found.where[0].id])
print(f"Then rather: {again.where[0].name}")

miss = found.near_misses[0]
print(f"One answer away: {miss.name}. {miss.ask}")
