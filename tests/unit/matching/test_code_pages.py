"""Files that Excel saved for Windows, Macintosh or DOS are read as what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import TableError, error_text
from tandemwerk.matching.tables import read_table
from tandemwerk.matching.tables.codepages import CODE_PAGES, code_page_text, looks_like_utf8

GERMAN = (
    "Jürgen Müller Köln Björn Schröder Größe März Häuser Straße Weiß Übung Ärztin Österreich "
    "Fähigkeit Führung geändert geübt früher MÜLLER GÖTTINGEN JÄGER äußern über öffnen Menü "
    "Füßli Bäcker Qualität quälen"
)
FRENCH = (
    "François Hélène Benoît Noël Raphaël Zoé Éric Théâtre forêt là être où déjà garçon naïf "
    "Côte sûr HÉLÈNE FRANÇOIS née à Lefèvre"
)
POLISH = "Józef Wójcik Kraków Góra Róża Łódź Król Mikołaj córka ogród główny"
SPANISH = "José Núñez Sánchez Peña García mañana Iñaki Ramón María"
NORDIC = "Søren Åse Bjørn Åkerström Håkan Jørgensen Malmö"
LANGUAGES = {"German": GERMAN, "French": FRENCH, "Polish": POLISH, "Spanish": SPANISH,
             "Nordic": NORDIC}  # fmt: skip


def words_in(text: str, encoding: str) -> list[str]:
    """The words with a letter outside ASCII that the code page can write."""
    possible = []
    for word in text.split():
        try:
            word.encode(encoding)
        except UnicodeEncodeError:
            continue
        if not word.isascii():
            possible.append(word)
    return possible


@pytest.mark.parametrize("encoding", CODE_PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_every_language_are_read_back_from_every_code_page(
    language: str, encoding: str
) -> None:
    words = words_in(LANGUAGES[language], encoding)
    text = "Name;Wort\r\n" + "".join(f"{word};Mia\r\n" for word in words)
    table = read_table(text.encode(encoding), "x.csv")
    assert [row[0] for row in table.rows] == words
    assert table.encoding == encoding


@pytest.mark.parametrize("encoding", CODE_PAGES)
@given(words=st.lists(st.sampled_from(GERMAN.split()), min_size=4, max_size=30, unique=True))
def test_a_few_german_words_are_enough(encoding: str, words: list[str]) -> None:
    text = " ".join(words)
    assert code_page_text(text.encode(encoding)) is not None
    assert code_page_text(text.encode(encoding))[0] == text  # type: ignore[index]  # just asserted


@pytest.mark.parametrize("word", [*GERMAN.split(), *FRENCH.split(), *SPANISH.split()])
def test_one_word_alone_is_right_in_the_code_page_of_windows(word: str) -> None:
    assert code_page_text(word.encode("cp1252")) == (word, "cp1252")


@pytest.mark.parametrize("word", ["Jürgen", "Köln", "März", "Größe", "Jörg", "für", "François"])
@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_usual_words_alone_are_right_in_the_others_too(word: str, encoding: str) -> None:
    assert code_page_text(word.encode(encoding)) == (word, encoding)


@pytest.mark.parametrize(
    "text",
    ["„der“ und „Gut“ – so …", "10 € · 5° § 3", "l’école d’été", "Schüler·innen", "5\xa0000 m²",
     "Aleš Škoda Dušan Krešimir Žiga", "Þór", "«oui»", "Firma® und Co™", "1º 2ª", "½"],
)  # fmt: skip
def test_signs_and_rare_letters_stay_windows(text: str) -> None:
    assert code_page_text(text.encode("cp1252")) == (text, "cp1252")


def test_signs_of_the_macintosh_are_read_too() -> None:
    text = "„Führung“ – l’été … 10 € für Bücher"
    assert code_page_text(text.encode("mac_roman")) == (text, "mac_roman")


def test_noise_is_no_text() -> None:
    assert code_page_text(b"\xb0\xdb\xf7\xfe\x81") is None


LETTERS = "äöüÄÖÜß"
odd = st.text(st.sampled_from(LETTERS + "abcnr ;,1'."), max_size=12)


@given(rows=st.lists(st.tuples(odd, odd), min_size=1, max_size=8))
def test_german_letters_stay_windows_however_oddly_they_stand(rows: list[tuple[str, str]]) -> None:
    text = "".join(f"{one};{other}\r\n" for one, other in rows)
    assert code_page_text(text.encode("cp1252")) == (text, "cp1252")


@given(
    words=st.lists(st.sampled_from(words_in(GERMAN, "cp1252")), min_size=1, max_size=8),
    noise=st.lists(odd, max_size=2),
)
def test_oddities_between_words_move_no_list_of_windows(words: list[str], noise: list[str]) -> None:
    text = ";".join([*words, *noise])
    assert code_page_text(text.encode("cp1252")) == (text, "cp1252")


@given(
    language=st.sampled_from(sorted(LANGUAGES)),
    picks=st.lists(st.integers(0, 99), min_size=1, max_size=12),
)
def test_any_words_of_any_language_stay_windows(language: str, picks: list[int]) -> None:
    words = words_in(LANGUAGES[language], "cp1252")
    text = ";".join(words[pick % len(words)] for pick in picks)
    assert code_page_text(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize("word", ["Suárez", "Juárez", "João", "Gonçalves", "Łódź Øre"])
def test_names_of_neighbours_stay_windows(word: str) -> None:
    text = word.encode("cp1252", "ignore").decode("cp1252")
    assert code_page_text(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize("text", ["Straße", "Weiß", "Voß;Groß", "Name;Straße;Ort\r\nMia;Weg 1;Ulm"])
def test_a_lone_sharp_s_of_dos_is_read(text: str) -> None:
    assert code_page_text(text.encode("cp850")) == (text, "cp850")


@pytest.mark.parametrize(
    "text", ["Zoë", "Chloë;Brontë", "Saône", "Siân", "1ère", "Güímar", "ZOË FRANÇOIS", "Théâtre"]
)
def test_a_word_or_two_that_hardly_follow_the_rules_are_windows(text: str) -> None:
    assert code_page_text(text.encode("cp1252")) == (text, "cp1252")


OTHER_PAGES = [
    ("Wałęsa Łódź Święty Żółty Wójcik Dąbrowska", "cp1250"),
    ("Dvořák Jiří Kateřina Novák Růžička", "cp1250"),
    ("Wałęsa Łódź Święty Żółty", "iso8859-2"),
    ("Иван Петров Москва", "koi8-r"),
    ("Иван Петров Москва", "cp1251"),
    ("Γιώργος Παπαδόπουλος", "cp1253"),
    ("山田太郎 東京", "shift-jis"),
]


@pytest.mark.parametrize(("text", "encoding"), OTHER_PAGES)
def test_other_code_pages_are_refused_rather_than_misread(text: str, encoding: str) -> None:
    with pytest.raises(TableError) as caught:
        read_table(f"ID;Name\n1;Mia\n2;{text}\n".encode(encoding), "x.csv")
    assert caught.value.code == "encoding_unknown"
    assert {"row": 3, "column": "Name"}.items() <= caught.value.params.items()


@pytest.mark.parametrize("text", ["£10 und 5‰", "Spaß“", "„CAFÉ“ – ßä", "É–"])
def test_signs_beside_letters_are_no_utf8(text: str) -> None:
    assert not looks_like_utf8(text.encode("cp1252"))
    assert code_page_text(text.encode("cp1252")) == (text, "cp1252")


BROKEN = [
    ("ID;Name;Ort\n1;Jörg;Ulm\n2;Bea\x00;Ulm\n", {"row": 3, "column": "Name", "byte": "0xFF"}),
    ('ID;Name;Ort\n\n1;Łucja;"x\n\x00"\n', {"row": 3, "column": "Ort"}),
    ("Næme;\x00rt\n", {"row": 1, "column": "\ufffd"}),
    ("\ufeffa;b\n\x00;1\n", {"row": 2, "column": "a"}),
    ("sep=,\nID,Name\n–,\x00\n", {"row": 2, "column": "Name"}),
    ("ID;Name\n1;é;\x00\n", {"row": 2, "column": "3"}),
    ("\x00é", {"row": 1, "column": "\ufffd"}),
    ("a;" + "é" * 140_000 + "\x00", {"row": 1, "column": "1"}),
]


@pytest.mark.parametrize(("text", "params"), BROKEN)
def test_one_stray_byte_never_turns_utf8_into_a_code_page(
    text: str, params: dict[str, object]
) -> None:
    with pytest.raises(TableError) as caught:
        read_table(text.encode().replace(b"\0", b"\xff"), "x.csv")
    assert caught.value.code == "encoding_broken"
    assert params.items() <= caught.value.params.items()
    assert "0xFF" in error_text(caught.value, "de")


def test_a_stray_byte_in_plain_letters_is_no_letter() -> None:
    with pytest.raises(TableError) as caught:
        read_table(b"ID;Name\n1;Bea\xff\n", "x.csv")
    assert caught.value.code == "encoding_unknown"
    assert "row 2, column “Name”" in error_text(caught.value, "en")
