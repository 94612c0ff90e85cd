"""Which outlet of what is held a text means by a name that no registry knows.

The name stands as the articles of that outlet have it, or declined, or in another script, beside
the noun that says what it is or alone: «по данным „Невской зари“», "the Harbour Wire agency".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from claimtrack.match.lexicon import lexicon
from claimtrack.match.names import Means, sound, sounds_alike
from claimtrack.model.vocabulary import SourceKind
from claimtrack.sources.facts import facts
from claimtrack.sources.registry import spelling
from claimtrack.store.mastheads import Called
from claimtrack.text.stem import stems

_MEDIA = ("agency", "outlet", "broadcaster")
"""Keys of `heads.csv`."""

_LONGEST_NOUN = 2
"""Words of a noun for media: "news agency"."""

_WORDS, _SURE = 2, 3
"""Words of a name that is not heard by chance, and consonants of one of them."""
_HALF_VOWEL = "f"
"""What "w" sounds like, which another script may write as a vowel."""


class Mastheads:
    """The names of outlets, as they are spelt and as they sound."""

    def __init__(self, outlets: Iterable[tuple[str, str]], means: Means) -> None:
        """Take names, each with the language of the outlet's articles."""
        self._means = means
        self._nouns: dict[str, frozenset[tuple[str, ...]]] = {}
        self._spelt: dict[str, str] = {}
        self._heard: defaultdict[int, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for outlet, lang in outlets:
            words = self._words(outlet, lang)
            if not words:
                continue
            self._spelt.setdefault(" ".join(words), outlet)
            if len(words) >= _WORDS:
                self._heard[len(words)].append((self._sounds(words, lang), outlet))

    def meant(self, called: Called) -> str | None:
        """Return the name of the outlet that a source is called by, or None.

        A person is none whose name only sounds like an outlet's.
        """
        if called.kind == SourceKind.PERSON:
            return self._spelt.get(" ".join(self._words(called.name, called.lang)))
        found = map(partial(self._named, called.lang), self._ways(called.name, called.lang))
        return next(filter(None, found), None)

    def _named(self, lang: str, words: Sequence[str]) -> str | None:
        if found := self._spelt.get(" ".join(words)):
            return found
        if len(words) not in self._heard:
            return None
        heard = self._sounds(words, lang)
        alike = (outlet for sounds, outlet in self._heard[len(words)] if _alike(heard, sounds))
        return next(alike, None)

    def _words(self, name: str, lang: str) -> Sequence[str]:
        """Return the spelt words of a name without an article."""
        articles = facts(lang, self._means.packs).article_words
        words = spelling(name).split()
        return words[1:] if len(words) > 1 and words[0] in articles else words

    def _ways(self, name: str, lang: str) -> Iterator[Sequence[str]]:
        """Yield the words of a name, then without a noun for media before or behind them."""
        words, nouns = self._words(name, lang), self._of_media(lang)
        yield words
        for count in range(min(_LONGEST_NOUN, len(words) - 1), 0, -1):
            if _bare(words[:count]) in nouns:
                yield words[count:]
            if _bare(words[-count:]) in nouns:
                yield words[:-count]

    def _of_media(self, lang: str) -> frozenset[tuple[str, ...]]:
        if lang not in self._nouns:
            heads = facts(lang, self._means.packs).heads
            phrases = (phrase for sort in _MEDIA for phrase in heads.get(sort, ()))
            self._nouns[lang] = frozenset(_bare(spelling(phrase).split()) for phrase in phrases)
        return self._nouns[lang]

    def _sounds(self, words: Sequence[str], lang: str) -> tuple[str, ...]:
        return tuple(sound(word, lexicon(lang, self._means.packs)) for word in words)


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(min(stems(word), default=word) for word in words)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether names of as many words sound alike word by word, a half vowel heard or not."""
    sure = max(map(len, one)) >= _SURE
    return sure and all(
        sounds_alike(first, second)
        or first.replace(_HALF_VOWEL, "") == second.replace(_HALF_VOWEL, "")
        for first, second in zip(one, other, strict=True)
    )
