"""Chains as text for people: an indented tree for a terminal, and Markdown.

Words of articles are pieces of our lines (`claimtrack.text.shown`): a hostile name can neither
turn the line round nor steer a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from claimtrack.analysis.branches import Branch, branches
from claimtrack.analysis.chain import Chain, Chains, Step
from claimtrack.model.vocabulary import Channel
from claimtrack.text.shown import harmless, piece

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>&~-])")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+", re.IGNORECASE)

Words = Callable[[str], str]
"""How words of an article become a piece of one of our lines."""


def summary(found: Chains) -> str:
    """Return how many chains there are and how long: "2 chains of 1 to 2 hops"."""
    hops = (
        f"{found.shortest}"
        if found.shortest == found.longest
        else f"{found.shortest} to {found.longest}"
    )
    chains = "1 chain" if found.count == 1 else f"{found.count} chains"
    circles = "1 circle" if len(found.loops) == 1 else f"{len(found.loops)} circles"
    length = f"{chains} of {hops} {'hop' if hops == '1' else 'hops'}"
    return f"{length}, {circles}" if found.loops else length


def tree(found: Chains, words: Words = piece) -> str:
    """Return the chains as an indented tree, outlets at the left edge."""
    return "\n".join([*_drawn(branches(found.chains), "", words), *_unlisted(found)])


def markdown(found: Chains) -> str:
    """Return each chain as a numbered list under a heading of its own."""
    parts = []
    for number, chain in enumerate(found.chains, 1):
        hops = "1 hop" if chain.hops == 1 else f"{chain.hops} hops"
        parts.append(f"## Chain {number}: {hops}\n\n{_listed(chain)}")
    return "\n\n".join([*parts, *_unlisted(found)])


def escaped(text: str) -> str:
    """Return words of an article as Markdown that means just those words."""
    return _MARKDOWN.sub(r"\\\1", piece(text)).replace("\\&", "&amp;").replace("\\<", "&lt;")


def _drawn(drawn: Sequence[Branch], indent: str, words: Words) -> Iterator[str]:
    for number, branch in enumerate(drawn, 1):
        last = number == len(drawn)
        yield f"{indent}{'└─' if last else '├─'} {_line(branch.step, words)}"
        within = indent + ("   " if last else "│  ")
        yield from _drawn(branch.further, within, words)
        if branch.cut:
            yield f"{within}└─ …"


def _line(step: Step, words: Words) -> str:
    cue = f"“{words(step.cue)}”" if step.cue else ""
    parts = (words(_name(step)), cue, *_facts(step, words))
    return " · ".join(part for part in parts if part)


def _listed(chain: Chain) -> str:
    lines = [f"{number}. {_item(step)}" for number, step in enumerate(chain.steps, 1)]
    return "\n".join([*lines, *(["", "(further steps are not shown)"] if chain.cut else [])])


def _item(step: Step) -> str:
    cue = f"“{escaped(step.cue)}”" if step.cue else ""
    parts = (f"**{escaped(_name(step))}**", cue, *_facts(step, piece), _link(step))
    return " · ".join(part for part in parts if part)


def _name(step: Step) -> str:
    if step.name:
        return step.name
    return "(nobody is named)" if step.attribution_id else "(outlet not stated)"


def _facts(step: Step, words: Words) -> tuple[str, ...]:
    stated = step.channel not in (None, Channel.NONE_STATED)
    channel = str(step.channel).replace("_", " ") if stated else ""
    circle = f"a circle of {len(step.loop)} reports" if step.loop else ""
    return channel, step.date.iso() or words(step.date.stated), circle


def _link(step: Step) -> str:
    """Return a link to the article at the outer end, where its address is one of the web."""
    address = "" if step.attribution_id else step.document.url or ""
    if not _ADDRESS.fullmatch(address) or harmless(address) != address:
        return ""
    return f"[{escaped(step.document.title) or 'article'}](<{address}>)"


def _unlisted(found: Chains) -> list[str]:
    left = found.count - len(found.chains)
    if left <= 0 or any(chain.cut for chain in found.chains):
        return []
    return [f"and {left} more {'chain' if left == 1 else 'chains'}"]
