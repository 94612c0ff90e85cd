"""What holds for every text, whatever is in it."""

from __future__ import annotations

import csv
import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimtrack.extract import RulesEngine
from claimtrack.extract.engine import find, finished
from claimtrack.extract.lexicon import lexicon
from claimtrack.extract.words import Words
from claimtrack.lang.pack import available, pack_file
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Modality
from claimtrack.text.fold import fold
from tests.extract.reading import ENGINE, read, said, words


def test_a_quotation_goes_on_over_paragraphs_that_each_open_it_anew() -> None:
    said_by_him = 'قال الهمرش: "لن نغادر الوادي.\n\n"سنعيد بناء الجسر.\n\n"والنهر لنا".'
    text = f"{said_by_him}\n\nوعاد الوفد إلى بدرون."
    found = read(text, "ar")
    quoted = [span.of(text) for span in found.attributions[0].content]
    assert quoted == ['"لن نغادر الوادي', '"سنعيد بناء الجسر', '"والنهر لنا"']
    assert len(found.attributions) == 1
    assert [span.of(text) for span in found.narrator] == ["وعاد الوفد إلى بدرون."]


LETTERS = (
    "قالت وزارة إن «نعم»، \"لا\" (ب) ﻻ ـ َ ّ \u200f\u202e\u2066x ёЁ Said: 'that' 1,5 … ؟\n\ud800"
)
ARABIC = "قال وقالت نقلت عن بحسب إن أن ما وصفه بـ الوزارة مصدر في بيان مؤكدا اتهام"
OTHERS = 'said that claim according to заявил что со ссылкой на « » : ، , . ( ) — … " X'
PIECES = st.sampled_from([*ARABIC.split(), *OTHERS.split(), " ", " ", " ", "\n"])


@given(text=st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)))
@example(text=LETTERS)
@example(text="قال" + "»" * 40)
@example(text='وباعوا: هناك يدعون "كل امتلاكها.')
@example(text="بحيث اليوم سمن موقف تقول هما – لوزارة هما عنه, موقع عندها: هييه ف تنفي")
@example(text='What was quoted as saying: "I have resigned."')
@example(text='It rained." As " he denied an allegation.')
@pytest.mark.parametrize("lang", ["ar", "en", "ru"])
def test_every_span_lies_in_the_text_and_none_is_empty(lang: str, text: str) -> None:
    found = read(text, lang)
    for one in found.attributions:
        for spans in (one.source, one.cue, one.content, one.antecedent):
            assert list(spans) == sorted(spans)
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
    via = {one.key: one.via for one in found.attributions}
    for start in sorted(via):
        seen, step = [start], via[start]
        while step:
            assert step not in seen, "a circle of relays in one article"
            seen.append(step)
            step = via[step]
    assert all(0 <= span.start < span.end <= len(text) for span in found.narrator)


def _unhurried(code: str) -> Words:
    """Return words without the quick look-ups that pass over most of them: every rule is asked."""
    made = Words(lexicon(code))
    made.may_cue = made.may_open = made.may_stop = bool
    made.goes_on = lambda word: not word
    return made


STRANGE = ["12", "٣", "zz", "中", *"«»:,.—()"]


def _vocabulary(code: str) -> list[str]:
    known = lexicon(code)
    with pack_file(code, "examples.csv").open(encoding="utf-8", newline="") as handle:
        shown = " ".join(row["text"] for row in csv.DictReader(handle)).split()
    first = (sorted(held)[:4] for held in (*known.words.values(), known.forms, known.others))
    return [*shown, *(word for held in first for word in held), *STRANGE]


VOCABULARY = {code: _vocabulary(code) for code in available()}
UNHURRIED = {code: _unhurried(code) for code in available()}


@given(data=st.data())
@pytest.mark.parametrize("code", available())
def test_words_that_are_passed_over_quickly_would_have_changed_nothing(
    code: str, data: st.DataObject
) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(VOCABULARY[code]), max_size=30)))
    article = Article(text=text, place="", lang=code, layout=_whole(text))
    held = ENGINE.read(article)
    assert held is not None
    page, _ = held
    slow, _ = find(page, UNHURRIED[code], article.layout.body)
    slowly = tuple(finished(page, slow, UNHURRIED[code].lexicon.implied_sources))
    assert ENGINE.attribute(article).attributions == slowly


@given(data=st.data())
@pytest.mark.parametrize("code", available())
def test_no_span_parts_a_word_but_behind_what_is_joined_to_its_front(
    code: str, data: st.DataObject
) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(VOCABULARY[code]), max_size=30)))
    _parts_no_word(code, text)


def test_who_is_cited_reports_what_the_citing_one_does_from_its_first_letter_on() -> None:
    text = "واتهم الوزير درافونيا بإحراق الجسر، مستندا إلى مصادر أمنية."
    _parts_no_word("ar", text)
    contents = [words(text, one.content) for one in read(text, "ar").attributions]
    assert contents == ["درافونيا بإحراق الجسر"] * 2


