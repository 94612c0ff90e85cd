"""What stands between the attributions of one sentence: relays, second cues, answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.extract.antecedents import holds, is_pronoun, length, other_before
from claimtrack.extract.draft import ANAPHOR, MUTE, Draft, Range
from claimtrack.extract.endings import NOMINAL, content_end, next_comma
from claimtrack.extract.groups import is_adverb, is_verb, shows_verb
from claimtrack.extract.openings import Opening
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence
from claimtrack.extract.subjects import is_spoken_of
from claimtrack.extract.tokens import Page
from claimtrack.model.vocabulary import Assertion, Stance
from claimtrack.text.fold import fold

_CITING = frozenset({"verb", "particle verb"})
_CLAUSE = 3
"""Tokens that a clause has at least."""
_REMARK = 16
"""Tokens of a remark between a clause and the verb behind it."""
_DENY = Assertion.DENY
_JUDGING = frozenset({Assertion.DENY, Assertion.OPINION})
_STATED = frozenset({"fronted", "that", "clause"})
"""How contents are opened that are clauses."""
_BARE = NOMINAL | {"bound"}
"""How contents are opened that are no clause."""


def merge_asides(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """Return the drafts without "as he put it", which becomes a second cue of the one before.

    So does "in his words" within what somebody says.
    """
    kept: list[Draft] = []
    for draft in found:
        theirs = draft.pattern == "particle" and is_pronoun(sentence, draft)
        holder = next((one for one in kept if theirs and _begin_alike(one, draft)), None)
        if holder:
            holder.cue.extend(draft.cue)
            holder.content = [(holder.content[0][0], draft.content[-1][1])]
            continue
        if draft.pattern != "aside":
            kept.append(draft)
            continue
        before = (one for one in reversed(kept) if one.content and one.content[0][0] < draft.at)
        host = next(before, None)
        if host:
            host.cue.extend(draft.cue)
            if draft.stance is Stance.DISTANCING:
                host.stance = Stance.DISTANCING
            cut = [(start, min(end, draft.at)) for start, end in host.content if start < draft.at]
            host.content = (cut or host.content) + _resumed(sentence, draft, host)
    return kept


def _resumed(sentence: Sentence, aside: Draft, host: Draft) -> list[Range]:
    """Return P2 in "that P1, as it claims, P2": the aside stands between two commas."""
    comma = aside.gap[1] if aside.gap else sentence.end
    between = sentence.text(aside.at - 1) in COMMAS and sentence.text(comma) in COMMAS
    if not between or host.content[-1][1] not in (aside.at, aside.at - 1):
        return []
    end = content_end(sentence, Opening(comma, comma + 1, "that"))
    return [(comma + 1, end)] if end > comma + _CLAUSE else []


def _begin_alike(one: Draft, other: Draft) -> bool:
    """Tell whether two contents begin at one place: what is said around an aside, and within."""
    return bool(one.content and other.content) and one.content[0][0] == other.content[0][0]


def find_denied(
    sentence: Sentence, found: list[Draft], previous: Range | None, earlier: Sequence[Draft]
) -> list[Draft]:
    """Return the drafts, each "X denied it" with what it denies; without those that find nothing.

    What is denied is the content of the report before it in the sentence, else the clause before,
    else what the sentence before reports, or says itself.

    Args:
        sentence: The sentence.
        found: Its drafts.
        previous: The tokens of the sentence before it; None for the first.
        earlier: The drafts before it.
    """
    kept: list[Draft] = []
    for draft in found:
        if draft.how == ANAPHOR:
            reports = [one for one in kept if one.content]
            stated = [one for one in reports if one.how != "object"] or reports
            reported = stated[-1] if stated else None
            named = draft.content  # "this news": itself, where nothing was reported
            if reported:
                last = draft.source[0] if draft.source else draft.at
                last = min(last, draft.clause) if draft.clause >= 0 else last
                draft.referent = draft.referent or _accused(sentence, reported, draft)
                parts = [(start, min(end, draft.at, last)) for start, end in reported.content]
                draft.content = [_trimmed(sentence, *part) for part in parts if part[0] < part[1]]
                draft.content_skip = reported.content_skip
                reported.content = list(draft.content) or reported.content
            elif not named:
                draft.content = _clause_before(sentence, draft)
            if named and not reported:
                told = _told_before(previous, earlier)
                draft.content = named if _clause_before(sentence, draft) else told or named
            if not draft.content and previous:
                draft.content = _sentence_before(sentence, draft, previous, earlier)
            if not draft.content:
                continue
        kept.append(draft)
    return kept


def _accused(sentence: Sentence, reported: Draft, denial: Draft) -> Range | None:
    """Return Y in "X blamed Y for the fire, which they deny": it is the accused who denies."""
    cue = reported.meaning
    accuses = cue is not None and cue.assertion is Assertion.ACCUSE and reported.how == "addressee"
    if not accuses or not is_pronoun(sentence, denial):
        return None
    start, end = reported.content[0]
    led = (at for at in range(start + 1, end) if sentence.among(at, "prepositions"))
    return start, next(led, end)


def deny_untrue(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """Return the drafts, "called false the reports that P" as a denial of P by who called them so.

    "Reports of P were false" by themselves report nothing.
    """
    for claim in found:
        if claim.pattern == "noun" and _is_called_untrue(sentence, claim):
            _deny_for(sentence, claim, found)
    kept = [
        one for one in found if not (one.pattern == "noun" and _is_called_untrue(sentence, one))
    ]
    for judge in kept:
        opinion = judge.meaning is not None and judge.meaning.assertion is Assertion.OPINION
        denied = judge.assertion is Assertion.DENY or _untrue_in(sentence, judge)
        if not opinion or judge.how not in NOMINAL or not denied:
            continue
        told = [
            one for one in kept if one.pattern == "noun" and not one.source and holds(judge, one)
        ]
        if told:
            judge.report(told[0])
            judge.assertion = Assertion.DENY
            start, end = judge.content[-1]
            if sentence.among(end - 1, "untrue") and end > start + 1:
                judge.content[-1] = start, end - 1
            return [one for one in kept if one is not told[0]]
    return kept


def _deny_for(sentence: Sentence, claim: Draft, found: Sequence[Draft]) -> None:
    """Make "reports of P were false, X said" a denial of P by X."""
    start, end = claim.content[0]
    end = min(end, next((at for at in _untrue_verbs(sentence, claim)), end))
    told = [one for one in found if one is not claim and one.content and one.source]
    for one in told:
        first = one.content[0][0]
        if one.how in _STATED and first <= claim.at < first + _CLAUSE:
            one.content, one.assertion = [(start, _before_remark(sentence, start, end))], _DENY


def _before_remark(sentence: Sentence, start: int, end: int) -> int:
    """Return the comma before ", first aired by Y" in a content; its end where there is none."""
    for comma in range(start + 1, end):
        done = next((at for at in range(comma + 1, end) if not is_adverb(sentence, at)), end)
        if sentence.text(comma) in COMMAS and sentence.among(done + 1, "agents"):
            return comma
    return end


def _is_called_untrue(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether "were false" stands behind a noun and its content, or within that."""
    if draft.source or not draft.content:
        return False
    return next(_untrue_verbs(sentence, draft), None) is not None


