"""What the model sees of a text: cheap properties of words, and what the pack knows of them.

A feature is a name, `=` and a value; only `q` (within quotation marks) and `other` (of another
cue) say all. The names, of a token and (`-1`, `+1`, `-2`, `+2`) of those beside it: `w` its word,
`k` its kind (what the pack knows; `k3` three of them), `e`, `e2`, `s` its last three and two
letters and its first four, `l` its lemma, `lq` with quotation marks near it, `h` and `hk` the
rules' hint. In the search for roles also: `p` its place beside the cue, `c` with the cue's word,
`ck` and `ckm` with the cue's kind. A value is of one token, or of several joined.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from claimtrack.extract.groups import is_verb
from claimtrack.extract.reading import Sentence
from claimtrack.extract.tokens import Page
from claimtrack.extract.words import Words

BEFORE, AFTER = 60, 90
"""Tokens before and behind a cue that may be its source or content."""

Range = tuple[int, int]
Hints = Mapping[int, Mapping[int, str]]
"""What the rules say: for the first token of a cue, the role of each token of its attribution."""

_BUCKETS = (1, 2, 3, 5, 8, 13, 21, 34, 55)


class _Beside(NamedTuple):
    """The tokens before and behind one, as far as they are looked at: `^` and `$` at the ends."""

    before: str
    behind: str
    kind_before: str
    kind_behind: str


class View:
    """A page with the features of its tokens."""

    def __init__(self, page: Page, words: Words, hints: Hints | None) -> None:
        """Look at each token once; `hints` are what the rules say, or None to do without."""
        self.page, self.hints = page, hints
        self.sentences = page.sentences
        self._starts = [start for start, _ in self.sentences]
        self.kinds = [""] * len(page.tokens)
        self.plain: list[list[str]] = [[] for _ in page.tokens]
        self.lemmas = [""] * len(page.tokens)
        self.hinted: dict[int, str] = {}
        for roles in (hints or {}).values():
            for at, role in roles.items():
                if role[0] == "C" or at not in self.hinted:
                    self.hinted[at] = role
        for start, end in self.sentences:
            sentence = Sentence(page, words, start, end)
            for at in range(start, end):
                self.kinds[at] = _kind(sentence, at)
                self.lemmas[at] = _lemma(sentence, at)
                self.plain[at] = self._features(sentence, at)
        self.marks = self._marks()

    def sentence_of(self, at: int) -> int:
        """Return the number of the sentence a token stands in."""
        return bisect_right(self._starts, at) - 1

    def _features(self, sentence: Sentence, at: int) -> list[str]:
        token = sentence.tokens[at]
        text = token.text
        shape = "X" if token.capital else "x" if token.word and not text[0].isdigit() else "-"
        found = [f"w={text}", f"k={self.kinds[at]}{shape}"]
        if token.word:
            found += [f"e={text[-3:]}", f"e2={text[-2:]}", f"s={text[:4]}"]
        if self.page.inside[at] >= 0:
            found.append("q")
        return found

    def _marks(self) -> list[int]:
        """Return, for each token, how many marks that part clauses stand before it."""
        count, found = 0, []
        for token in self.page.tokens:
            found.append(count)
            count += not token.word and token.text in ',;:—–-"“”»«().!?'
        return [*found, count]

    def _beside(self, at: int, start: int, end: int) -> _Beside:
        """Return what stands beside a token of a stretch."""
        tokens, kinds = self.page.tokens, self.kinds
        before = (tokens[at - 1].text, kinds[at - 1]) if at > start else ("^", "^")
        behind = (tokens[at + 1].text, kinds[at + 1]) if at + 1 < end else ("$", "$")
        return _Beside(before[0], behind[0], before[1], behind[1])

    def cue_sequence(self, start: int, end: int) -> list[list[str]]:
        """Return the features of a sentence's tokens, for finding its cues."""
        tokens, kinds = self.page.tokens, self.kinds
        found = []
        for at in range(start, end):
            before, behind, kind_before, kind_behind = self._beside(at, start, end)
            text = tokens[at].text
            row = [
                *self.plain[at],
                f"-1={before}",
                f"+1={behind}",
                f"-1w={before}|{text}",
                f"w+1={text}|{behind}",
                f"-1k={kind_before}",
                f"+1k={kind_behind}",
                f"-2k={kinds[at - 2] if at > start + 1 else '^'}",
                f"+2k={kinds[at + 2] if at + 2 < end else '$'}",
                f"-1e={text[-3:]}|{before[-3:]}",
                f"+1e={text[-3:]}|{behind[-3:]}",
            ]
            lemma = self.lemmas[at]
            if lemma:
                row += [
                    f"l={lemma}",
                    f"l+1={lemma}|{kind_behind}",
                    f"l-1={lemma}|{kind_before}",
                    f"lq={lemma}|{self._by_quotation(start, at, end)}",
                    f"k3={kind_before}|{kinds[at]}|{kind_behind}",
                ]
            if self.hints is not None:
                hint = self.hinted.get(at, "-")
                row += [
                    f"h={hint}",
                    f"h={hint}|{lemma or text}",
                    f"hk={hint}|{kinds[at]}",
                    f"h+1={self.hinted.get(at + 1, '-')}",
                    f"h-1={self.hinted.get(at - 1, '-')}",
                ]
            found.append(row)
        return found

    def _by_quotation(self, start: int, at: int, end: int) -> str:
        """Return whether a quotation ends shortly before a token, or begins shortly behind it."""
        closers, openers = self.page.closers, self.page.openers
        before = any(near in openers for near in range(max(start, at - 7), at + 1))
        behind = any(near in closers for near in range(at + 1, min(end, at + 6)))
        return f"{before:d}{behind:d}"

    def window(self, cue: Range) -> Range:
        """Return the tokens that may belong to a cue: its sentence, one before, two behind."""
        number = self.sentence_of(cue[0])
        first, last = max(0, number - 1), min(len(self.sentences) - 1, number + 2)
        tokens, text = self.page.tokens, self.page.text
        for step in range(number + 1, last + 1):
            if _parted(
                text,
                tokens[self.sentences[step - 1][1] - 1].end,
                tokens[self.sentences[step][0]].start,
            ):
                last = step - 1
                break
        start = max(self.sentences[first][0], cue[0] - BEFORE)
        return start, min(self.sentences[last][1], cue[1] + AFTER)

    def role_sequence(self, cue: Range, cues: Sequence[Range]) -> list[list[str]]:
        """Return the features of the tokens around a cue, for finding its source and content."""
        start, end = self.window(cue)
        tokens, kinds, inside, marks = self.page.tokens, self.kinds, self.page.inside, self.marks
        number = self.sentence_of(cue[0])
        said, kind = tokens[cue[0]].text, kinds[cue[0]]
        own, hints = inside[cue[0]], (self.hints or {}).get(cue[0])
        others = _flags((start, end), [each for each in cues if each[0] != cue[0]])
        sums = list(accumulate(others))
        at_cue = sums[cue[0] - start]
        found = []
        for at in range(start, end):
            side, far = ("L", cue[0] - at) if at < cue[0] else ("R", at - cue[1] + 1)
            if cue[0] <= at < cue[1]:
                side, far = "C", 0
            near = bisect_right(_BUCKETS, far)
            sentence = self.sentence_of(at) - number
            between = min(abs(marks[at] - marks[cue[0]]), 4)
            crossed = min(abs(sums[at - start] - at_cue), 2)
            quote = "=" if inside[at] == own else "q" if inside[at] >= 0 else "o"
            text = tokens[at].text
            place = f"{side}{sentence}"
            before, behind, kind_before, kind_behind = self._beside(at, start, end)
            row = [
                *self.plain[at],
                f"p={place}{near}",
                f"p={place}{between}{quote}",
                f"p={place}{crossed}{quote}{between}",
                f"c={said}{side}{min(near, 3)}",
                f"ck={kind}{place}{min(near, 3)}",
                f"ckm={kind}{place}{between}{quote}",
                f"w={text}{place}{min(near, 4)}",
                f"k={kinds[at]}{place}{min(near, 4)}",
                f"-1={before}{side}",
                f"+1={behind}{side}",
                f"-1k={kind_before}{place}",
                f"+1k={kind_behind}{place}",
                f"-1e={before[-3:]}{place}",
                f"+1e={behind[-3:]}{place}",
                f"k3={kind_before}{kinds[at]}{kind_behind}{side}",
            ]
            if others[at - start]:
                row.append("other")
            if self.hints is not None:
                hint = hints.get(at, "-") if hints else "?"
                ahead = hints.get(at + 1, "-") if hints else "?"
                row += [
                    f"h={hint}",
                    f"h={hint}{place}{quote}",
                    f"h={hint}>{ahead}",
                    f"h={hint}|{kinds[at]}",
                ]
            found.append(row)
        return found


