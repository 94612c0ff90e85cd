"""Small articles about the invented cast."""

from __future__ import annotations

import json
from pathlib import Path

ARABIC = """قمرية تخفض الضريبة على القمح

وكالة نبأ

قالت وزارة المالية القمرية إن الضريبة على القمح ستنخفض في آذار المقبل.
وأضافت الوزارة في بيان أن القرار يشمل جميع المخابز في البلاد.
ونقلت وكالة صدى عن وزير الزراعة القمري قوله إن المحصول جيد هذا العام.
"""

ENGLISH = """Qamaria cuts its tax on wheat

The Ministry of Finance of Qamaria said that the tax on wheat would fall in March.
"""

HTML = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Qamaria cuts its tax on wheat</title></head>
<body><article><h1>Qamaria cuts its tax on wheat</h1><p>{ENGLISH.splitlines()[2]}</p>
<p>The ministry added that bakers in every town of the country would profit from the decision.</p>
</article></body></html>"""


def write(path: Path, text: str) -> Path:
    """Write a text as UTF-8 and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def many(count: int) -> str:
    """Return that many articles as JSON lines, all different, each with attributions."""
    return "\n".join(
        json.dumps(
            {
                "id": f"wheat-{number}",
                "lang": "ar",
                "url": f"https://naba.example/{number}",
                "text": ARABIC.replace("القمح", f"القمح رقم {number}"),
            },
            ensure_ascii=False,
        )
        for number in range(count)
    )
