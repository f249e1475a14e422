"""How near two free texts are: with sentences as people write them, and as laws."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tandemwerk.matching import CatalogueError, fits, topics
from tandemwerk.matching.catalogue import phrases
from tandemwerk.matching.signatures import (
    LENGTH,
    SIGNATURE_SIZE,
    TOPIC_SHARE,
    _directions,
    signatures,
)
from tools.text_directions import FILE, directions

from .sentences import ACROSS, APART, WITHIN

TEXTS = st.lists(st.text(max_size=80) | st.sampled_from([a for a, _ in ACROSS + APART]), max_size=6)


def nearness(pairs: list[tuple[str, str]]) -> np.ndarray:
    """`text_fit` of all left × all right texts."""
    left, right = (signatures([pair[side] for pair in pairs]).astype(np.float32) for side in (0, 1))
    return fits.text_fit(left @ right.T, np.array(True))


def test_the_same_concern_meets_across_languages_and_strangers_stay_apart() -> None:
    across, within, apart = (np.diagonal(nearness(pairs)) for pairs in (ACROSS, WITHIN, APART))
    assert across.mean() > 0.65
    assert within.mean() > 0.75
    assert apart.mean() < 0.1
    assert np.median(across) > 0.6
    assert np.median(apart) == 0
    near = np.concatenate((across, within))
    better = (near[:, None] > apart).mean() + (near[:, None] == apart).mean() / 2
    assert better > 0.9


def test_whoever_is_not_meant_is_rarely_near() -> None:
    everyone = nearness(ACROSS + WITHIN + APART)
    others = everyone[~np.eye(len(everyone), dtype=bool)]
    assert others.mean() < 0.1
    assert np.median(others) == 0


def test_a_topic_named_in_german_is_near_itself_in_english() -> None:
    names = [(topic.name["de"], topic.name["en"]) for topic in topics().values()]
    near = np.diagonal(nearness(names))
    assert (near > 0.5).mean() > 0.95
    assert near.mean() > 0.9


def several(pairs: list[tuple[str, str]], number: int) -> list[tuple[str, str]]:
    """Texts of several sentences each."""
    places = range(len(pairs))
    rows = [[pairs[(place + step) % len(pairs)] for step in range(number)] for place in places]
    return [(" ".join(a for a, _ in row), " ".join(b for _, b in row)) for row in rows]


def test_texts_of_three_sentences_meet_by_what_they_share_only() -> None:
    apart = several(APART, 3)
    assert np.diagonal(nearness(apart)).mean() < 0.15
    sharing = [
        (f"{mine} {left}", f"{theirs} {right}")
        for (mine, theirs), (left, right) in zip(ACROSS, several(APART, 2), strict=False)
    ]
    assert np.diagonal(nearness(sharing)).mean() > 0.4


@given(texts=TEXTS, other=TEXTS)
def test_a_signature_depends_on_its_own_text_alone(texts: list[str], other: list[str]) -> None:
    found = signatures(texts)
    assert found.shape == (len(texts), SIGNATURE_SIZE)
    assert found.dtype == np.int8
    mixed = signatures([*other, *reversed(texts)])
    assert np.array_equal(mixed[len(other) :][::-1], found)


@given(text=st.text(max_size=200))
@example(text="ACIO:F")
def test_a_signature_is_at_most_full_and_zero_without_words(text: str) -> None:
    signature = signatures([text])[0].astype(np.int64)
    # Topics and words point apart as a rule; at worst they point the same way.
    most = math.sqrt(TOPIC_SHARE) + math.sqrt(1 - TOPIC_SHARE)
    assert (signature**2).sum() <= (most * LENGTH + 4) ** 2
    assert not signatures(["", "... 你好", "und der die"]).any()


def test_the_shipped_directions_are_those_of_the_catalogue() -> None:
    slugs, made = directions()
    lines = FILE.read_text(encoding="utf-8").splitlines()
    shipped = dict(line.split(" = ") for line in lines if line and not line.startswith("#"))
    assert list(shipped) == slugs
    packed = b"".join(bytes.fromhex(shipped[slug].strip('"')) for slug in slugs)
    kept = np.frombuffer(packed, dtype=np.int8).reshape(made.shape).astype(np.int64)
    # Another machine may turn the dimensions, but the angles between topics stay.
    angles, wanted = kept @ kept.T, made.astype(np.int64) @ made.astype(np.int64).T
    assert np.abs(angles - wanted).max() < 0.03 * LENGTH**2


def test_a_topic_without_a_direction_is_named() -> None:
    slugs = list(topics())
    assert _directions(slugs[:3]).shape == (3, SIGNATURE_SIZE)
    with pytest.raises(CatalogueError) as caught:
        _directions([*slugs[:2], "no-such-topic"])
    assert (caught.value.code, caught.value.params) == (
        "direction_missing",
        {"slug": "no-such-topic"},
    )


def test_every_phrase_of_a_topic_leads_to_its_topic_or_a_neighbour() -> None:
    slugs, table = directions()
    words = [(slug, phrase) for slug in slugs[::10] for phrase in phrases(topics()[slug])]
    found = signatures([phrase for _, phrase in words]).astype(np.int64)
    dots = found @ table.astype(np.int64).T
    led = 0
    for (slug, _), line in zip(words, dots, strict=True):
        best = slugs[int(line.argmax())]
        led += best == slug or best in topics()[slug].related
    assert led > 0.85 * len(words)
