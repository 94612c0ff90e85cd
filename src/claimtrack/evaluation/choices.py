"""What a user can choose of an evaluation, told without loading what evaluates."""

from enum import StrEnum

RESAMPLES = 1000
"""Samples of articles that intervals are made of, unless told otherwise."""


class By(StrEnum):
    """What attributions can be grouped by."""

    OUTLET = "outlet"
    KIND = "kind"
    CUE = "cue"