def _untrue_verbs(sentence: Sentence, claim: Draft) -> Iterator[int]:
    """Yield where what calls untrue begins behind a noun of saying: a verb, or a dash for one.

    Behind "claims that P" the first verb after P is the noun's own.
    """
    last = claim.content[-1][1]
    if claim.how in _BARE:
        near = range(claim.at + 1, max(last, next_comma(sentence, claim.at)))
    else:
        near = range(last, min(sentence.end, last + _REMARK))
    verbs = [at for at in near if _may_call(sentence, at)]
    for at in verbs if claim.how in _BARE else verbs[:1]:
        negated = at - 1 if sentence.phrase(at - 1, "untrue_phrases") else at
        judged = any(
            sentence.among(word, "untrue", "untruths") for word in _judged_by(sentence, at)
        )
        if judged or negated < at:
            yield negated


def _may_call(sentence: Sentence, at: int) -> bool:
    """Tell whether a token may join a noun to what it is: a verb, a long dash."""
    verb = is_verb(sentence, at) or shows_verb(sentence, at)
    return verb or (
        sentence.text(at) in DASHES and sentence.tokens[at - 1].end < sentence.tokens[at].start
    )


def _judged_by(sentence: Sentence, verb: int) -> range:
    """Return the two tokens behind a verb, and as many more as marks and adverbs are among them."""
    last = verb + 1
    while last < sentence.end and (sentence.opens_quote(last) or is_adverb(sentence, last)):
        last += 1
    return range(verb + 1, max(last + 1, verb + 3))


