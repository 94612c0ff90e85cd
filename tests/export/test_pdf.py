"""A dossier as PDF: what a program reads from it is what was written, in order."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from claimtrack.errors import ClaimtrackError
from claimtrack.export import Options, export, pdf, save
from claimtrack.export.dossier_check import problems
from claimtrack.export.page import Block, Kind, Piece
from claimtrack.store import Store
from claimtrack.store.selection import Wanted
from tests.export.test_dossier import claim_of
from tests.export.world import CHAIN, ENDLESS, HOSTILE, VIDEO
from tests.match.stories import MINISTRY, TAX, Told, said_by, story

_MISSING = shutil.which("pdftotext") is None and "CLAIMTRACK_REQUIRE_BROWSER" not in os.environ
pytestmark = pytest.mark.skipif(_MISSING, reason="poppler's pdftotext is not installed")


def read(path: Path) -> str:
    """Return a PDF's words as poppler reads them, without marks of direction."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True)
    return " ".join(re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout).split())


def dossier(store: Store, claim: str, path: Path, lang: str = "en") -> str:
    wanted, options = Wanted(claims=(claim,)), Options(lang=lang)
    save("dossier", store.connection, path / "claim.pdf", wanted, options)
    return read(path / "claim.pdf")


def test_arabic_comes_out_in_the_order_it_is_read(world: Store, tmp_path: Path) -> None:
    text = dossier(world, claim_of(world, CHAIN, 1), tmp_path, "ar")
    for words in (
        TAX,
        "نقلت وكالة أنباء قمرية عن وزارة المالية القمرية قولها إن",
        "مصادر أصلية مستقلة",
        "كل المقالات ترجع إلى مصدر أصلي واحد",
        "налог снизят вдвое",
        "Desk of Qamaria",
        "القانون يقول غير ذلك",
    ):
        assert words in text, words


def test_an_english_one_has_arabic_words_in_order_too(world: Store, tmp_path: Path) -> None:
    text = dossier(world, claim_of(world, CHAIN, 1), tmp_path)
    for words in (TAX, "Independent origins: 1. Untraced ends: 0. Articles: 2.", "نصف الحقيقة"):
        assert words in text, words
    assert CHAIN.version.sha256 in text  # in one piece


@pytest.mark.parametrize(
    "words",
    [
        "خلال الأسبوع الأول لا إلى ولا على الله",
        "القرار الأول (المرحلة الثانية) نهائي",
        "قال «الاتفاق» لن يُوقَّع"[:14],
        "Сказал: «налог», да",
    ],
)
def test_letters_that_run_together_are_read_one_by_one(words: str, tmp_path: Path) -> None:
    made = pdf.pdf([Block(Kind.QUOTE, (Piece(words, "und"),))], "x", "en", "ltr")
    (tmp_path / "one.pdf").write_bytes(made)
    letters = re.sub(r"[()«»]", "", words)
    assert letters in re.sub(r"[()«»]", "", read(tmp_path / "one.pdf"))


def test_a_stream_gets_what_a_path_gets(world: Store, tmp_path: Path) -> None:
    claim, out = claim_of(world, CHAIN, 1), io.BytesIO()
    dossier(world, claim, tmp_path)
    export("dossier-pdf", world.connection, out, Wanted(claims=(claim,)))
    assert out.getvalue() == (tmp_path / "claim.pdf").read_bytes()


def test_hostile_and_endless_words_are_words_and_fit(world: Store, tmp_path: Path) -> None:
    text = dossier(world, claim_of(world, HOSTILE), tmp_path)
    assert "script" in text
    assert "كل شيء بخير" in text
    (tmp_path / "claim.pdf").unlink()
    assert dossier(world, claim_of(world, ENDLESS), tmp_path).count("كلمة") >= 900
    wide = [Block(Kind.LINE, (Piece('#import "x" $ a ' + "w" * 300 + " @b *c*", ""),))]
    (tmp_path / "wide.pdf").write_bytes(pdf.pdf(wide, "x", "en", "ltr"))
    assert "".join(read(tmp_path / "wide.pdf").split()).count("w" * 300) == 1


def test_the_same_claim_gives_the_same_bytes(world: Store, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        dossier(world, claim_of(world, VIDEO), tmp_path / name)
        made.append((tmp_path / name / "claim.pdf").read_bytes())
    assert made[0] == made[1]


def test_the_check_reads_the_pages_again_and_misses_what_is_not_there(
    world: Store, tmp_path: Path
) -> None:
    options = Options(claims=(claim_of(world, CHAIN, 1),))
    wanted, path = Wanted(claims=options.claims), tmp_path / "claim.pdf"
    save("dossier", world.connection, path, wanted, check=True)
    assert list(problems(world.connection, path.read_bytes(), options)) == []
    other = pdf.pdf([Block(Kind.LINE, (Piece("nothing of it", "en"),))], "x", "en", "ltr")
    found = list(problems(world.connection, other, options))
    assert found
    assert all("it lacks" in one and "\n" not in one for one in found)
    (torn,) = problems(world.connection, b"%PDF-1.7 torn", options)
    assert "no PDF that can be read" in torn or "no page" in torn


def test_the_check_knows_a_word_by_whatever_mark_poppler_puts_it(
    empty: Store, tmp_path: Path
) -> None:
    marked = story(
        "وتضاربت الأقوال: نشر الخبر أولا، نقلا عن الوزارة، أن الضريبة ستخفض إلى النصف.",
        Told("الضريبة ستخفض إلى النصف", "الوزارة", "نقلا عن", said_by(MINISTRY)),
    )
    marked.add(empty)
    for lang in ("ar", "en"):
        wanted, path = Wanted(claims=(claim_of(empty, marked),)), tmp_path / f"{lang}.pdf"
        options = Options(lang=lang)
        assert save("dossier", empty.connection, path, wanted, options, check=True).written == 1


@pytest.mark.skipif(
    shutil.which("chromium") is None and "CLAIMTRACK_REQUIRE_BROWSER" not in os.environ,
    reason="Chromium is not installed",
)
def test_chromium_prints_the_same_words_where_it_is_asked(world: Store, tmp_path: Path) -> None:
    wanted = Wanted(claims=(claim_of(world, CHAIN, 1),))
    options = Options(lang="ar", browser=True)
    save("dossier", world.connection, tmp_path / "claim.pdf", wanted, options)
    text = read(tmp_path / "claim.pdf")
    for words in (TAX, "مصادر أصلية مستقلة", "налог снизят вдвое"):
        assert words in text, words


def test_where_there_is_no_chromium_that_is_told(
    world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    wanted, options = Wanted(claims=(claim_of(world, CHAIN, 1),)), Options(browser=True)
    with pytest.raises(ClaimtrackError, match=r"There is no Chromium.*claimtrack\[pdf\]") as caught:
        save("dossier", world.connection, tmp_path / "claim.pdf", wanted, options)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())
