"""
Slots into prose.
"""

from kowhy.sentences.shapes import Shape, shape_of
from kowhy.sentences.template import Sentence, SentenceError, Slot
from kowhy.sentences.values import Phrase, Value, Values, Voice, can_speak, speak, speak_name, suits_all

__all__ = [
    "Phrase",
    "Sentence",
    "SentenceError",
    "Shape",
    "Slot",
    "Value",
    "Values",
    "Voice",
    "can_speak",
    "shape_of",
    "speak",
    "speak_name",
    "suits_all",
]
