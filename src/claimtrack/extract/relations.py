"""What stands between the attributions of one article: antecedents, relays, second cues."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.draft import Draft
from claimtrack.extract.reading import Sentence
from claimtrack.extract.rules import MUTE
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Stance


def merge_asides(found: list[Draft]) -> list[Draft]:
    """Return the drafts without "as he put it", which becomes a second cue of the one before."""
    kept: list[Draft] = []
    for draft in found:
        if draft.pattern != "aside":
            kept.append(draft)
            continue
        host = next(
            (one for one in reversed(kept) if one.content and one.content[0][0] < draft.at), None
        )
        if host:
            host.cue.extend(draft.cue)
            host.stance = Stance.DISTANCING if draft.stance is Stance.DISTANCING else host.stance
            host.content = _before(host.content, draft.at)
    return kept


def _before(content: list[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    cut = [(start, min(end, at)) for start, end in content if start < at]
    return cut or content


def link_relays(found: Sequence[Draft]) -> None:
    """Set `via` of each draft whose cue lies in another's content: the innermost such one.

    A label ("what he called") is the reporter's own aside and has none.
    """
    for draft in found:
        if draft.via is not None or draft.pattern == "label":
            continue
        if draft.relayed and (relayer := _relayer(draft, found)):
            draft.via = relayer
            if relayer.content[-1][1] <= draft.at:
                draft.content = relayer.content
            continue
        holders = [
            other
            for other in found
            if other is not draft
            and other.pattern != MUTE
            and any(start <= draft.at < end for start, end in other.content)
        ]
        if holders:
            draft.via = min(holders, key=lambda other: _length(other))


def _relayer(draft: Draft, found: Sequence[Draft]) -> Draft | None:
    """Return the draft that cites this one: the nearest verb before it with the same content."""
    for other in found:
        if other.pattern == "verb" and other.source and other.content:
            if other.source[1] <= draft.at < other.at <= draft.at + 20:
                draft.content = other.content  # "A, citing B, said P"
                return other
    nearest = None
    for other in found:
        if other.at < draft.at and other.pattern == "verb" and other.content:
            same = other.content[0][0] == draft.content[0][0]
            if same or other.content[-1][1] <= draft.at:
                nearest = other
    return nearest


def _length(draft: Draft) -> int:
    return sum(end - start for start, end in draft.content)


def find_antecedents(sentence: Sentence, found: Sequence[Draft], earlier: Sequence[Draft]) -> None:
    """Give each draft without a source, or with an anaphoric one, the earlier mention it means."""
    page = sentence.page
    for number, draft in enumerate(found):
        before = [*earlier, *found[:number]]
        if draft.source is None or _is_pronoun(sentence, draft):
            host = _host(draft, before, sentence)
            if host:
                draft.host = host
                if draft.pattern == "participle" and draft.via is None and host in found:
                    draft.via = host.via
                draft.antecedent = host.antecedent or (
                    page.span(*host.source) if host.source else None
                )
        else:
            draft.antecedent = _anaphor(sentence, draft, before)


def _is_pronoun(sentence: Sentence, draft: Draft) -> bool:
    source = draft.source
    return (
        source is not None
        and source[1] - source[0] == 1
        and (sentence.among(source[0], "subjects"))
    )


def _host(draft: Draft, before: Sequence[Draft], sentence: Sentence) -> Draft | None:
    """Return the draft whose source a missing one repeats: the nearest that agrees."""
    candidates = [
        other
        for other in before
        if (other.source or other.antecedent)
        and not any(start <= draft.at < end for start, end in other.content)
        or other.source
        and draft.pattern in ("participle",)
        and other.at < draft.at
    ]
    agreeing = [other for other in candidates if _agrees(draft, other, sentence)]
    return (agreeing or candidates or [None])[-1]


def _agrees(draft: Draft, other: Draft, sentence: Sentence) -> bool:
    if not draft.agreement or not other.agreement:
        return True
    return draft.agreement[0] == other.agreement[0]


def _anaphor(sentence: Sentence, draft: Draft, before: Sequence[Draft]) -> Span | None:
    """Return the earlier mention of "the ministry", "the source", "the statement"."""
    if draft.source is None or draft.source[1] - draft.source[0] > 2:
        return None
    first = draft.source[0]
    head = sentence.text(first)
    for article in sorted(sentence.lexicon.words["article"], key=len, reverse=True):
        if head.startswith(article) and len(head) > len(article) + 1:
            head = head[len(article) :]
            break
    else:
        return None
    if draft.source[1] - draft.source[0] != 1:
        return None
    for other in reversed(before):
        if other.source is None:
            continue
        mention = [token.text for token in sentence.tokens[slice(*other.source)]]
        if len(mention) > 1 and any(_same(head, word, sentence) for word in mention[:3]):
            return sentence.page.span(*other.source)
    return None


def _same(head: str, word: str, sentence: Sentence) -> bool:
    for article in sentence.lexicon.words["article"]:
        if word.startswith(article):
            word = word[len(article) :]
            break
    return word[:4] == head[:4] and abs(len(word) - len(head)) <= 2
