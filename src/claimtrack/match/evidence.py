"""What speaks for two claims being one, against it, or for their contradicting each other."""

from __future__ import annotations

from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Sign, Weight


class Evidence(Value):
    """One thing that two texts share, or that tells them apart.

    Attributes:
        sign: What it is about.
        weight: For their being the same, against it, or for their contradicting each other.
        left: The words of the first text, folded; empty where it has none.
        right: Those of the second.
        about: The concept that numbers count, where it is known.
        value: The number, where both give the same one.
    """

    sign: Sign
    weight: Weight
    left: str
    right: str
    about: str = ""
    value: float | None = None

    def words(self) -> str:
        """Return it as a line: "number: “50” against “30”"."""
        left, right = (f"“{words}”" if words else "nothing" for words in (self.left, self.right))
        if self.weight is Weight.FOR:
            return f"{self.sign}: {left} and {right}"
        return f"{self.sign}: {left} against {right}"
