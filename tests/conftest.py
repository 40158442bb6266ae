"""
How Hypothesis runs here: no test depends on the clock.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("kowhy", deadline=None, print_blob=True)
settings.load_profile("kowhy")
