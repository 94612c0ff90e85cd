"""Files, directories, standard input and captures to articles, one at a time.

It goes in two steps, so that the second can be done elsewhere: files are cut into pieces, each the
bytes of one article, and a piece becomes an article.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple, cast

from claimtrack.errors import FetchError, InputError
from claimtrack.ingest import (
    address,
    bodies,
    dates,
    docx,
    feeds,
    jsonl,
    language,
    parquet,
    phrases,
    plain,
    streams,
    tables,
    telegram,
    ticker,
    warc,
)
from claimtrack.ingest.problems import (
    LARGEST,
    LARGEST_FILE,
    TOO_LARGE,
    NotAnArticleError,
    Skipped,
)
from claimtrack.ingest.recognise import HEAD, Form, form_of
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.capture import Capture
from claimtrack.model.document import Article

STDIN = "-"
_FIELDS: Mapping[str, str] = MappingProxyType({})
_NO_WORD = (
    "an archive, workbook or office document that is no Word document; "
    "save a text as DOCX, a table as CSV"
)


class Raw(NamedTuple):
    """The bytes of one article.

    Attributes:
        place: Where it comes from, for messages.
        form: What the bytes are; none of the forms that hold many articles but JSON lines.
        data: The bytes.
        capture: What they were fetched as, if they were.
        fields: Names of ours to names of theirs, for JSON lines.
    """

    place: str
    form: Form
    data: bytes
    capture: Capture | None = None
    fields: Mapping[str, str] = _FIELDS


def read(
    inputs: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    packs: Packs = SHIPPED,
    fields: Mapping[str, str] = _FIELDS,
) -> Iterator[Article | Skipped]:
    """Return the articles of files, directories and standard input, in the order given.

    What a file is, is told from its content: text, Markdown, HTML, PDF, DOCX, transcripts, JSON
    lines, CSV, Telegram's export, a feed, WARC, and any of them compressed by gzip. Directories are
    read in the order of their names, with what is below them; hidden files are left out. Memory
    stays flat: one article is held at a time.

    Args:
        inputs: Paths; "-" is standard input.
        stdin: What to read for "-"; the process's own when None.
        packs: The language packs that hold.
        fields: What fields of JSON lines and columns are called, ours to theirs.

    Yields:
        An article, or a Skipped for a file of a directory or a record that is none.

    Raises:
        InputError: At once, before anything is read: an input does not exist, is an address, is
            no text, or is a directory without a readable article. While reading: a file that was
            given by name, or everything in a directory, turned out to be no article.
    """
    for given in inputs:
        _check(given, fields)
    if list(inputs).count(STDIN) > 1:
        raise InputError("standard input", "given twice; it can be read once.")
    return (
        item for given in inputs for item in _all(given, stdin=stdin, packs=packs, fields=fields)
    )


def check(packs: Packs) -> None:
    """Read what the packs say of pages, dates and scripts, which reading else does when it must.

    Raises:
        PackError: A file is not as it must be; the message names file and line.
    """
    dates.names(packs)
    language.scripts(packs)
    phrases.phrases(packs)
    ticker.joints(packs)


def pieces(
    given: str,
    *,
    stdin: BinaryIO | None = None,
    fields: Mapping[str, str] = _FIELDS,
    told: Callable[[int], None] | None = None,
) -> Iterator[Raw | Skipped]:
    """Yield the bytes of each article of one input, and what cannot be read, by its place.

    Args:
        given: A path; "-" is standard input.
        stdin: What to read for "-"; the process's own when None.
        fields: What fields of JSON lines and columns are called, ours to theirs.
        told: Called with the number of bytes after each stretch that was read.

    Raises:
        InputError: At once: the input does not exist, is an address, is none of the forms, or is
            a directory without any file that is.
    """
    _check(given, fields)
    return _pieces(given, stdin, fields, told)


def article(raw: Raw, packs: Packs = SHIPPED) -> Article:
    """Return the article of a piece.

    Raises:
        NotAnArticleError: It is none.
    """
    if raw.form is Form.JSONL:
        return jsonl.article(raw.data, raw.place, packs, raw.fields)
    if raw.form is not Form.HTML:
        return _located(_READERS[raw.form](raw.data, raw.place, packs), raw.capture)
    from claimtrack.ingest import html  # noqa: PLC0415 (slow to load, for those who read pages)

    charset = _charset(raw.capture)
    return _located(html.article(raw.data, raw.place, packs, charset), raw.capture)


def identity(raw: Raw) -> tuple[str | None, str] | None:
    """Return address and text of a piece's article where they are cheaply had, else None."""
    return jsonl.identity(raw.data, raw.fields) if raw.form is Form.JSONL else None