def _parts_no_word(code: str, text: str) -> None:
    held = lexicon(code).words
    joined = held["proclitics"] | held["bound"] | held["future"]
    for one in read(text, code).attributions:
        for start, end in (*one.source, *one.cue, *one.content, *one.antecedent):
            if text[start].isalnum():
                before = re.search(r"[^\W_]*$", text[:start])
                assert before is not None
                assert joined.issuperset(fold(before[0]))
            assert not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


@given(text=st.lists(PIECES, max_size=25).map("".join))
def test_reading_twice_finds_the_same(text: str) -> None:
    assert read(text, "ar") == RulesEngine().attribute(
        Article(text=text, place="", lang="ar", layout=_whole(text))
    )


def _whole(text: str) -> Layout:
    return Layout(body=(Span(0, len(text)),) if text else ())


def test_marks_and_folded_letters_do_not_move_a_span() -> None:
    plain = "قالت الوزارة إن الجسر سليم."
    marked = "قَالَتِ الوِزارةُ إنّ الجِسـر سَليم."
    assert said(marked, read(marked, "ar").attributions[0])[0] == "الوِزارةُ"
    assert said(plain, read(plain, "ar").attributions[0]) == ("الوزارة", "قالت", "الجسر سليم")


def test_boilerplate_gives_no_claim() -> None:
    text = "قالت الوزارة إن الجسر سليم.\nقال الهمرش إن الطريق سالك."
    cut = text.index("\n")
    layout = Layout(boilerplate=(Span(0, cut),), body=(Span(cut + 1, len(text)),))
    found = ENGINE.attribute(Article(text=text, place="", lang="ar", layout=layout))
    assert [said(text, one)[0] for one in found.attributions] == ["الهمرش"]


def test_a_sentence_without_a_report_is_the_outlets_own_voice() -> None:
    text = "يمر الطريق بثلاث قرى. قال الهمرش إن الجسر سليم. ويعمل فيه أربعون عاملا."
    found = read(text, "ar")
    voices = ["يمر الطريق بثلاث قرى.", "ويعمل فيه أربعون عاملا."]
    assert [span.of(text) for span in found.narrator] == voices


@pytest.mark.parametrize(
    ("lang", "text", "own"),
    [
        ("en", "The bridge is shut; Kestrov said the ferry was running.", ["The bridge is shut"]),
        ("en", "Oil did reach the bay: Torvik said a pipe had burst.", ["Oil did reach the bay"]),
        ("ru", "Причалы в порту закрыли; мэр заявил, что лёд тает.", ["Причалы в порту закрыли"]),
        ("en", "Kestrov said the bridge was shut; the ferry, Torvik said, was running.", []),
        ("en", "In the afternoon, at the harbour gate: Kestrov said the ferry was running.", []),
    ],
)
def test_a_clause_before_a_colon_or_semicolon_and_a_report_is_the_outlets_own_voice(
    lang: str, text: str, own: list[str]
) -> None:
    assert [span.of(text) for span in read(text, lang).narrator] == own


def test_a_title_is_read_but_is_not_the_outlets_own_voice() -> None:
    title = "الهمرش: المدينة تحتاج إلى أطباء"
    found = read(title + "\n\nيمر الطريق بثلاث قرى.", "ar", title=len(title))
    assert len(found.attributions) == 1
    assert read("عنوان بلا قول\n\nنص", "ar", title=13).narrator == (Span(15, 17),)


def test_headlines_of_other_articles_between_paragraphs_are_no_reports() -> None:
    paragraph = "يمر الطريق بثلاث قرى ويعمل فيه أربعون عاملا."
    teaser, subheading = "البلدية تحذر من السيول", "الهمرش: الجسر سليم"
    own = "وقال الهمرش إن العمل مستمر."
    text = "\n".join([paragraph, own, teaser, subheading, paragraph, paragraph, paragraph])
    found = read(text, "ar")
    assert [said(text, one) for one in found.attributions] == [
        ("الهمرش", "قال", "العمل مستمر"),
        ("الهمرش", ":", "الجسر سليم"),
    ]
    assert teaser not in [span.of(text) for span in found.narrator]


def test_a_short_text_without_full_stops_is_read_whole() -> None:
    text = "البلدية تحذر من السيول\nوالشركة تؤكد أن السد آمن"
    assert len(read(text, "ar").attributions) == 2


def test_a_subject_within_an_article_that_a_colon_follows_is_no_speaker() -> None:
    text = "انقطع التيار.\nالماء: يصل إلى القرى ليلا."
    assert read(text, "ar").attributions == ()


