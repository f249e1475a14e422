"""Exact search: the best ten of a population for one mentee, and the time memory alone takes."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.instances import store
from bench.peers import PeerError, peer
from bench.results import Comparison, Times
from tandemwerk.matching import Criteria, Mentee
from tandemwerk.matching.encoding import encode_people
from tandemwerk.matching.search import Population
from tandemwerk.matching.search.pairings import pairings_of
from tandemwerk.matching.synthetic import population

Flags = NDArray[np.bool_]

SHARES = (1.0, 0.5, 0.1, 0.01)
SIZES = (10_000, 100_000, 1_000_000)
MENTEES, K = 40, 10
READ_WORDS = 16_000_000  # far more than any cache holds
READING = "reading all eligible profiles"
PROFILE_BYTES = 147  # what a scan of whole profiles would read of each
BAR = 2  # times the time that reading all eligible profiles takes
LARGEST_GRAPH = 100_000  # beyond, building hnswlib's graph takes minutes
TOO_LARGE = "building the graph takes minutes"
PEERS = {"faiss_flat": "FAISS flat", "hnswlib": "hnswlib M16 ef128"}


@dataclass(frozen=True, slots=True)
class Nearest:
    """What a peer gave. seconds: the middle of the repeats of each search; recall: of the ten."""

    seconds: Times
    recall: float


def lines(
    folder: Path, *, repeats: int, largest: int, seed: int, smallest: int = 0
) -> Iterator[str | Comparison]:
    """The table, row by row, of synthetic people with texts, teams, sites, lines and wishes.

    Processor time of one core, so that neighbours count less. MB read: whole profiles of all
    eligible, as a plain scan would read them; the bar is twice the time of reading as much from
    memory, measured beside it. Peers find the nearest texts only (64 numbers, no rules, no
    weights, everybody eligible).
    """
    yield (
        "| mentors | eligible | ms a search, p50 | p95 | records and texts read "
        "| MB of eligible profiles | GB/s | bar, ms | p50 / bar |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    peers: list[str] = []
    for size in (size for size in SIZES if smallest <= size <= largest):
        mentees, mentors = population(MENTEES, size, seed)
        people = Population(mentors)
        rng = np.random.default_rng(seed)
        everybody: Times = ()
        for share in SHARES:
            for row in _rows(people, mentees, rng.random(size) < share, share, repeats):
                if isinstance(row, Comparison) and share == 1:
                    everybody = row.ours
                yield row
        asked = encode_people(mentees, people.index.vocabulary).signature
        rows = people.index.columns.signature[:size]
        path = store(folder, f"nearest-{size}", rows=rows, asked=asked[asked.any(axis=1)])
        found = {
            PEERS[name]: _peer(name, path, repeats) if _fits(name, size) else TOO_LARGE
            for name in PEERS
        }
        path.unlink()
        peers += [_row(name, size, answer) for name, answer in found.items()]
        if found:
            yield _beside(size, everybody, found)
    yield ""
    yield "| nearest texts only, of | by | ms a search, p50 | p95 | of the true ten |"
    yield "|---|---|---|---|---|"
    yield from peers


def _rows(
    people: Population, mentees: Sequence[Mentee], mask: Flags, share: float, repeats: int
) -> Iterator[str | Comparison]:
    bits, searcher = people.bits(mask), people.searcher(Criteria())
    encoded = encode_people(mentees, people.index.vocabulary)
    pairings = list(pairings_of(mentees, people, bits))
    searcher.best(encoded, 0, pairings[0], bits.copy(), K)  # compiles, or loads what is compiled
    times, records, texts = [], [], []
    for place, pairing in enumerate(pairings):
        each = []
        for _ in range(repeats):
            fresh, start = bits.copy(), time.process_time()
            found = searcher.best(encoded, place, pairing, fresh, K)
            each.append(time.process_time() - start)
        times.append(np.median(each) * 1000)
        records.append(found.looked.records)
        texts.append(found.looked.texts)
    low, high = np.percentile(times, (50, 95))
    read, speed = int(mask.sum()) * PROFILE_BYTES, _bandwidth(repeats)
    bar = BAR * read / speed * 1000
    yield Comparison(
        f"best ten of {len(people):,}, {share:.0%} eligible",
        tuple(float(ms) / 1000 for ms in times),
        floors={READING: (bar / BAR / 1000,)},
        note=f"{len(times)} searches, p95 {high:.2f} ms",
    )
    yield (
        f"| {len(people):,} | {share:.0%} | {low:.2f} | {high:.2f} "
        f"| {np.median(records):,.0f}, {np.median(texts):,.0f} "
        f"| {read / 1e6:.1f} | {speed / 1e9:.0f} | {bar:.2f} | {low / bar:.1f} |"
    )


def _fits(name: str, size: int) -> bool:
    return name != "hnswlib" or size <= LARGEST_GRAPH


def _beside(size: int, ours: Times, found: Mapping[str, Nearest | str]) -> Comparison:
    """Our whole search beside the nearest texts of others, and how many of these they find."""
    shares = [f"{n} {f.recall:.1%}" for n, f in found.items() if isinstance(f, Nearest)]
    note = "ours with all rules and the full fit, everybody eligible"
    if shares:
        note += f", of the true ten {', '.join(shares)}"
    times = {n: f.seconds if isinstance(f, Nearest) else f for n, f in found.items()}
    return Comparison(f"best ten of {size:,}; theirs by texts only", ours, times, note=note)


def _row(name: str, size: int, found: Nearest | str) -> str:
    if isinstance(found, str):
        return f"| {size:,} | {name} | {found} | | |"
    low, high = np.percentile(found.seconds, (50, 95)) * 1000
    return f"| {size:,} | {name} | {low:.2f} | {high:.2f} | {found.recall:.1%} |"


def _peer(name: str, path: Path, repeats: int) -> Nearest | str:
    """Figures of one peer, or its own words why there are none."""
    try:
        with peer(PEERS[name], "solvers", "nearest.py") as process:
            process.ask(load=str(path), solver=name)
            answers = [process.ask(run=True) for _ in range(repeats)]
    except PeerError as error:
        return str(error)
    times = np.median([answer["seconds"] for answer in answers], axis=0)
    return Nearest(tuple(times.tolist()), answers[-1]["recall"])


def _bandwidth(repeats: int) -> float:
    """Bytes a second that one core reads from memory now."""
    words = np.ones(READ_WORDS)
    best = np.inf
    for _ in range(repeats):
        start = time.process_time()
        words.sum()
        best = min(best, time.process_time() - start)
    return words.nbytes / float(best)
