"""Sentence embeddings in place of the built-in reading, with a small model made here."""

import sys
from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from tandemwerk.cli_match import main
from tandemwerk.matching import (
    Criteria,
    Criterion,
    TextModelError,
    error_text,
    inputs_digest,
    load_text_model,
    rank,
    score,
)
from tandemwerk.matching.signatures import LENGTH, SIGNATURE_SIZE

from .people import mentee, mentor

WORDS = ("[UNK]", "fish", "boat", "harbour", "choir", "song", "voice")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model in which words of the sea are alike, and words of music."""
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    vectors = np.zeros((len(WORDS), 80), dtype=np.float32)
    vectors[1:4, 0], vectors[4:7, 1] = 1, 1
    vectors[:, 2:] = 0.01 * np.random.default_rng(1).standard_normal((len(WORDS), 78))
    StaticModel(vectors, tokenizer).save_pretrained(tmp_path / "model")
    return tmp_path / "model"


def test_a_model_gives_full_signatures_that_depend_on_the_text_alone(folder: Path) -> None:
    model = load_text_model(folder)
    texts = ["fish boat", "choir song voice", "harbour", ""]
    found = model.signatures(texts)
    assert found.dtype == np.int8
    assert found.shape == (4, SIGNATURE_SIZE)
    lengths = np.sqrt((found.astype(float) ** 2).sum(axis=1))
    assert np.allclose(lengths[:3], LENGTH, atol=4)
    assert lengths[3] == 0
    assert np.array_equal(model.signatures(texts[::-1])[::-1], found)
    assert model.signatures([]).shape == (0, SIGNATURE_SIZE)


def test_scores_with_a_model_are_its_own_and_stay_off_by_default(folder: Path) -> None:
    model = load_text_model(folder)
    criteria = Criteria(weights={c: 10 if c is Criterion.TEXT else 0 for c in Criterion})
    people = [mentee(text="fish boat")], [mentor("x", text="harbour"), mentor("y", text="choir")]
    totals = score(*people, criteria, text_model=model).total[0]
    assert totals[0] > 0.9
    assert totals[1] < 0.1
    assert score(*people, criteria).total[0, 0] < 0.1
    best = rank(people[0][0], people[1], criteria, k=1, text_model=model)
    assert [found.mentor.id for found in best] == ["x"]
    named = inputs_digest(*people, criteria, text_model=model.name)
    assert named != inputs_digest(*people, criteria)


def test_the_name_says_which_files_it_was(folder: Path) -> None:
    name = load_text_model(folder).name
    assert load_text_model(str(folder)).name == name
    config = folder / "config.json"
    config.write_text(config.read_text().replace("{", "{ ", 1))
    assert load_text_model(folder).name != name


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(TextModelError) as caught:
        load_text_model(tmp_path)
    assert caught.value.code == "text_model_missing"
    assert caught.value.params == {"folder": str(tmp_path), "file": "config.json"}
    for language in ("de", "en"):
        assert "config.json" in error_text(caught.value, language)


def test_files_that_are_no_model_are_an_error(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(TextModelError) as caught:
        load_text_model(folder)
    assert caught.value.code == "text_model_unreadable"


def test_a_missing_extra_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(TextModelError) as caught:
        load_text_model(folder)
    assert caught.value.code == "text_model_extra"
    assert "tandemwerk[embeddings]" in error_text(caught.value, "en")


def test_the_command_reads_texts_with_a_model_and_says_what_it_can_not(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("id,topics,about\nm,delegation,fish boat\n")
    (tmp_path / "b.csv").write_text(
        "id,topics,about\nx,delegation,choir song\ny,delegation,harbour\n"
    )
    (tmp_path / "c.toml").write_text("[weights]\ntopics = 1\ntext = 10\n")
    out = tmp_path / "pairs.csv"
    lists = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--output", str(out)]
    options = [*lists, "--criteria", str(tmp_path / "c.toml"), "--language", "en"]
    assert main([*options, "--text-model", str(folder)]) == 0
    assert ",y," in out.read_text(encoding="utf-8-sig")
    assert main([*options, "--text-model", str(tmp_path)]) == 2
    told = [*options, "--text-model", str(folder), "--report", str(tmp_path / "r.html")]
    assert main(told) == 2
    assert "leave out --text-model" in capsys.readouterr().err
