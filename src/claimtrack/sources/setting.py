"""What an article tells beside its attributions: who is named in it, which state it is about.

A surname, or "the ministry of the interior" of no state, is settled by it where nothing that was
said before settles it: through what the same article names in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from claimtrack.model.document import Article
from claimtrack.model.source import Source
from claimtrack.model.vocabulary import NameKind
from claimtrack.sources.lexicon import STATES
from claimtrack.sources.mention import Word, words
from claimtrack.sources.reader import Reader

_READ = 20_000
"""Code points of an article that are looked at."""

_OFTEN, _OFTENER = 3, 1.5
"""An article is about the state that it names so often, and so many times as often as any other."""


_ENDS = re.compile(r"[.!?؟](?=\s)|\n")


class Setting:
    """An article's words. Nothing is read before it is asked for."""

    def __init__(
        self,
        text: str,
        reader: Reader,
        day: date | None = None,
        opening: str = "",
        dated: str = "",
    ) -> None:
        """Take an article's text.

        Args:
            text: The text.
            reader: Reads its language.
            day: When it was published, if known.
            opening: Its title and its first sentence, which say what it is about.
            dated: Its dateline.
        """
        self._text, self._reader, self.day, self._opening = text[:_READ], reader, day, opening
        self._dated = dated

    @classmethod
    def of(cls, article: Article, reader: Reader) -> Setting:
        """Return the setting of an article."""
        day = article.published.utc.date() if article.published.utc else None
        body = next((span.start for span in article.layout.body), 0)
        titled = " ".join(span.of(article.text) for span in article.layout.title)
        first = _ENDS.split(article.text[body : body + _READ].lstrip(), maxsplit=1)[0]
        above = max((span.end for span in article.layout.title), default=0)
        line = max(above, article.text.rfind("\n", 0, body) + 1)
        return cls(article.text, reader, day, f"{titled}\n{first}", article.text[line:body])

    @cached_property
    def _all(self) -> Sequence[Word]:
        return words(self._text)

    @cached_property
    def _words(self) -> str:
        return f" {' '.join(self._reader.normal(self._all))} "

    def names(self, source: Source) -> bool:
        """Tell whether a source stands in the article by a full name: one of two words or more."""
        return any(
            self._has(tokens)
            for name in source.names
            if name.kind in (NameKind.OFFICIAL, NameKind.ALIAS)
            and len(tokens := self._reader.tokens(name.text)) > 1
        )

    def _has(self, tokens: Sequence[str]) -> bool:
        spelt = " ".join(tokens)
        return any(f" {start}{spelt} " in self._words for start in ("", *self._reader.clitics))

    @cached_property
    def _states_at_most(self) -> int:
        return self._reader.may_name_states(self._text)

    @cached_property
    def _states(self) -> Counter[str]:
        return Counter(self._reader.states(self._all))

    def is_home(self, state: str) -> bool:
        """Tell whether an article of a state's own outlet can leave that state unsaid.

        It can where it names no state, or none other as often as its own.
        """
        if not self._text or not self._states_at_most:
            return bool(self._text)
        own = self._states[state]
        return all(count < own for each, count in self._states.items() if each != state)

    def mentions(self, state: str) -> bool:
        """Tell whether the article names a state, by name, adjective or capital."""
        return bool(self._states_at_most) and bool(self._states[state])

    @cached_property
    def place(self) -> str:
        """The key of the one state that the article is from or begins with; else nothing.

        From where it is dated, else what its title begins with and names alone.
        """
        if not self._states_at_most:
            return ""
        dated = frozenset(self._reader.states(words(self._dated)))
        if dated:
            return next(iter(dated)) if len(dated) == 1 else ""
        title = words(self._opening.partition("\n")[0])
        named = frozenset(self._reader.states(title))
        if len(named) != 1:
            return ""
        led = title and self._reader.leads_in(title[0].folded)
        first = self._reader.pieces(title[1:] if led else title)[:1]
        return next(iter(named)) if first and first[0].role in STATES else ""

    @cached_property
    def state(self) -> str:
        """The key of the state that the article is about; empty where it is about several."""
        return "" if self._most_named == self.disputed else self._most_named

    @cached_property
    def disputed(self) -> str:
        """The key of the state named most where the article opens with others; else nothing."""
        opening = self._reader.states(words(self._opening)) if self._most_named else ()
        first = frozenset(opening)
        return self._most_named if first and self._most_named not in first else ""

    @cached_property
    def _most_named(self) -> str:
        if self._states_at_most < _OFTEN:
            return ""
        top = self._states.most_common(2)
        if not top or top[0][1] < _OFTEN:
            return ""
        second = top[1][1] if len(top) > 1 else 0
        return top[0][0] if top[0][1] >= _OFTENER * second else ""
