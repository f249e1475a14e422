"""What a free text is about, as 64 small numbers that any two texts can be compared by.

Character n-grams (3 to 5) with TF-IDF are compared with every phrase of the bilingual topic
catalogue: how much of a phrase, by weight of its n-grams, do four neighbouring words cover? The
best phrase of a topic says how strongly the text speaks of it, whatever the language, spelling,
ending or compound. Each topic has a direction in 64 dimensions, related topics near each other,
others nearly at right angles (`catalogue/directions.toml`, made by `tools/text_directions.py`).
A signature is the sum of its topics' directions and, for a smaller part, of hashed n-grams of its
words, so that two who write of motorcycles meet although the catalogue has none.

All weights come from the catalogue, so a text's signature is the same in every population. The
counting is in whole numbers, then two square roots and rounding to int8: dot products of
signatures are whole numbers, the same on every machine and in any order of people.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from .catalogue import fold, phrases, topics
from .compiled import compiled
from .errors import CatalogueError
from .stopwords import FILLER_WORDS

SIGNATURE_SIZE = 64
# Of a full signature: two full ones that say the same have a dot product of 16129. Where what is
# meant and the words point the same way a signature gets longer, by 37 % at most; a fit ends at 1.
LENGTH = 127
GRAM_SIZES = (3, 4, 5)
LONGEST_TEXT = 4000  # folded characters; the rest of a longer text is not read
SHORTEST_WORD = 4  # letters of a topic named by one word: "IT" and "MAG" are in other sentences

WINDOW = 4  # neighbouring words that are compared with a phrase at a time
COMMON_TOPICS = 40  # n-grams in the phrases of more topics than these don't count
IDF_UNIT = 16
# Coverage of a phrase in thousandths: up to FAINT it counts nothing, CLEAR and more is full.
FAINT, CLEAR = 300, 800
# From this strength of its best topic (out of CLEAR - FAINT) the topics have their whole share.
SURE = 250
TOPIC_SHARE = 0.75  # of a dot product; the rest are words
WORD_SHARE_ALONE = 0.5  # of texts without any topic

Signatures = NDArray[np.int8]
Numbers = NDArray[np.int64]


def signatures(texts: Sequence[str]) -> Signatures:
    """One row per text, int8 (texts, SIGNATURE_SIZE); zeros for a text without words.

    Cost: linear, about 20 µs a text of three sentences; the first call in a process builds the
    index of the catalogue (about 0.1 s).
    """
    index = _index()
    kept = [_content_words(text) for text in texts]
    words = sorted({word for row in kept for word in row})
    number = {word: place for place, word in enumerate(words)}
    spoken = np.array([number[word] for row in kept for word in row], dtype=np.int64)
    starts = np.cumsum([0, *map(len, kept)], dtype=np.int64)
    keys, gram_starts = word_grams(words)
    place = np.minimum(np.searchsorted(index.keys, keys), len(index.keys) - 1)
    grams = np.where(index.keys[place] == keys, place, -1)
    weights = np.where(grams >= 0, index.weights[grams], index.weights.max())
    sketches = np.zeros((len(words), SIGNATURE_SIZE), dtype=np.int64)
    _sketch(keys, gram_starts, weights, sketches)
    found = np.zeros((len(texts), SIGNATURE_SIZE), dtype=np.int8)
    _sign(
        starts, spoken, gram_starts, grams, sketches,
        index.post_starts, index.posts, index.weights,
        index.phrase_weights, index.phrase_topics, index.directions, found,
    )  # fmt: skip
    return found


def _content_words(text: str) -> list[str]:
    return [word for word in fold(text)[:LONGEST_TEXT].split() if word not in FILLER_WORDS]


def word_grams(words: Sequence[str]) -> tuple[NDArray[np.uint64], Numbers]:
    """Distinct n-grams per word with a space at either end: keys, and where each word's start.

    A gram's characters and its length pack into one number without collisions.
    """
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
    owner, key = np.concatenate(owners), np.concatenate(keys)
    order = np.lexsort((key, owner))
    owner, key = owner[order], key[order]
    first = np.ones(len(key), dtype=np.bool_)
    first[1:] = (owner[1:] != owner[:-1]) | (key[1:] != key[:-1])
    counts = np.bincount(owner[first], minlength=len(words))
    return key[first], np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """The catalogue's phrases by n-gram.

    keys: sorted n-grams; weights: idf of each in sixteenths, 0 for too common ones; posts: the
    phrases with gram g are posts[post_starts[g] : post_starts[g + 1]]; phrase_weights: sum over a
    phrase's grams; phrase_topics: number of its topic, sorted by slug; directions: (topics, 64).
    """

    keys: NDArray[np.uint64]
    weights: Numbers
    post_starts: Numbers
    posts: Numbers
    phrase_weights: Numbers
    phrase_topics: Numbers
    directions: Numbers


@cache
def _index() -> _Index:
    slugs = sorted(topics())
    phrase_topics, contents = [], []
    for number, slug in enumerate(slugs):
        for phrase in phrases(topics()[slug]):
            content = [word for word in phrase.split() if word not in FILLER_WORDS]
            if len(content) > 1 or (content and len(content[0]) >= SHORTEST_WORD):
                contents.append(content)
                phrase_topics.append(number)
    words = sorted({word for content in contents for word in content})
    place = {word: number for number, word in enumerate(words)}
    word_keys, starts = word_grams(words)
    keys, gram = np.unique(word_keys, return_inverse=True)
    grams_of = [gram[starts[n] : starts[n + 1]] for n in range(len(words))]
    per_phrase = [np.unique(np.concatenate([grams_of[place[w]] for w in c])) for c in contents]
    phrase_of = np.repeat(np.arange(len(contents)), [len(grams) for grams in per_phrase])
    pairs = np.concatenate(per_phrase)
    topic_of = np.array(phrase_topics, dtype=np.int64)
    in_topics = np.bincount(np.unique(pairs * len(slugs) + topic_of[phrase_of]) // len(slugs))
    weights = np.array([_idf(len(slugs), int(count)) for count in in_topics], dtype=np.int64)
    # Common grams would cost most of the time and say least.
    counted = weights[pairs] > 0
    pairs, phrase_of = pairs[counted], phrase_of[counted]
    order = np.argsort(pairs, kind="stable")
    per_gram = np.bincount(pairs, minlength=len(keys))
    return _Index(
        keys=keys,
        weights=weights,
        post_starts=np.concatenate(([0], np.cumsum(per_gram))).astype(np.int64),
        posts=phrase_of[order].astype(np.int64),
        phrase_weights=np.bincount(
            phrase_of, weights=weights[pairs], minlength=len(contents)
        ).astype(np.int64),
        phrase_topics=topic_of,
        directions=_directions(slugs),
    )


def _idf(topic_count: int, in_topics: int) -> int:
    if in_topics > COMMON_TOPICS:
        return 0
    return round(IDF_UNIT * (math.log(topic_count / in_topics) + 0.3))


def _directions(slugs: Sequence[str]) -> Numbers:
    """The shipped directions, one row of SIGNATURE_SIZE per topic, each of length LENGTH."""
    file = resources.files(__package__).joinpath("catalogue/directions.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    missing = [slug for slug in slugs if slug not in table]
    if missing:
        raise CatalogueError("direction_missing", slug=missing[0])
    packed = b"".join(bytes.fromhex(table[slug]) for slug in slugs)
    rows = np.frombuffer(packed, dtype=np.int8).reshape(len(slugs), SIGNATURE_SIZE)
    return rows.astype(np.int64)


@compiled
def _sketch(keys: NDArray[np.uint64], starts: Numbers, weights: Numbers, sketches: Numbers) -> None:
    """Each word as a sum of its grams, every gram 64 signs from a hash; scaled to length 1024."""
    for word in range(len(starts) - 1):
        for place in range(starts[word], starts[word + 1]):
            bits = keys[place] + np.uint64(0x9E3779B97F4A7C15)
            bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            bits = bits ^ (bits >> np.uint64(31))
            for d in range(sketches.shape[1]):
                if (bits >> np.uint64(d)) & np.uint64(1):
                    sketches[word, d] += weights[place]
                else:
                    sketches[word, d] -= weights[place]
        square = 0.0
        for d in range(sketches.shape[1]):
            square += float(sketches[word, d]) * float(sketches[word, d])
        if square > 0:
            for d in range(sketches.shape[1]):
                sketches[word, d] = np.int64(
                    np.rint(1024.0 * float(sketches[word, d]) / math.sqrt(square))
                )


@compiled
def _sign(
    starts: Numbers,
    spoken: Numbers,
    gram_starts: Numbers,
    grams: Numbers,
    sketches: Numbers,
    post_starts: Numbers,
    posts: Numbers,
    weights: Numbers,
    phrase_weights: Numbers,
    phrase_topics: Numbers,
    directions: Numbers,
    found: Signatures,
) -> None:
    """The signature of every text. A window of words slides over the text; `covered` is what it
    covers of each phrase, `best` the most that any window did."""
    size = directions.shape[1]
    inside = np.zeros(len(post_starts) - 1, dtype=np.int64)
    covered = np.zeros(len(phrase_weights), dtype=np.int64)
    best = np.zeros(len(phrase_weights), dtype=np.int64)
    strength = np.zeros(len(directions), dtype=np.int64)
    for text in range(len(starts) - 1):
        first, last = starts[text], starts[text + 1]
        best[:] = 0
        # The window runs out at the end, which leaves `inside` and `covered` empty again.
        for place in range(first, last + WINDOW):
            if place - WINDOW >= first:
                word = spoken[place - WINDOW]
                for at in range(gram_starts[word], gram_starts[word + 1]):
                    gram = grams[at]
                    if gram >= 0:
                        inside[gram] -= 1
                        if inside[gram] == 0:
                            for post in range(post_starts[gram], post_starts[gram + 1]):
                                covered[posts[post]] -= weights[gram]
            if place < last:
                word = spoken[place]
                for at in range(gram_starts[word], gram_starts[word + 1]):
                    gram = grams[at]
                    if gram >= 0:
                        inside[gram] += 1
                        if inside[gram] == 1:
                            for post in range(post_starts[gram], post_starts[gram + 1]):
                                phrase = posts[post]
                                covered[phrase] += weights[gram]
                                if covered[phrase] > best[phrase]:
                                    best[phrase] = covered[phrase]
        strength[:] = 0
        for phrase in range(len(best)):
            if 1000 * best[phrase] > FAINT * phrase_weights[phrase]:
                share = min(1000 * best[phrase] // phrase_weights[phrase], CLEAR) - FAINT
                topic = phrase_topics[phrase]
                if share > strength[topic]:
                    strength[topic] = share
        meaning = np.zeros(size)
        wording = np.zeros(size)
        strongest = 0
        for topic in range(len(strength)):
            if strength[topic] > 0:
                strongest = max(strongest, strength[topic])
                square = float(strength[topic] * strength[topic])
                for d in range(size):
                    meaning[d] += square * float(directions[topic, d])
        for place in range(first, last):
            for d in range(size):
                wording[d] += float(sketches[spoken[place], d])
        meant = 0.0
        worded = 0.0
        for d in range(size):
            meant += meaning[d] * meaning[d]
            worded += wording[d] * wording[d]
        sure = min(1.0, strongest / SURE)
        alone = (1.0 - TOPIC_SHARE) * sure + WORD_SHARE_ALONE * (1.0 - sure)
        for d in range(size):
            value = 0.0
            if meant > 0:
                value += sure * math.sqrt(TOPIC_SHARE) * meaning[d] / math.sqrt(meant)
            if worded > 0:
                value += math.sqrt(alone) * wording[d] / math.sqrt(worded)
            found[text, d] = np.int8(np.rint(max(-1.0, min(1.0, value)) * LENGTH))