def _untrue_in(sentence: Sentence, judge: Draft) -> bool:
    """Tell whether a judgement says that something is untrue, within its content or behind it.

    A noun says so only at an edge: "welcomed the report that misinformation had fallen".
    """
    return any(
        sentence.among(at, "untrue")
        or (at not in range(start + 1, end) and sentence.among(at, "untruths"))
        for start, end in judge.content
        for at in range(start, end + 3)
    )


def _trimmed(sentence: Sentence, start: int, end: int) -> Range:
    """Return a content without ", but" at its end."""
    while end > start + 1 and (
        sentence.text(end - 1) in COMMAS or sentence.among(end - 1, "leading", "clauses")
    ):
        end -= 1
    return start, end


def deny_named(sentence: Sentence, found: Sequence[Draft]) -> None:
    """Deny the claim of "rejected the claim that P" too: whose it is, nobody says here."""
    denying = [one for one in found if _denies(one) and one.how in NOMINAL and one.content]
    for draft in found:
        if draft.pattern != "noun" or draft.source or sentence.reported(draft.at).pronoun:
            continue
        begins = (one.content[0][0] for one in denying if one is not draft)
        if any(start <= draft.at < start + _CLAUSE for start in begins):
            draft.assertion = Assertion.DENY


def drop_own_counts(sentence: Sentence, found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without "it counted nine" in "X said it counted nine": that is X's content.

    Who counts goes on speaking where the count has no subject, or a pronoun for one.
    """
    return [draft for draft in found if not _is_own_count(sentence, draft, found)]


def _is_own_count(sentence: Sentence, draft: Draft, found: Sequence[Draft]) -> bool:
    if draft.meaning is None or "number" not in draft.meaning.takes or draft.how != "object":
        return False
    if draft.source and not draft.implied and not is_pronoun(sentence, draft):
        return False
    reports = (one for one in found if one is not draft and one.source and one.at < draft.at)
    return any(start <= draft.at < end for one in reports for start, end in one.content)


def _denies(draft: Draft) -> bool:
    by_word = draft.meaning.assertion if draft.meaning else None
    return (draft.assertion or by_word) is Assertion.DENY


def _clause_before(sentence: Sentence, draft: Draft) -> list[Range]:
    first = min(draft.at, draft.source[0]) if draft.source else draft.at
    end = first
    while end > sentence.start and sentence.text(end - 1) not in COMMAS | STOPS:
        end -= 1
    end -= 1
    start = sentence.start
    while start < end and sentence.among(start, "clauses"):
        start += 1
    return [(start, end)] if end - start > 2 else []


def _sentence_before(
    sentence: Sentence, draft: Draft, previous: Range, earlier: Sequence[Draft]
) -> list[Range]:
    """Return what "X denied it" means that begins a sentence: what the one before reports."""
    first = min(draft.at, draft.source[0]) if draft.source else draft.at
    apart = sentence.words_in(sentence.start, first) > _CLAUSE
    if apart or sentence.page.inside[draft.at] >= 0:
        return []
    if told := _told_before(previous, earlier):
        return told
    start, end = previous
    while end > start and sentence.page.tokens[end - 1].text in COMMAS | STOPS:
        end -= 1
    return [(start, end)] if end - start >= _CLAUSE else []


def _told_before(previous: Range | None, earlier: Sequence[Draft]) -> list[Range]:
    """Return what the last report of the sentence before reports; nothing where it has none."""
    first, end = previous or (0, 0)
    told = [one for one in earlier if one.content and first <= one.at < end]
    return list(told[-1].content) if told else []


def cut_at_participles(sentence: Sentence, found: Sequence[Draft]) -> None:
    """End a content before ", adding that …": what is added stands beside it, not within it."""
    inside = sentence.page.inside
    for draft in found:
        if draft.pattern != "participle" or sentence.text(draft.at - 1) not in COMMAS:
            continue
        for other in found:
            if other.at < draft.at and other.content:
                start, end = other.content[-1]
                beside = inside[draft.at] == inside[other.at] or _is_unquoted(sentence, draft)
                if start < draft.at - 1 < end and beside:
                    other.content[-1] = (start, draft.at - 1)


def _is_unquoted(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a mark before a cue was never closed, or was opened twice."""
    page, opener = sentence.page, sentence.page.inside[draft.at]
    if opener < 0:
        return False
    closed = page.openers.get(page.closers[opener]) == opener
    return not closed or (bool(draft.content) and sentence.opens_quote(draft.content[0][0]))


def rejoin(sentence: Sentence, found: Sequence[Draft]) -> None:
    """Add "and he urges Q" to what they said in "they said that X goes, and he urges Q".

    Who said P does not go on where the next verb shows another gender or number.
    """
    for draft in found:
        if draft.pattern != "verb" or draft.source or not sentence.is_joined(draft.at):
            continue
        other = other_before(draft, found)
        if other is None or not draft.content:
            continue
        end = other.content[-1][1]
        between = range(end, draft.at)
        if all(not sentence.tokens[at].word for at in between) and end <= draft.at:
            first, rest = draft.content[0][0], other.content[-1][0]
            other.content[-1] = (rest, content_end(sentence, Opening(first, first, "that")))


def cut_at_outer(sentence: Sentence, found: Sequence[Draft]) -> None:
    """End Q in "X, who says that Q, said that P" where P begins.

    What a remark's content reaches into belongs to the verb around the remark.
    """
    for outer in found:
        if not outer.gap or not outer.content or outer.pattern not in _CITING:
            continue
        if outer.how == "fronted":
            continue  # P stands before the verb
        first, last = outer.gap
        while last > first and sentence.text(last - 1) in COMMAS | DASHES:
            last -= 1
        for draft in found:
            beside = draft.pattern in ("particle", "particle verb") or draft is outer
            if first <= draft.at < last and draft.content and not beside:
                parts = [(start, min(end, last)) for start, end in draft.content if start < last]
                draft.content = parts or draft.content


def cut_backgrounds(sentence: Sentence, found: Sequence[Draft]) -> list[Range]:
    """End "the raid" in "condemned the raid, where 40 had died": the rest is the outlet's own.

    Who denies or judges something does not tell what happened before. Returns the clauses cut off.
    """
    cut: list[Range] = []
    for draft in found:
        cut += _beside_hearsay(sentence, draft)
        cut += _unchecked(sentence, draft, cut)
        judging = draft.assertion in _JUDGING or (
            draft.meaning and draft.meaning.assertion in _JUDGING
        )
        if not judging or draft.how not in _BARE or not draft.content:
            continue
        start, end = draft.content[-1]
        for comma in range(start + 1, end - _CLAUSE):
            outside = sentence.page.inside[comma] == sentence.page.inside[start]
            begins = sentence.text(comma) in COMMAS and sentence.among(comma + 1, "backgrounds")
            if outside and begins:
                draft.content[-1] = (start, comma)
                cut.append((comma + 1, end))
                break
        else:
            cut += _added(sentence, end, found)
    return cut


def _added(sentence: Sentence, comma: int, found: Sequence[Draft]) -> list[Range]:
    """Return the clause that an outlet adds behind a content that ends at a comma."""
    begins = sentence.text(comma) in COMMAS and sentence.among(comma + 1, "backgrounds")
    held = any(comma < each < sentence.end for one in found for each in (one.at, _last(one)))
    long = sentence.end - comma > _CLAUSE
    return [(comma + 1, sentence.end)] if begins and long and not held else []


def _unchecked(sentence: Sentence, draft: Draft, cut: Sequence[Range]) -> list[Range]:
    """End "that P, and it was not possible to verify it" at the comma, unless cut already."""
    start, end = draft.content[-1] if draft.content else (0, 0)
    for comma in range(start + 1, end):
        own = sentence.text(comma) in COMMAS and sentence.page.inside[comma] < 0
        after = comma + 1 + sentence.among(comma + 1, "clauses")  # "but …"
        if own and sentence.is_unchecked(after):
            draft.content[-1] = (start, comma)
            added = (comma + 1, end)
            return [] if added in cut else [added]
    return []


def _last(draft: Draft) -> int:
    return max((end - 1 for _, end in draft.content), default=-1)


def _beside_hearsay(sentence: Sentence, draft: Draft) -> list[Range]:
    """Return the main clause of "40 died when the camp was reportedly hit": it is the outlet's."""
    if not sentence.among(draft.at, "hearsay") or not draft.content:
        return []
    joint = draft.content[0][0] - 1
    led = sentence.among(joint, "circumstances", "clauses", "backgrounds")
    return [(sentence.start, joint)] if led and joint - sentence.start > _CLAUSE else []


def link_relays(sentence: Sentence, found: Sequence[Draft]) -> None:
    """Set `via` of each draft that another one relays.

    A draft is relayed by the innermost one whose content holds its cue; one that stands beside
    its relayer ("A said, citing B, that P") by the verb next to it. A label ("what he called") and
    "it is believed" are the reporter's own asides and have none, unless they are quoted.
    """
    for draft in found:
        if draft.relayed and draft.via is None:
            draft.via = _relayer(draft, found)
            around = draft.via is not None and draft.via.pattern == "particle verb"
            if draft.via and around and sentence.lexicon.order == "before":
                draft.report(draft.via)  # "P1, as A reports citing B, P2"
            if draft.via is None and sentence.lexicon.finite_endings:
                draft.pattern = MUTE  # "cut its rate, citing weak trade": nobody tells anything
    for draft in found:
        impersonal = sentence.is_impersonal(draft.at) or sentence.among(draft.at, "accused")
        quoted = sentence.page.inside[draft.at] >= 0
        aside = draft.pattern == "label" or (
            not quoted and (impersonal or _is_background(sentence, draft))
        )
        if draft.via is not None or aside:
            continue
        holders = [
            other
            for other in found
            if other is not draft and holds(other, draft) and not _only_judges(other)
        ]
        innermost_first = sorted(holders, key=lambda one: (length(one), not one.relayed))
        draft.via = next((one for one in innermost_first if not _is_relayed_by(one, draft)), None)


def _is_background(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a reporter only adds a report: "amid reports of", "armed men he said"."""
    if draft.source is not None:
        return False
    if draft.pattern == "noun":
        return sentence.among(draft.at - 1, "amid") and not sentence.reported(draft.at).pronoun
    return draft.pattern == "verb" and is_spoken_of(sentence, draft.at)


def go_on_quoting(page: Page, found: Sequence[Draft], start: int, end: int) -> bool:
    """Add a paragraph that opens a quotation anew to the one before, which was left open.

    Tells whether it did. Newspapers open each paragraph of a long quotation with a mark and close
    the last one alone.
    """
    if not found or start not in page.closers or not found[-1].content:
        return False
    last = found[-1]
    first, until = last.content[-1]
    left_open = first in page.closers and page.openers.get(page.closers[first]) != first
    between = page.tokens[until:start]
    if not left_open or any(token.word for token in between):
        return False
    while end > start + 1 and page.tokens[end - 1].text in COMMAS | STOPS:
        end -= 1
    last.content.append((start, end))
    return True


def find_responses(sentence: Sentence, found: Sequence[Draft]) -> None:
    """Set `responds_to` in "X answered Y's accusations and said …": what X says answers Y."""
    responders = sentence.lexicon.words["responders"]
    for draft in found:
        host = draft.host
        if host is None or host.pattern != MUTE or host.meaning is None or host not in found:
            continue
        if fold(host.meaning.lemma) in responders:
            between = (one for one in found if host.at < one.at < draft.at and one.content)
            draft.responds_to = next(between, None)


def _only_judges(other: Draft) -> bool:
    """Tell whether a draft rejects or judges what its content names, and does not pass it on."""
    judges = other.meaning is not None and other.meaning.assertion in _JUDGING
    return judges and other.how in ("object", "preposition", "bound")


def _is_relayed_by(other: Draft, draft: Draft) -> bool:
    """Tell whether a draft already relays the other one, however many steps away."""
    step = other.via
    while step is not None and step is not draft:
        step = step.via
    return step is draft


def _relayer(draft: Draft, found: Sequence[Draft]) -> Draft | None:
    """Return the verb or particle that cites a draft, and give the draft its content."""
    citing = _CITING | {"particle"}
    verbs = [one for one in found if one.pattern in citing and one.content and not one.relayed]
    for other in verbs:
        if other.at < draft.at < other.content[0][0] == draft.content[0][0]:
            return other  # "A said, citing B, that C said P"
    for other in verbs:
        ahead = other.content[0][0] > draft.at and other.pattern != "verb"
        if ahead and other.source and other.source[1] <= draft.at:
            draft.report(other)  # "As A reports, citing B, P"
            return other
        if other.source and draft.at < other.at <= draft.at + 20:
            fronted = draft.content[0][0] in (other.source[0], other.at)
            if fronted or other.source[1] <= draft.at:
                draft.report(other)  # "A, citing B, said P", "Citing B, A said P"
                return other
    nearest = None
    for other in verbs:
        same = other.content[0][0] == draft.content[0][0]
        if other.at < draft.at and (same or other.content[-1][1] <= draft.at):
            nearest = other
    if nearest and nearest.content[-1][1] <= draft.at:
        draft.report(nearest)  # "P, A said, citing B"
    return nearest
