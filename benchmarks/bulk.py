"""How fast articles go in: python benchmarks/bulk.py [--articles N] [--workers N].

Articles of 1,500 characters, all different, in Arabic, two of five sentences with somebody who says
something, as JSON lines, are added by the command line:
read, taken apart, stored, compared, linked. Beside it: the same texts by a bare `executemany` into
one table, and a second run over the same file, which adds nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

SAID = (
    "قالت وزارة المالية القمرية إن الضريبة على {0} ستنخفض في آذار المقبل بنسبة {1} بالمئة.",
    "ونقلت وكالة تيلفار برس عن رئيس بلدية تل سدرون وديع الهمرش قوله إن {0} وصل إلى البلدة رقم {1}.",
    "وأضافت الوزارة في بيان أن القرار رقم {1} يشمل جميع {0} في البلاد ابتداء من الشهر المقبل.",
    "وأكد العقيد سراج البهلان للصحافيين أن {1} شاحنة محملة بمواد من {0} عبرت الجسر صباح الأحد.",
    "ونفت السفارة الدرافونية في بدرون أن تكون قد منعت دخول {0} عبر المعبر الشمالي قبل {1} يوما.",
)
TOLD = (
    "وشهدت الأسواق إقبالا على {0} بعد {1} أيام من الأمطار التي هطلت على السهل وأغلقت بعض الطرق.",
    "ويعيش في البلدة نحو {1} ألف نسمة يعمل معظمهم في زراعة {0} وصيد السمك في البحيرة الكبرى.",
    "وارتفعت كميات {0} في المخازن إلى {1} طنا مع نهاية الشهر الماضي بعد موسم طويل من الجفاف.",
    "وتمتد الطريق القديمة بين المرفأ والسوق على {1} كيلومترا وتمر بها قوافل {0} منذ سنوات.",
    "وكانت البلاد قد استوردت {1} طنا من {0} في العام الماضي عبر المعبر الشمالي وحده.",
)
GOODS = (
    "القمح", "الشعير", "الدواء", "الوقود", "الخشب", "الملح", "الحديد", "الزيت", "السكر", "القطن",
    "الورق", "الصوف",
)  # fmt: skip
LENGTH = 1500


def article(number: int) -> str:
    """Return a line: an article like no other."""
    chance = random.Random(number)
    text = f"قمرية تنظر في ضريبة {chance.choice(GOODS)} رقم {number}\n\n"
    while len(text) < LENGTH:
        sentence = chance.choice(SAID if chance.random() < 0.4 else TOLD)
        text += sentence.format(chance.choice(GOODS), chance.randrange(2, 900_000)) + " "
        if chance.random() < 0.3:
            text += "\n\n"
    url = f"https://naba.example/{number}"
    return json.dumps({"id": str(number), "url": url, "text": text[:LENGTH]}, ensure_ascii=False)


def timed(*command: str) -> tuple[float, str]:
    """Run a command; return how many seconds it took, and what it printed."""
    begun = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - begun, done.stdout.strip()


def bare(lines: Path, database: Path) -> float:
    """Put the texts into one table, and return how many seconds it took."""
    begun = time.perf_counter()
    with closing(sqlite3.connect(database)) as connection, lines.open("rb") as file:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE article (id TEXT PRIMARY KEY, url TEXT, text TEXT)")
        rows = ((one["id"], one["url"], one["text"]) for one in map(json.loads, file))
        with connection:
            connection.executemany("INSERT INTO article VALUES (?, ?, ?)", rows)
    return time.perf_counter() - begun


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines, database = Path(folder, "lines.jsonl"), Path(folder, "a.db")
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(f"{article(number)}\n" for number in range(given.articles))
        add = (sys.executable, "-m", "claimtrack", "add", str(lines), "--db", str(database))
        add += ("--workers", str(given.workers), "--user", "benchmark")
        first, said = timed(*add)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        memory, busy = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
        second, _ = timed(*add)
        table = bare(lines, Path(folder, "bare.db"))
        print(said.splitlines()[0].rpartition("/")[2])
        print(f"articles a second  {given.articles / first:10.0f}   ({first:.1f} s)")
        print(f"a CPU-second       {given.articles / busy:10.0f}   all processes together")
        again = f"{first / second:.1f} times as fast"
        print(f"second run         {given.articles / second:10.0f}   {again}")
        print(f"bare executemany   {given.articles / table:10.0f}   ratio {first / table:.0f}")
        print(f"peak memory        {memory:10.0f} MB in the largest process")
        print(f"database           {database.stat().st_size / 2**20:10.0f} MB")


if __name__ == "__main__":
    main()
