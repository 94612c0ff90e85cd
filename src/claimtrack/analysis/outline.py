"""Chains as text for people: an indented tree for a terminal, and Markdown.

Words of articles are shown inside bidirectional isolates where they run from right to left, and
without control characters: a hostile name can neither turn the line round nor steer a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from claimtrack.analysis.chain import Chain, Chains, Step
from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import Channel

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_JOINERS = frozenset("\u200c\u200d")  # they change letters, not lines
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>&~-])")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+", re.IGNORECASE)
_HIDDEN = ("Cc", "Cf", "Cs")
"""Unicode categories of what is not seen: control and format characters, lone surrogates."""

_Branches = dict[str, tuple[Step, "_Branches"]]


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


def tree(found: Chains) -> str:
    """Return the chains as an indented tree, outlets at the left edge."""
    branches: _Branches = {}
    for chain in found.chains:
        here = branches
        for step in chain.steps:
            key = step.attribution_id or step.document.id
            here = here.setdefault(key, (step, {}))[1]
        if chain.cut:
            here["…"] = (_further(chain.steps[-1]), {})
    return "\n".join([*_drawn(branches, ""), *_unlisted(found)])


def markdown(found: Chains) -> str:
    """Return each chain as a numbered list under a heading of its own."""
    parts = []
    for number, chain in enumerate(found.chains, 1):
        hops = "1 hop" if chain.hops == 1 else f"{chain.hops} hops"
        parts.append(f"## Chain {number}: {hops}\n\n{_listed(chain)}")
    return "\n\n".join([*parts, *_unlisted(found)])


def plain(text: str) -> str:
    r"""Return words of an article fit to be shown within a line of ours.

    >>> plain("RT\n\x1b[1m")
    'RT [1m'
    """
    spaced = " ".join(text.split())
    kept = "".join(
        character for character in spaced if character in _JOINERS or not _is_hidden(character)
    )
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in kept):
        return f"{_FIRST_STRONG_ISOLATE}{kept}{_POP_ISOLATE}"
    return kept


def escaped(text: str) -> str:
    """Return words of an article as Markdown that means just those words."""
    return _MARKDOWN.sub(r"\\\1", plain(text)).replace("\\&", "&amp;").replace("\\<", "&lt;")


def _drawn(branches: _Branches, indent: str) -> Iterator[str]:
    for number, (step, further) in enumerate(branches.values(), 1):
        last = number == len(branches)
        yield f"{indent}{'└─' if last else '├─'} {_line(step)}"
        yield from _drawn(further, indent + ("   " if last else "│  "))


def _line(step: Step) -> str:
    cue = f"“{plain(step.cue)}”" if step.cue else ""
    return " · ".join(part for part in (plain(_name(step)), cue, *_facts(step)) if part)


def _further(last: Step) -> Step:
    """Return what stands in the tree for steps that are not shown."""
    nothing = {"name": "…", "cue": "", "channel": None, "date": StatedTime(), "loop": ()}
    return last.model_copy(update=nothing)


def _listed(chain: Chain) -> str:
    lines = [f"{number}. {_item(step)}" for number, step in enumerate(chain.steps, 1)]
    return "\n".join([*lines, *(["", "(further steps are not shown)"] if chain.cut else [])])


def _item(step: Step) -> str:
    cue = f"“{escaped(step.cue)}”" if step.cue else ""
    parts = (f"**{escaped(_name(step))}**", cue, *_facts(step), _link(step))
    return " · ".join(part for part in parts if part)


def _name(step: Step) -> str:
    if step.name:
        return step.name
    return "(nobody is named)" if step.attribution_id else "(outlet not stated)"


def _facts(step: Step) -> tuple[str, ...]:
    stated = step.channel not in (None, Channel.NONE_STATED)
    channel = str(step.channel).replace("_", " ") if stated else ""
    circle = f"a circle of {len(step.loop)} reports" if step.loop else ""
    return channel, step.date.iso() or plain(step.date.stated), circle


def _link(step: Step) -> str:
    """Return a link to the article at the outer end, where its address is one of the web."""
    address = "" if step.attribution_id else step.document.url or ""
    if not _ADDRESS.fullmatch(address) or any(map(_is_hidden, address)):
        return ""
    return f"[{escaped(step.document.title) or 'article'}](<{address}>)"


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN


def _unlisted(found: Chains) -> list[str]:
    left = found.count - len(found.chains)
    if left <= 0 or any(chain.cut for chain in found.chains):
        return []
    return [f"and {left} more {'chain' if left == 1 else 'chains'}"]