def _flags(within: Range, marked: Sequence[Range]) -> list[int]:
    """Return for each token of a stretch, and the one behind it, whether it is in a marked one."""
    start, end = within
    found = [0] * (end - start + 1)
    for first, last in marked:
        for at in range(max(first, start), min(last, end)):
            found[at - start] = 1
    return found


def _parted(text: str, end: int, start: int) -> bool:
    """Tell whether a new paragraph begins between two places."""
    return "\n" in text[end:start]


def _lemma(sentence: Sentence, at: int) -> str:
    """Return the lemma of a reporting word with its part, a noun's own form; else nothing."""
    form = sentence.reported(at).part("past", "present", "participle")
    if form:
        return f"{form.cue.lemma}.{form.part[:2]}"
    return sentence.text(at) if sentence.words.noun(sentence.text(at))[0] else ""


def _kind(sentence: Sentence, at: int) -> str:
    """Return what the pack knows of a token, as a short word."""
    token = sentence.tokens[at]
    if not token.word:
        return token.text
    if sentence.is_that(at):
        return "that"
    for name in _LISTS:
        if sentence.among(at, name):
            return name[:4]
    form = sentence.reported(at).part("past", "present", "participle")
    if form:
        takes = "".join(sorted(take[0] for take in form.cue.takes if take in _TAKES))
        return f"V{form.part[:2]}{takes}"
    if is_verb(sentence, at):
        return "v"
    if sentence.words.noun(token.text)[0]:
        return "N"
    return "D" if token.text[0].isdigit() else "A" if token.capital else "a"


_LISTS = (
    *("subjects", "relatives", "negations", "modals", "infinitive", "progressives", "auxiliaries"),
    *("determiners", "joining", "clauses", "prepositions", "times", "objects", "adverbs"),
)
_TAKES = frozenset({"that", "quote", "clause", "object", "person", "addressee", "label"})
