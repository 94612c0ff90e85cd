"""Pieces of markup that stand on a page a hundred times: text that others wrote goes through them.

A macro of a template takes ten times as long, which is most of what a long page takes.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from claimtrack.model.document import StatedTime
from claimtrack.publish import highlight
from claimtrack.publish.evidence import Telling
from claimtrack.publish.language import Catalogue, direction
from claimtrack.publish.links import Links
from claimtrack.publish.shown import markup, plain, shown
from claimtrack.store.views import AttributionView, DocumentRef, Hit, SourceRef
from claimtrack.text.shown import moment


class Pieces:
    """The pieces in one language of the interface; a template knows them as `say`."""

    def __init__(self, t: Catalogue, links: Links) -> None:
        """Take the messages, and the addresses of the pages."""
        self._t, self._links = t, links
        self._untitled = escape(t("document.untitled"))

    def inline(self, text: str, lang: str = "") -> Markup:
        """Return text that keeps its own direction within a line."""
        if not lang:
            return markup(f'<bdi dir="auto">{shown(text)}</bdi>')
        return markup(f'<bdi lang="{escape(lang)}" dir="{direction(lang)}">{shown(text)}</bdi>')

    def when(self, time: StatedTime) -> Markup:
        """Return a time, as it was stated where that is another."""
        stamp = time.iso()
        if not stamp:
            return markup(f'<span class="quiet">{escape(self._t("field.undated"))}</span>')
        other = time.stated and time.stated != stamp
        stated = f' title="{escape(plain(time.stated))}"' if other else ""
        return markup(
            f'<time dir="ltr" datetime="{escape(stamp)}"{stated}>{escape(moment(time))}</time>'
        )

    def called(self, ref: SourceRef) -> Markup:
        """Return what a source is called in the reader's language, else what it goes by."""
        own = dict(ref.names).get(self._t.code)
        return self.inline(ref.name) if own is None else self.inline(own, self._t.code)

    def source_name(self, ref: SourceRef | None, named: str = "") -> Markup:
        """Return who said something, as a link to its page where it has one."""
        if ref:
            address = escape(self._links.thing(ref.id))
            return markup(f'<a class="who" href="{address}">{self.called(ref)}</a>')
        if named:
            return markup(f'<span class="who">{self.inline(named)}</span>')
        nobody = escape(self._t("report.no_source"))
        return markup(f'<span class="who quiet">{nobody}</span>')

    def title(self, ref: DocumentRef) -> Markup:
        """Return the title of a document."""
        return self.inline(ref.title, ref.lang) if ref.title else self._untitled

    def by(self, person: str, at: str) -> Markup:
        """Return a person and a day, given an instant in UTC."""
        day = f'<time dir="ltr" datetime="{escape(at)}">{escape(at[:10])}</time>'
        return markup(f"{self.inline(person)}{escape(self._t('site.comma'))} {day}")

    def evidence(self, recorded: str, *texts: str) -> Markup:
        """Return what a machine, or a person, gave as the reason for what it says of two claims.

        Args:
            recorded: The reason.
            texts: What the claims say.
        """
        if not recorded:
            return Markup()
        return markup(f'<p class="evidence">{Telling(self._t, texts).told(recorded)}</p>')

    def segments(
        self,
        parts: Sequence[highlight.Segment],
        numbered: Sequence[AttributionView] = (),
    ) -> Markup:
        """Return a text with its marks.

        Args:
            parts: The text, cut.
            numbered: The attributions of a document, where their numbers are to stand in it.
        """
        return markup("".join(self._segment(part, numbered) for part in parts))

    def found(self, hit: Hit) -> Markup:
        """Return what was found, the words searched for marked."""
        return markup(
            "".join(
                f'<mark class="hit">{shown(part.text)}</mark>' if part.roles else shown(part.text)
                for part in highlight.hit(hit)
            )
        )

    def facts_of(self, found: AttributionView, *, brief: bool = False) -> Markup:
        """Return how something was said; `brief` leaves out what is usual."""
        made = []
        for field, value, usual in (
            ("kind", found.kind.value, "indirect"),
            ("channel", found.channel.value, "none_stated"),
            ("stance", found.stance.value, "neutral"),
            ("assertion", found.assertion.value, "assert"),
        ):
            if value != usual or not brief:
                name, told = escape(self._t(f"field.{field}")), escape(self._t.term(field, value))
                way = ' class="usual"' if value == usual else ""
                made.append(f"<div{way}><dt>{name}</dt><dd>{told}</dd></div>")
        return markup(f'<dl class="facts">{"".join(made)}</dl>')

    def badge(self, found: AttributionView) -> Markup:
        """Return who stands behind a report: a machine, and who looked at it if anybody did."""
        t, person = self._t, found.reviewed
        made_by = f"{t('report.made_by')}: {plain(found.run)}"
        if person:
            told = f"{escape(t(f'report.{person.how}'))} {self.by(person.by, person.at)}"
            return markup(f'<span class="badge looked" title="{escape(made_by)}">{told}</span>')
        title = escape(f"{t('report.machine_note')} {made_by}")
        return markup(f'<span class="badge" title="{title}">{escape(t("report.machine"))}</span>')

    def _segment(self, part: highlight.Segment, numbered: Sequence[AttributionView]) -> str:
        text = shown(part.text)
        begun = [numbered[number - 1].id for number in part.begins] if numbered else []
        before = self._numbers(part.begins, begun)
        if not part.roles:
            return before + text
        roles = " ".join(part.roles)
        if not part.numbers:
            return f'{before}<span class="{roles}">{text}</span>'
        shared = " shared" if numbered and len(part.numbers) > 1 else ""
        numbers = " ".join(map(str, part.numbers))
        place = f' id="{escape(begun[0])}"' if begun else ""
        return f'{before}<mark class="{roles}{shared}" data-claims="{numbers}"{place}>{text}</mark>'

    def _numbers(self, begins: Sequence[int], begun: Sequence[str]) -> str:
        """Return the numbers of what begins here; the id of the first is that of the words."""
        made = []
        for number, known in zip(begins, begun, strict=False):
            place = f' id="{escape(known)}"' if known != begun[0] else ""
            label = escape(f"{self._t('document.number')} {number}")
            made.append(
                f'<a class="number" href="#note-{number}" data-claims="{number}"'
                f' data-n="{number}" aria-label="{label}"{place}></a>'
            )
        return "".join(made)
