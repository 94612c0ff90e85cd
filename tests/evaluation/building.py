"""Small gold files to compare, written as words: each role's words are looked up in the text."""

from __future__ import annotations

from typing import Any

from claimtrack.evaluation.lines import Lines, by_id

TEXT = '"The bridge is open," Lena said. Omar believes that prices fell. Rail is shut, she added.'


def at(*words: str, text: str = TEXT) -> list[list[int]]:
    """Return the spans of words in the text, the first place of each."""
    return [[text.index(part), text.index(part) + len(part)] for part in words]


def one(source: str, cue: str, *content: str, **fields: object) -> dict[str, Any]:
    """Return an attribution by its words; an empty word is an empty role."""
    return {
        "source": at(source) if source else [],
        "cue": at(cue) if cue else [],
        "content": at(*content),
        **fields,
    }


def lines(*attributions: dict[str, Any], key: str = "a", **fields: object) -> Lines:
    """Return a file of one article."""
    article = {"id": key, "text": TEXT, "attributions": list(attributions), **fields}
    return by_id([("file.jsonl:1", article)])


LENA = one("Lena", "said", '"The bridge is open,"')
OMAR = one("Omar", "believes", "that prices fell")
GOLD = lines(LENA, OMAR)