def test_a_language_without_a_pack_gives_nothing() -> None:
    assert read("Elle a dit que le pont tient.", "und").attributions == ()


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("نفى البهلان وقوع أي هجوم.", Modality.DENIED),
        ("زعم البهلان أن الجسر سليم.", Modality.REPORTED),
        ("اعترف البهلان بأن الجسر هدم.", Modality.CONFIRMED),
        ("اعتبر البهلان أن الجسر ضيق.", Modality.POSSIBLE),
        ("قال البهلان إن الجسر سليم.", Modality.ASSERTED),
    ],
)
def test_certainty_follows_from_what_the_cue_does(text: str, modality: Modality) -> None:
    assert read(text, "ar").attributions[0].modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "ولم تقل الوزارة إن الجسر سليم.",
        "يذكر أن الجسر افتتح العام الماضي.",
        "وذهب الوزير إلى المكان لتفقد الأضرار.",
        "ذهب الصحفي إلى السوق قبل أن يعود إلى بيته.",
        "وسارع رجال الإطفاء إلى مكان الحادث.",
        "كان المتظاهرون يلوحون بأسلحتهم في الشوارع.",
        "ورفض النائب ما وصفه بـ",
        "وفق القانون يغلق المعبر ليلا.",
        "للمزيد: ضربات على الجسر",
        "نقلت الشاحنات الحطام من الموقع.",
        "وقرر القاضي أن تنتقد اللجنة الشهود.",
        "ويعتبر السد موضوعا شائكا في الوادي.",
        "وهو الجسر الذي يعتبر من أقدم الجسور.",
        "وتبين لاحقا أن الجسر سليم.",
        "ولا توجد لدى البلدية أي معلومات عن الحريق.",
        "وكشفت النقاب عن مخزن كبير للقمح.",
        "وسمح الاتفاق بفتح ورش أخرى وإصلاح السد.",
        "وتبنى مجلس بدرون قرارا جديدا.",
        "أولا: فتح المعبر قبل الشتاء.",
        "وأغلق الجسر دون أن ترد أنباء عن إصابات.",
        "وأكد ذلك المتحدث باسم البلدية.",
        "ويظهر أن الجسر سليم.",
        "ونفذ العدو عدوانا جويا على التل.",
        "كما شهدت القرية، مساء، اشتباكات عنيفة، توقف خلالها العمل.",
        "ورفض قائد الشرطة الرد على الانتقادات.",
        "ورفع القاضي خريطة للوادي أمام المجلس.",
        "ورفعت البلدية سعر الخبز إلى خمسين قرشا.",
        "وعلم القرية أزرق من الأعلى.",
        "وبدأ البحث بعد ما تردد عن غرق الزورق.",
        "حصري: السفينة غادرت الميناء ليلا",
    ],
)
def test_what_reports_nothing_is_no_attribution(text: str) -> None:
    assert [said(text, one) for one in read(text, "ar").attributions] == []


@pytest.mark.parametrize(
    "text",
    [
        "No group claimed responsibility for the blast.",
        "The bank raised its main rate to 14 percent, citing the price of bread.",
        "A fourth man was arrested on Monday by police in Sidrun.",
        "Parliament raised the limit to 40 seats.",
        "She put down the phone and left the room.",
        "Officials declined to comment on the fire.",
        "Harvest ends early in the south - pictures",
        "Gunmen attacked a convoy near Orlitsa on Friday.",
        "A storm slammed the coast and blasted two villages.",
        "The village was attacked by rebels.",
        "In the game, an army of robots attacked Finland on Monday.",
        "Qamaria withdrew its observers from the town.",
        "Kestrov understood that he was trapped.",
        "The police identified flaws in the plan as early as May.",
        "The board gave a party for 40 guests.",
        "Documents lay in the yard.",
        "Torvik put the jug on the table.",
        "The mayor offered no proof.",
        "Orlitsa: how the harbour froze",
    ],
)
def test_what_only_looks_like_a_report_in_english_is_none(text: str) -> None:
    assert [said(text, one) for one in read(text, "en").attributions] == []


@pytest.mark.parametrize(
    "text",
    [
        "Следует помнить, что мост закрыт.",
        "Камария отозвала посла из Карвенска.",
    ],
)
def test_what_only_looks_like_a_report_in_russian_is_none(text: str) -> None:
    assert [said(text, one) for one in read(text, "ru").attributions] == []


@pytest.mark.parametrize(
    "text",
    [
        "Kestrov told reporters that the bridge was open and that reports of a mine were false.",
        "Tarqan said that claims of a fire were untrue.",
        "The ministry added that statements by the crew would be published.",
        "The army accused the rebels of attacking two hospitals in Orlitsa.",
        "The rebels denied attacking the convoy.",
    ],
)
def test_a_noun_of_reporting_and_a_deed_are_no_reports_within_the_report(text: str) -> None:
    assert len(read(text, "en").attributions) == 1


