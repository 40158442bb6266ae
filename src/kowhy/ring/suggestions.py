"""
One round worth doing, put into words when it is read.
"""

from __future__ import annotations

from typing import Any

import attrs

from kowhy._frozen import FrozenMap
from kowhy.ring.log import Contact, Track
from kowhy.texts import texts


@attrs.frozen(kw_only=True)
class Suggestion:
    """
    One of the next rounds.

    Attributes:
        code: Of its wording, such as ``"cold.met"``.

        reason: Code of the reason, such as ``"cold"``.

        track: The track that it belongs to.

        person: For whom, if it is for somebody.

        recommendation: Id of the recommendation that it follows, if it follows one.

        what: The recommendation or the promise in words; only the person reads it.

        public_what: The same as far as others may read it.

        numbers: What the reason counts, in words.
    """

    code: str
    reason: str
    track: Track
    person: Contact | None = None
    recommendation: str | None = None
    what: str = attrs.field(default="", repr=False)
    public_what: str = attrs.field(default="", repr=False)
    numbers: FrozenMap[str, str] = FrozenMap()

    @property
    def text(self) -> str:
        """
        What to do.
        """
        words = texts("ring")
        code = f"next.{self.code}" if self.what or f"next.{self.code}.plain" not in words else f"next.{self.code}.plain"
        return words[code].format(who=who(self.person), what=self.what)

    @property
    def because(self) -> str:
        """
        Why it is worth doing.
        """
        return texts("ring")[f"because.{self.reason}"].format_map(self.numbers)

    def public(self) -> Suggestion:
        """
        The same without anything private.
        """
        person = None if self.person is None else Contact(id=self.person.id)
        return attrs.evolve(self, person=person, what=self.public_what)

    def _to_dict_(self) -> dict[str, Any]:
        found: dict[str, Any] = {"code": self.code, "reason": self.reason, "track": str(self.track)}
        if self.person is not None:
            found["person"] = self.person._to_dict_()
        if self.recommendation is not None:
            found["recommendation"] = self.recommendation
        return found | {"text": self.text, "because": self.because}


def who(person: Contact | None) -> str:
    """
    What to call *person* in a sentence.
    """
    if person is None:
        return ""
    return person.label.strip() or texts("ring")["who"].format(id=person.id)


def counted(number: int, noun: str) -> str:
    """
    A number with its noun, such as "1 day" or "3 days".

    Args:
        number: How many.

        noun: Code of the noun; its texts are ``one.<noun>`` and ``many.<noun>``.
    """
    return texts("ring")[f"{'one' if number == 1 else 'many'}.{noun}"].format(number=f"{number:,}")


def span(days: int) -> str:
    """
    So many *days* as one would say them: days, weeks, months or years.
    """
    for noun, length, most in (("day", 1, 45), ("week", 7, 90), ("month", 30, 730)):
        if days <= most:
            return counted(days // length, noun)
    return counted(days // 365, "year")
