"""
Print the form schema of each WHY as one JSON object, in the order of the article; the build of the page reads it.
"""

from __future__ import annotations

import json

import kowhy

print(json.dumps({why: kowhy.form_schema(checklist) for why, checklist in kowhy.load_checklists().items()}))