def is_feed(data: bytes) -> bool:
    """Tell whether what was fetched is a feed."""
    try:
        return form_of(data[:HEAD]) is Form.FEED
    except NotAnArticleError:
        return False


def of_capture(capture: Capture, data: bytes, fields: Mapping[str, str] = _FIELDS) -> Raw | None:
    """Return the piece that what was fetched holds; None for a feed.

    Args:
        capture: What was fetched.
        data: Its body, unpacked.
        fields: Names of ours to names of theirs, for JSON lines.

    Raises:
        NotAnArticleError: It is none of the forms, or holds many articles.
    """
    form = form_of(data[:HEAD], fields)
    if form is Form.FEED:
        return None
    if form.many:
        raise NotAnArticleError(f"many articles ({form.value}); save it and add the file")
    return Raw(capture.url, form, data, capture)


_READERS: Mapping[Form, Callable[[bytes, str, Packs], Article]] = {
    Form.TEXT: plain.article,
    Form.MARKDOWN: plain.from_markdown,
    Form.SUBTITLES: plain.from_subtitles,
    Form.PDF: plain.from_pdf,
    Form.DOCX: plain.from_docx,
}


def _located(found: Article, capture: Capture | None) -> Article:
    """Return a fetched article with its addresses: what it calls itself, if that is of its site."""
    if capture is None:
        return found
    final = address.normal(capture.final_url)
    own = found.url
    if own and (
        not address.same_site(own, final)
        or (address.is_front_page(own) and not address.is_front_page(final))
    ):
        own = None
    known = (*found.addresses, ("final", final), *((("canonical", own),) if own else ()))
    return found.model_copy(update={"url": own or final, "addresses": known, "capture": capture})


def _charset(capture: Capture | None) -> str | None:
    return None if capture is None else bodies.charset(capture.response)


def _all(
    given: str, *, stdin: BinaryIO | None, packs: Packs, fields: Mapping[str, str]
) -> Iterator[Article | Skipped]:
    """Yield what one input holds; a file that is no article of its own is an error."""
    own = _place(given)
    found, problem = False, ""
    for item in _pieces(given, stdin, fields, None):
        try:
            made = item if isinstance(item, Skipped) else article(item, packs)
        except NotAnArticleError as error:
            made = Skipped(place=item.place, reason=error.reason)
        if isinstance(made, Skipped):
            if made.place == own:
                raise InputError(own, f"{made.reason}.")
            problem = problem or f"{made.place.removeprefix(own).lstrip(': ')}: {made.reason}"
        else:
            found = True
        yield made
    if not found and given != STDIN and Path(given).is_dir():
        raise InputError(given, "no readable article in this directory.")
    if not found:
        raise InputError(own, f"nothing in it is an article ({problem or 'it is empty'}).")


def _place(given: str) -> str:
    return "standard input" if given == STDIN else given


def _check(given: str, fields: Mapping[str, str]) -> None:
    """Look at an input without reading it.

    Raises:
        InputError: It cannot be read as articles.
    """
    if given == STDIN:
        return
    if not given:
        raise InputError(repr(given), "an empty path; leave it out.")
    if address.has_scheme(given):
        raise InputError(given, "an address; only claimtrack add and watch fetch pages.")
    try:
        mode = Path(given).stat().st_mode
        if stat.S_ISDIR(mode):
            listed = (path for path in files(Path(given)) if isinstance(path, Path))
            if not any(_promising(path, fields) for path in listed):
                raise InputError(given, "no readable article in this directory; nothing was read.")
        elif stat.S_ISREG(mode):
            _recognised(Path(given), fields)
    except FileNotFoundError:
        raise InputError(given, "no such file or directory; check the path.") from None
    except OSError as error:
        raise InputError(given, f"{_unreadable(error)}.") from None
    except ValueError:
        raise InputError(repr(given), "no path can be called that.") from None
    except NotAnArticleError as problem:
        raise InputError(given, f"{problem.reason}.") from None


