"""
From JSON to profiles, and from profiles, scorecards and plans to JSON.
"""

from kowhy.convert.document import Limits
from kowhy.convert.forms import to_dict, to_json
from kowhy.convert.reading import Draft, profile_from_dict, profile_from_json

__all__ = ["Draft", "Limits", "profile_from_dict", "profile_from_json", "to_dict", "to_json"]
