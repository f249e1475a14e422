"""Free text as vectors: character n-grams (3 to 5) with TF-IDF, and the catalogue topics it names.

Own small implementation. Texts are folded to ASCII, so a gram of five characters and its length
pack into one integer without collisions; everything else is sparse algebra. Sums run in the order
of the gram numbers, so the result for a pair doesn't depend on the order of people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from scipy.sparse import coo_array, csr_array

from .catalogue import fold, phrases, topics

GRAM_SIZES = (3, 4, 5)
LONGEST_TEXT = 4000  # folded characters; the rest of a longer text is not read
# Grams in more than this share of many texts say nothing and cost most of the time.
COMMON_SHARE = 0.2
MANY_TEXTS = 50
RELATED_WEIGHT = 0.5
LONGEST_PHRASE = 5  # words
SHORTEST_WORD = 4  # letters of a topic named by one word

_STOP_WORDS = frozenset(
    fold(
        """
    aber als am an and are as at auch auf aus be bei bin bis can da das dass dem den der des die
    dies du ein eine einem einen einer es for from fuer gern gerne haben habe hat have i ich ihr
    im in ist it kann like man me mehr meine meinem meinen meiner mein mich mir mit moechte my
    nach nicht noch of oder on or sehr seit sich sie sind so that the their this to ueber um und
    uns unter very von vor want war was we wenn wer werden wie will wir with would you zu zum zur
        """
    ).split(" ")
)
_ENDINGS = ("ership", "ungen", "ings", "ung", "ing", "en", "er", "es", "em", "s", "e", "n")


@dataclass(frozen=True, slots=True)
class TextVectors:
    """Texts of both sides over one vocabulary, rows of length 1 (or 0 for a text without any).

    words_*: grams; meaning_*: catalogue topics. named_*: per text the slugs it names, in order.
    """

    words_mentees: csr_array
    words_mentors: csr_array
    meaning_mentees: csr_array
    meaning_mentors: csr_array
    named_mentees: tuple[tuple[str, ...], ...]
    named_mentors: tuple[tuple[str, ...], ...]


def vectorise(mentees: Sequence[str], mentors: Sequence[str]) -> TextVectors:
    """Vectors of all texts, weighted over both sides together. Cost: linear in characters."""
    folded = [fold(text)[:LONGEST_TEXT] for text in (*mentees, *mentors)]
    named = tuple(named_topics(text) for text in folded)
    words, meaning = _gram_vectors(folded), _topic_vectors(named)
    n = len(mentees)
    return TextVectors(words[:n], words[n:], meaning[:n], meaning[n:], named[:n], named[n:])


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Cut one common German or English ending; keeps at least four characters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@cache
def _phrase_index() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First stem -> (stems of the whole phrase, slug), longest phrases first."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for slug, topic in topics().items():
        for phrase in phrases(topic):
            stems = tuple(stem(word) for word in phrase.split())
            # Abbreviations are too often ordinary words ("IT", "MAG") to be found in a sentence.
            if len(stems) == 1 and len(stems[0]) < SHORTEST_WORD:
                continue
            if len(stems) <= LONGEST_PHRASE and not set(stems) <= _STOP_WORDS:
                found.setdefault(stems[0], {}).setdefault(stems, slug)
    return {
        first: tuple(sorted(entries.items(), key=lambda entry: (-len(entry[0]), entry[0])))
        for first, entries in found.items()
    }


def named_topics(folded: str) -> tuple[str, ...]:
    """Slugs of the catalogue topics a folded text names, in the order of first mention."""
    index = _phrase_index()
    stems = tuple(stem(word) for word in folded.split())
    found: dict[str, None] = {}
    for position, first in enumerate(stems):
        for phrase, slug in index.get(first, ()):
            if stems[position : position + len(phrase)] == phrase:
                found.setdefault(slug)
    return tuple(found)


def _topic_vectors(named: Sequence[tuple[str, ...]]) -> csr_array:
    """Texts × topics: 1 for a named topic, RELATED_WEIGHT for one related to it."""
    catalogue = topics()
    number = {slug: i for i, slug in enumerate(sorted(catalogue))}
    rows, columns, weights = [], [], []
    for row, slugs in enumerate(named):
        near = {other: RELATED_WEIGHT for slug in slugs for other in catalogue[slug].related}
        for slug, weight in sorted({**near, **dict.fromkeys(slugs, 1.0)}.items()):
            rows.append(row)
            columns.append(number[slug])
            weights.append(weight)
    shape = (len(named), len(number))
    return _unit_rows(coo_array((weights, (rows, columns)), shape=shape).tocsr())


def _gram_vectors(folded: Sequence[str]) -> csr_array:
    """Texts × grams, (1 + log tf) × idf, rows of length 1.

    Words repeat a lot: the grams of each word are cut once, and a product counts them per text.
    """
    texts = len(folded)
    kept = [[word for word in text.split() if word not in _STOP_WORDS] for text in folded]
    number = {word: i for i, word in enumerate(sorted({w for words in kept for w in words}))}
    columns = [number[word] for words in kept for word in words]
    rows = np.repeat(np.arange(texts), [len(words) for words in kept])
    spoken = coo_array((np.ones(len(columns)), (rows, columns)), shape=(texts, len(number) or 1))
    counts = spoken.tocsr() @ _word_grams(list(number) or [""])
    counts.sort_indices()
    in_texts = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log((1 + texts) / (1 + in_texts)) + 1
    if texts >= MANY_TEXTS:
        idf[in_texts > COMMON_SHARE * texts] = 0
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    counts.eliminate_zeros()
    return _unit_rows(counts)


def _word_grams(words: Sequence[str]) -> csr_array:
    """Words × grams: how often each gram is in a word with a space at either end."""
    line = np.frombuffer("".join(f" {word} \n" for word in words).encode("ascii"), dtype=np.uint8)
    end = line == ord("\n")
    word_of = np.cumsum(end) - end
    keys, owners = [], []
    for size in GRAM_SIZES:
        places = max(len(line) - size + 1, 0)
        key = np.full(places, size << 56, dtype=np.uint64)
        inside = np.ones(places, dtype=np.bool_)
        for offset in range(size):
            part = slice(offset, offset + places)
            key |= line[part].astype(np.uint64) << np.uint64(8 * offset)
            inside &= ~end[part]
        keys.append(key[inside])
        owners.append(word_of[:places][inside])
    grams, columns = np.unique(np.concatenate(keys), return_inverse=True)
    rows = np.concatenate(owners)
    shape = (len(words), len(grams) or 1)
    return coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()


def _unit_rows(matrix: csr_array) -> csr_array:
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    length = np.sqrt(np.bincount(rows, weights=matrix.data**2, minlength=matrix.shape[0]))
    matrix.data = matrix.data / length[rows]
    return matrix