def _recognised(path: Path, fields: Mapping[str, str]) -> None:
    """Look at the beginning and the size of a file.

    Raises:
        NotAnArticleError: It is none of the forms, or too large for an article.
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        form = form_of(stream.read(HEAD), fields)
        if not form.many and os.fstat(stream.fileno()).st_size > _largest(form):
            raise NotAnArticleError(TOO_LARGE)


def _largest(form: Form) -> int:
    return LARGEST_FILE if form in (Form.PDF, Form.DOCX) else LARGEST


def _promising(path: Path, fields: Mapping[str, str]) -> bool:
    try:
        _recognised(path, fields)
    except (OSError, NotAnArticleError):
        return False
    return True


def _pieces(
    given: str,
    stdin: BinaryIO | None,
    fields: Mapping[str, str],
    told: Callable[[int], None] | None,
) -> Iterator[Raw | Skipped]:
    if given == STDIN:
        stream = stdin or sys.stdin.buffer
        yield from of_stream(_place(given), stream, fields, told)
        return
    path = Path(given)
    for one in files(path) if path.is_dir() else (path,):
        if isinstance(one, Skipped):
            yield one
            continue
        place = str(one) if path.is_dir() else given
        try:
            with one.open("rb") as stream:
                yield from of_stream(place, stream, fields, told)
        except OSError as error:
            yield Skipped(place=place, reason=_unreadable(error))


def files(root: Path) -> Iterator[Path | Skipped]:
    """Yield the files below a directory, in the order of their names; hidden ones are left out.

    Links to directories are not followed. What is no regular file, or cannot be listed, is
    yielded as a Skipped.
    """
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.stat().st_mode
            if path is root or (stat.S_ISDIR(mode) and not path.is_symlink()):
                inside = [one for one in path.iterdir() if not one.name.startswith(".")]
                waiting += sorted(inside, reverse=True)
            elif stat.S_ISREG(mode):
                yield path
            else:
                yield Skipped(place=str(path), reason="no regular file, but a link or a device")
        except OSError as error:
            yield Skipped(place=str(path), reason=_unreadable(error))


def of_stream(
    place: str,
    stream: BinaryIO,
    fields: Mapping[str, str],
    told: Callable[[int], None] | None = None,
) -> Iterator[Raw | Skipped]:
    """Yield what a stream holds, and what keeps it from being read further.

    Args:
        place: What it is called in messages.
        stream: The bytes of one file.
        fields: What fields of JSON lines and columns are called, ours to theirs.
        told: Called with the number of bytes after each stretch that was read.
    """
    try:
        yield from _opened(
            place, cast("BinaryIO", streams.Told(stream, told)) if told else stream, fields
        )
    except NotAnArticleError as problem:
        yield Skipped(place=place, reason=problem.reason)
    except (EOFError, zlib.error, streams.BadGzipFile) as error:
        reason = " ".join(str(error).split()) or "cut off"
        yield Skipped(place=place, reason=f"compressed, but damaged or cut off ({reason})")


def _opened(place: str, stream: BinaryIO, fields: Mapping[str, str]) -> Iterator[Raw | Skipped]:
    """Yield the pieces of a stream.

    Raises:
        NotAnArticleError: It is none of the forms, or not readable from some place on.
        OSError: It cannot be read.
    """
    head = streams.first(stream, HEAD)
    form = form_of(head, fields)
    whole = streams.rejoined(head, stream)
    if form is Form.GZIP and not streams.is_warc(head):
        yield from _opened(place, streams.gunzipped(whole), fields)
        return
    if form.many:
        yield from _MANY[form](place, whole, head, fields)
        return
    data = head + stream.read(_largest(form) + 1 - len(head))
    if len(data) > _largest(form):
        raise NotAnArticleError(TOO_LARGE)
    if form is Form.FEED:
        yield from _feed(place, data)
    elif form is Form.DOCX and not docx.is_docx(data):
        raise NotAnArticleError(_NO_WORD)
    else:
        yield Raw(place, form, data)


def _json_lines(
    place: str, stream: BinaryIO, _head: bytes, fields: Mapping[str, str]
) -> Iterator[Raw | Skipped]:
    for number, line in jsonl.lines(streams.chunks(stream)):
        here = f"{place}:{number}"
        if line is None:
            yield Skipped(place=here, reason=TOO_LARGE)
        else:
            yield Raw(here, Form.JSONL, line, None, fields)


def _csv(
    place: str, stream: BinaryIO, head: bytes, fields: Mapping[str, str]
) -> Iterator[Raw | Skipped]:
    separator = tables.mark(head.decode("utf-8-sig", "replace"), fields) or ","
    for number, row in tables.rows(stream, separator, fields):
        yield Raw(f"{place}:{number}", Form.JSONL, row, None, fields)


def _parquet(
    place: str, stream: BinaryIO, _head: bytes, fields: Mapping[str, str]
) -> Iterator[Raw | Skipped]:
    for number, row in parquet.unbound(stream, fields):
        yield Raw(f"{place}:{number}", Form.JSONL, row, None, fields)


def _telegram(
    place: str, stream: BinaryIO, _head: bytes, _fields: Mapping[str, str]
) -> Iterator[Raw | Skipped]:
    for name, line in telegram.messages(stream):
        yield Raw(f"{place} message {name}", Form.JSONL, line)


def _warc(
    place: str, stream: BinaryIO, head: bytes, _fields: Mapping[str, str]
) -> Iterator[Raw | Skipped]:
    members = streams.Members(stream)
    number = 0
    for number, item in _records(place, cast("BinaryIO", members)):  # noqa: B007
        yield item
    if form_of(head) is Form.GZIP and not members.whole:
        raise NotAnArticleError(f"damaged or cut off after record {number}")


def _records(place: str, stream: BinaryIO) -> Iterator[tuple[int, Raw | Skipped]]:
    try:
        for number, found in warc.responses(stream, f"warc {Path(place).name}", LARGEST_FILE):
            here = f"{place} record {number}"
            if isinstance(found, str):
                yield number, Skipped(place=here, reason=found)
            elif bodies.is_text(found.response) and address.is_address(found.url):
                yield number, _unpacked(here, found)
    except warc.Damaged as error:
        after = f"damaged or cut off after record {error.number} ({error})"
        raise NotAnArticleError(after) from None


def _unpacked(here: str, capture: Capture) -> Raw | Skipped:
    """Return the piece that a record of a WARC file holds."""
    try:
        data = bodies.held(capture.url, capture.response, LARGEST_FILE)
        raw = of_capture(capture, data)
    except FetchError as error:
        return Skipped(place=here, reason=str(error).removeprefix(f"{error.place}: ").rstrip("."))
    except NotAnArticleError as problem:
        return Skipped(place=here, reason=problem.reason)
    return raw._replace(place=here) if raw else Skipped(place=here, reason="a feed")


def _feed(place: str, data: bytes) -> Iterator[Raw | Skipped]:
    """Yield the entries of a feed that hold their whole text."""
    found = feeds.feed(data)
    if found.problem:
        raise NotAnArticleError(f"a feed that cannot be read ({found.problem})")
    for number, entry in enumerate(found.entries, 1):
        here = f"{place} entry {number}"
        if entry.content:
            yield Raw(here, Form.HTML, feeds.page(entry, found.title))
        else:
            yield Skipped(place=here, reason=f"only a teaser; add its page: {entry.url}")


_Many = Callable[[str, BinaryIO, bytes, Mapping[str, str]], Iterator[Raw | Skipped]]
_MANY: Mapping[Form, _Many] = {
    Form.JSONL: _json_lines,
    Form.CSV: _csv,
    Form.TELEGRAM: _telegram,
    Form.WARC: _warc,
    Form.GZIP: _warc,
    Form.PARQUET: _parquet,
}


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"
