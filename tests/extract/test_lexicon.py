"""A pack's files are checked at the door: a bad row is an error naming file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.errors import PackError, UnknownLanguageError
from claimtrack.extract.lexicon import TAKES, Form, lexicon
from claimtrack.lang.pack import SHIPPED, Packs, available
from claimtrack.model.vocabulary import Assertion, Channel, Stance

GOOD = {
    "pack.yaml": "code: xx\n",
    "grammar.yaml": "subject: before\nthat: [ke]\nprepositions: [de]\n",
    "verbs.csv": "base,assertion,stance,channel,takes\ndiri,assert,neutral,,that\n",
    "forms.csv": "lemma,tag,forms\ndiri,past.ms,diris\n",
    "particles.csv": "form,stance,opens\nlau,neutral,source\n",
    "nouns.csv": "form,assertion,stance,opens\naserto,assert,neutral,that\n",
    "channels.csv": "phrase,channel\ndeklaro,statement\n",
}

VERBS = "lemma,assertion,stance,takes,forms\n"


def packs(tmp_path: Path, code: str, **files: str) -> Packs:
    """Return the shipped packs, extended by files of a language; a dot in a name is written __."""
    folder = tmp_path / "ours" / code
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return Packs.load(tmp_path / "ours")


def with_new_language(tmp_path: Path, **changed: str) -> Packs:
    files = {name.replace(".", "__"): text for name, text in GOOD.items()}
    return packs(tmp_path, "xx", **(files | changed))


def test_a_good_pack_is_read(tmp_path: Path) -> None:
    found = lexicon("xx", with_new_language(tmp_path))
    assert found.forms["diris"][0].cue.lemma == "diri"
    assert found.that == {"ke"}
    assert found.order == "before"
    assert found.nouns["aserto"].takes == {"that"}
    assert found.channels["deklaro"] == ((("deklaro",), Channel.STATEMENT),)


def test_a_pack_needs_no_more_than_its_name(tmp_path: Path) -> None:
    assert lexicon("xx", packs(tmp_path, "xx", pack__yaml="code: xx\n")).forms == {}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("grammar.yaml", "subject: before\nthat: [ke", "grammar.yaml:3: not YAML"),
        ("grammar.yaml", "- ke\n", "must be a mapping"),
        ("grammar.yaml", "that: [ke]\nnegations: [no]\n", "grammar.yaml:2: negations must be a li"),
        (
            "light.csv",
            "verb,nouns,assertion,stance,takes\nfari,aserton,assert,neutral,that\n",
            "light.csv:2: 'fari' has no forms in forms.csv or other_forms.csv",
        ),
        (
            "light.csv",
            "verb,nouns,assertion,stance,takes\ndiri,aserton,assert,neutral,never\n",
            "light.csv:2: takes 'never' is neither one of",
        ),
        ("grammar.yaml", "negations:\n", "grammar.yaml:1: negations must be a list of words"),
        ("grammar.yaml", "negatoins: [ne]\n", "unknown key 'negatoins'. Is it negations?"),
        ("grammar.yaml", "subject: behind\n", "grammar.yaml:1: subject must be after or before"),
        ("grammar.yaml", "not_cues: ke diri\n", "grammar.yaml:1: not_cues must be a list"),
        ("grammar.yaml", "feminine: [a]\n", "grammar.yaml:1: feminine must be two endings"),
        ("grammar.yaml", "verb_shape: '(as'\n", "grammar.yaml:1: verb_shape is no regular"),
        ("grammar.yaml", "verb_shape: [as]\n", "grammar.yaml:1: verb_shape must be a regular"),
        ("grammar.yaml", "written_passive: '('\n", "yaml:1: written_passive is no regular"),
        ("grammar.yaml", "written_passive: 12\n", "yaml:1: written_passive must be a regular"),
        ("match.yaml", "numbers:\n  12: 12\n", "match.yaml:1: numbers must be words with numbers"),
        ("match.yaml", "scales: [mil]\n", "match.yaml:1: scales must be words with numbers"),
        ("match.yaml", "vague: {no: [0, 1]}\n", "match.yaml:1: vague must be words with numbers"),
        ("verbs.csv", "", "verbs.csv:1: no column 'assertion'"),
        ("verbs.csv", VERBS + "x,shout,neutral,that,xis\n", "verbs.csv:2: assertion 'shout'"),
        ("verbs.csv", VERBS + "x,assert,loud,that,xis\n", "verbs.csv:2: stance 'loud' is none of"),
        ("verbs.csv", VERBS + "x,assert,neutral,taht,xis\n", "verbs.csv:2: takes 'taht'"),
        ("verbs.csv", VERBS + "x,assert\n", "verbs.csv:2: the row has too many or few cells"),
        ("verbs.csv", VERBS + "x,assert,neutral,that,a,b\n", "verbs.csv:2: the row has too many"),
        ("verbs.csv", VERBS + ",assert,neutral,that,xis\n", "verbs.csv:2: lemma is empty"),
        ("verbs.csv", VERBS + "x,assert,neutral,that,\n", "verbs.csv:2: the verb has no forms"),
        ("verbs.csv", VERBS + "x,assert,neutral,that,past=\n", "verbs.csv:2: form 'past='"),
        ("verbs.csv", VERBS + "x,assert,neutral,that,=xis\n", "verbs.csv:2: form '=xis'"),
        ("verbs.csv", VERBS + "x,assert,neutral,that,pst=xis\n", "verbs.csv:2: tag 'pst' is no"),
        ("verbs.csv", "lemma,stance,takes\nx,neutral,that\n", "verbs.csv:1: no column 'assertion'"),
        ("verbs.csv", VERBS.replace("forms", "form"), "verbs.csv:1: unknown column 'form'. Is"),
        ("verbs.csv", VERBS.replace("forms", "takes"), "verbs.csv:1: column 'takes' stands there"),
        ("verbs.csv", VERBS + '"x"y,assert,neutral,that,a\n', "verbs.csv:2: not CSV"),
        ("forms.csv", "lemma,tag,forms\nparoli,past,parolis\n", "forms.csv:2: 'paroli' is not in"),
        ("forms.csv", "lemma,tag,forms\ndiri,pasinte,diris\n", "forms.csv:2: tag 'pasinte'"),
        ("forms.csv", "lemma,tag,forms\ndiri,past,\n", "forms.csv:2: forms is empty"),
        ("particles.csv", "form,stance,opens\nlau,neutral,door\n", "particles.csv:2: opens 'door'"),
        ("particles.csv", "form,stance,opens\nlau,aside,source\n", "particles.csv:2: stance"),
        ("particles.csv", "form,stance,opens\n,neutral,source\n", "particles.csv:2: form is empty"),
        ("nouns.csv", "form,assertion,stance,opens\nx,assert,up,that\n", "nouns.csv:2: stance"),
        ("nouns.csv", "form,assertion,stance,opens\nx,assert,neutral,al\n", "nouns.csv:2: opens"),
        ("channels.csv", "phrase,channel\nx,smoke\n", "channels.csv:2: channel 'smoke' is none of"),
        ("channels.csv", "phrase,chanel\nx,statement\n", "channels.csv:1: no column 'channel'"),
    ],
)
def test_a_bad_row_is_an_error_naming_file_and_line(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    changed = {"forms__csv": "lemma,tag,forms\n"} if name == "verbs.csv" else {}
    wrong = with_new_language(tmp_path, **changed, **{name.replace(".", "__"): text})
    with pytest.raises(PackError) as caught:
        lexicon("xx", wrong)
    assert said in str(caught.value)
    assert caught.value.file.endswith(name)


@pytest.mark.parametrize("name", ["verbs.csv", "grammar.yaml"])
def test_a_file_in_another_encoding_is_named(tmp_path: Path, name: str) -> None:
    wrong = with_new_language(tmp_path)
    (tmp_path / "ours" / "xx" / name).write_bytes("that: [قال]".encode("cp1256"))
    with pytest.raises(PackError, match=rf"{name}: not UTF-8"):
        lexicon("xx", wrong)


def test_an_unknown_language_is_an_error_naming_the_packs_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownLanguageError, match="Installed: ar, en, ru, xx"):
        lexicon("yy", with_new_language(tmp_path))


@pytest.mark.parametrize("code", available())
def test_a_column_of_forms_gives_a_verb_its_forms(tmp_path: Path, code: str) -> None:
    row = "zub,warn,distancing,that quote,past.ms=zuba past.fs=zubat present=yazub participle=zabib"
    found = lexicon(code, packs(tmp_path, code, verbs__csv=VERBS + row)).forms
    (cue,) = {form.cue for form in found["zuba"]}
    assert (cue.lemma, cue.assertion, cue.stance) == ("zub", Assertion.WARN, Stance.DISTANCING)
    assert found["zuba"] == (Form(cue, "past", "ms"),)
    assert found["zubat"] == (Form(cue, "past", "fs"),)
    assert found["yazub"] == (Form(cue, "present", ""),)
    assert found["zabib"] == (Form(cue, "participle", ""),)
    assert "zub" not in found


def test_a_word_alone_is_any_finite_form(tmp_path: Path) -> None:
    ours = packs(tmp_path, "en", verbs__csv=VERBS + "zub,assert,neutral,that,zubs zubbed\n")
    found = lexicon("en", ours).forms
    assert [[form.part for form in found[word]] for word in ("zubs", "zubbed")] == [
        ["past", "present"]
    ] * 2


def test_a_row_with_a_known_key_takes_its_place(tmp_path: Path) -> None:
    shipped = lexicon("en")
    ours = lexicon(
        "en",
        packs(
            tmp_path,
            "en",
            verbs__csv=VERBS + "say,assert,distancing,that,past=sez\n",
            forms__csv="lemma,tag,forms\ndeny,past,dinied\n",
            particles__csv="form,stance,opens\naccording to,distancing,source\n",
            nouns__csv="form,assertion,stance,opens\nreport,warn,disputing,that\n",
            channels__csv="phrase,channel\nStatement,report\n",
        ),
    )
    assert ours.forms["said"][0].cue.stance is Stance.DISTANCING
    assert ours.forms["sez"][0].cue == ours.forms["said"][0].cue
    assert "denied" in shipped.forms
    assert "denied" not in ours.forms
    assert [form.cue.lemma for form in ours.forms["dinied"]] == ["deny"]
    assert [each.stance for each in ours.particles["according"]] == [Stance.DISTANCING]
    assert ours.nouns["report"].stance is Stance.DISPUTING
    assert [channel for _, channel in ours.channels["statement"]].count(Channel.REPORT) == 1
    assert len(ours.channels["statement"]) == len(shipped.channels["statement"])


def test_an_extension_adds_and_takes_nothing_away(tmp_path: Path) -> None:
    shipped = lexicon("en")
    ours = lexicon(
        "en", packs(tmp_path, "en", grammar__yaml="negations: [nowise]\nnot_cues: [so to say]\n")
    )
    assert ours.words["negations"] == shipped.words["negations"] | {"nowise"}
    assert ours.phrases["not_cues"] == (*shipped.phrases["not_cues"], ("so", "to", "say"))
    assert ours.forms == shipped.forms
    assert lexicon("en", SHIPPED) == shipped


def test_the_pair_of_endings_is_replaced_as_a_pair(tmp_path: Path) -> None:
    ours = packs(tmp_path, "ar", grammar__yaml="feminine: [x, y]\n")
    assert lexicon("ar", ours).feminine == ("x", "y")


def test_columns_of_the_shipped_table_may_stand_in_ours(tmp_path: Path) -> None:
    head = "past,imperfect,participle,masdar,assertion,stance,channel,takes,forms\n"
    row = "تمتم,يتمتم,متمتم,تمتمة,assert,neutral,,that,past.ms=تمتم\n"
    found = lexicon("ar", packs(tmp_path, "ar", verbs__csv=head + row)).forms
    assert [form.cue.lemma for form in found["تمتم"]] == ["تمتم"]


def test_every_kind_of_content_is_taken_by_a_shipped_word_and_explained() -> None:
    taken = {
        kind
        for code in available()
        for forms in lexicon(code).forms.values()
        for form in forms
        for kind in form.cue.takes
    }
    assert taken >= TAKES
    page = (Path(__file__).parents[2] / "docs" / "languages.md").read_text("utf-8")
    assert {kind for kind in TAKES if f"\n| `{kind}` |" not in page} == set()


def test_a_passive_may_be_told_by_vowels_alone(tmp_path: Path) -> None:
    packs = with_new_language(tmp_path, grammar__yaml="written_passive: '[\\u064f\\u0650]'\n")
    passive = lexicon("xx", packs).written_passive
    assert passive
    assert passive.match("\u064f")