def test_a_word_in_marks_is_no_report_within_the_report() -> None:
    text = 'Telvaria said it "strongly condemns" the raid.'
    assert len(read(text, "en").attributions) == 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Reports of a fire at the mill were false."),
        ("ru", "Мэрия обнародовала видео."),
        ("ru", "Хамраш сообщил об этом в среду."),  # of what, no sentence before says
    ],
)
def test_what_names_no_content_is_no_attribution(lang: str, text: str) -> None:
    assert [said(text, one) for one in read(text, lang).attributions] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Monitor said it had counted nine bodies in the mortuary."),
        ("ar", "قالت بعثة الرصد إنها رصدت 12 حريقا في الوادي."),
        ("ru", "Миссия сообщила, что она насчитала девять сгоревших домов."),
        ("ru", "Миссия сообщила, что насчитала девять сгоревших домов."),
    ],
)
def test_what_who_speaks_counted_is_part_of_what_is_said(lang: str, text: str) -> None:
    assert len(read(text, lang).attributions) == 1


def test_what_another_counted_is_a_report_within_the_report() -> None:
    text = "The Monitor said that the hospital had counted nine bodies."
    assert [said(text, one)[0] for one in read(text, "en").attributions] == [
        "The Monitor",
        "the hospital",
    ]


def test_that_it_could_not_be_verified_is_the_outlets_own_voice() -> None:
    own = "ولم يتسن لصحيفة «صدى بدرون» التحقق من ذلك"
    text = f"قال سكان القرية إن الجسر انهار ليلا، {own}."
    found = read(text, "ar")
    assert [words(text, one.content) for one in found.attributions] == ["الجسر انهار ليلا"]
    assert [span.of(text) for span in found.narrator] == [own]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (
            "وكان القبطان قد أوقف يوم الأحد، وقيل وقتها إنه يهرب السلاح.",
            "وكان القبطان قد أوقف يوم الأحد",
        ),
        ("وقدم الناطق رواية أخرى، إذ قال إن القارب بلا علم.", "وقدم الناطق رواية أخرى"),
        ("والصواب أن حارسين أصيبا، إذ أظهرت السجلات أن اثنين نجوا.", "والصواب أن حارسين أصيبا"),
        ("وفي بيان نشر أمس على منصتها، قالت الوزارة إن الجسر سليم.", ""),
        ("وبينما كان الجسر مغلقا أمام القوافل، قال الهمرش إن الطريق سالك.", ""),
        ("وأفاد الهمرش بأن الجسر انهار، ونقل عن مهندس أن العمود تشقق.", ""),
    ],
)
def test_the_main_clause_before_a_report_is_the_outlets_own_voice(text: str, own: str) -> None:
    assert [span.of(text) for span in read(text, "ar").narrator] == ([own] if own else [])


def test_an_anaphoric_source_leads_back_to_the_mention_it_stands_for() -> None:
    text = "قالت وكالة تيلفار برس إن الجسر سليم. وأضافت الوكالة أن الطريق سالك."
    second = read(text, "ar").attributions[1]
    assert words(text, second.source) == "الوكالة"
    assert words(text, second.antecedent) == "وكالة تيلفار برس"


def test_a_pronoun_leads_back_to_the_nearest_earlier_source() -> None:
    text = "The mayor said that the road was open. She said that the bridge was not."
    second = read(text, "en").attributions[1]
    assert (words(text, second.source), words(text, second.antecedent)) == ("She", "The mayor")


def test_who_asked_is_not_who_spoke_before() -> None:
    text = "The mayor said the pump was off. Asked if it was mended, he said it was not."
    _, asked, said_next = read(text, "en").attributions
    assert (words(text, asked.cue), words(text, asked.antecedent)) == ("Asked", "")
    assert words(text, said_next.antecedent) == "The mayor"


def test_a_pronoun_is_not_what_it_stands_for() -> None:
    text = "The minister said he had warned that the bridge was shut."
    _, warned = read(text, "en").attributions
    assert (words(text, warned.source), words(text, warned.antecedent)) == ("he", "")


def test_confidence_is_in_round_steps_and_falls_with_what_is_missing() -> None:
    text = (
        "قال البهلان إن الجسر سليم. وأضاف أن الطريق سالك. وتعبر عن ذلك اتهامات الجار له بالتقصير."
    )
    steps = [one.confidence for one in read(text, "ar").attributions]
    assert steps[0] == 0.9
    assert steps[1] == 0.8
    assert all(round(step, 1) == step and 0 < step <= 1 for step in steps)


def test_the_run_names_the_engine_and_the_packs_it_reads() -> None:
    run = ENGINE.run
    assert run.tool == "rules"
    assert {"pack:ar", "pack:en", "pack:ru"} <= run.configuration.keys()
    assert json.loads(run.model_dump_json())["configuration"] == run.configuration
