"""Bytes to text, with nothing moved: every code point of the input keeps its place."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import NamedTuple

CODE_PAGES = ("windows-1256", "iso-8859-6", "windows-1251", "koi8-r", "windows-1252")
"""What bytes that are not UTF-8 may be, of themselves; a page may declare others."""

_WESTERN = "windows-1252"
_SAMPLE = 65536
_BAD = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# Names of character sets, as pages declare them: of alphabets, and of East Asia.
_ALPHABETS = re.compile(r"(?:windows-?|cp-?)125[0-8]|iso-?8859-?\d{1,2}|koi8-[ru]")
_OTHERS = re.compile(r"gb2312|gbk|gb18030|big5|euc-(?:jp|kr)|shift_jis|tis-620")
_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_MOST_WORDS = 2000
_FEWEST_WORDS = 5


class Cleaned(NamedTuple):
    """A text, how many of its characters had to be replaced, and what its bytes were."""

    text: str
    replaced: int
    encoding: str


def clean(data: bytes, *declared: str | None) -> Cleaned:
    r"""Return the text that bytes are.

    A byte-order mark is removed and line ends are kept. Bytes that are UTF-8 are UTF-8, whatever
    they declare; then comes what they declare, then the likeliest of six code pages. Lone
    surrogates, NULs and bytes that stand for nothing become U+FFFD, one for one, and are counted.

    Args:
        data: The bytes.
        declared: The character sets the input is said to be in, the likelier ones first.

    >>> clean("\ufeffقال\r\n".encode())
    Cleaned(text='قال\r\n', replaced=0, encoding='utf-8')
    """
    text, encoding = _decoded(data, declared)
    before = 0
    if encoding.startswith("utf-8") and "\ufffd" in text:
        before = data.count("\ufffd".encode())
    elif encoding == "utf-16":
        before = text.count("\ufffd")
    mended = mend(text)[0]
    replaced = mended.count("\ufffd") - before
    return Cleaned(mended, replaced, encoding)


def mend(text: str) -> tuple[str, int]:
    """Return a text with U+FFFD for each lone surrogate and NUL, and how many there were."""
    return _BAD.subn("\ufffd", text)


def readable(text: str) -> bool:
    """Tell whether a decoded text is text: less than a tenth of it are control characters."""
    return len(_CONTROL.findall(text)) * 10 <= len(text)


def _decoded(data: bytes, declared: Sequence[str | None]) -> tuple[str, str]:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _utf16(data), "utf-16"
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode("utf-8", "surrogatepass"), "utf-8"
    except UnicodeDecodeError:
        damaged = _damaged_utf8(data)
    if damaged is not None:
        return damaged, "utf-8"
    known = (encoding for name in declared if (encoding := _declared(name)))
    named = [(data.decode(encoding, "replace"), encoding) for encoding in known]
    for text, encoding in named:
        if not _garbled(text, encoding):
            return text, encoding
    likeliest = _likeliest(data)
    text = data.decode(likeliest, "replace")
    surely = [each for each in named if each[1] != _WESTERN]
    return surely[0] if surely and _garbled(text, likeliest) else (text, likeliest)


def _garbled(text: str, encoding: str) -> bool:
    """Tell whether a text is one in other letters, taken for what its encoding has.

    No language of the West writes most of its letters with accents. In the wrong code page a word
    has letters of two scripts, or a capital inside; or capitals and small letters change places,
    or many bytes stand for nothing.
    """
    if encoding == _WESTERN:
        all_letters = [char for char in text[:_SAMPLE] if char.isalpha()]
        return sum(char > "\x7f" for char in all_letters) * 2 > len(all_letters)
    if not _ALPHABETS.fullmatch(encoding):
        return False
    words = [match[0] for match in islice(_WORD.finditer(text), _MOST_WORDS)]
    if len(words) < _FEWEST_WORDS:
        return False
    letters = "".join(words)
    odd = sum(map(_no_word, words)) * 4 > len(words)
    turned = sum(map(str.isupper, letters)) > sum(map(str.islower, letters))
    return odd or turned or text[:_SAMPLE].count("\ufffd") * 20 > len(letters)


def _no_word(word: str) -> bool:
    """Tell whether a word has letters of two scripts, or a capital after a small letter."""
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    turns = any(one.islower() and other.isupper() for one, other in pairwise(word))
    return len(scripts) > 1 or turns


def _utf16(data: bytes) -> str:
    odd = len(data) % 2
    whole = data[: len(data) - odd]
    codec = "utf-16-le" if whole.startswith(BOM_UTF16_LE) else "utf-16-be"
    return whole[2:].decode(codec, "surrogatepass") + "\0" * odd


def _damaged_utf8(data: bytes) -> str | None:
    """Return the text of UTF-8 with a few broken bytes; None when it is something else.

    In no code page do the letters of a language make up sequences of UTF-8 but by rare chance.
    """
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - data.count("\ufffd".encode())
    right = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return text if wrong * 10 <= right else None


def _declared(name: str | None) -> str | None:
    """Return the codec of a declared character set, if it is one that pages are written in."""
    wanted = (name or "").strip().strip("\"'").lower()
    if wanted in {"iso-8859-1", "latin1", "us-ascii", "ascii"}:
        return _WESTERN  # as browsers do
    return wanted if _ALPHABETS.fullmatch(wanted) or _OTHERS.fullmatch(wanted) else None


def _likeliest(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 (few inputs need it)

    first = _BEYOND_ASCII.search(data)
    start = max(0, first.start() - 1024) if first else 0
    best = from_bytes(data[start : start + _SAMPLE], cp_isolation=list(CODE_PAGES)).best()
    return best.encoding if best else _WESTERN
