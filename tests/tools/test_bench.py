from xml.etree import ElementTree

import numpy as np
import pytest

import bench.__main__
from bench import assignments, changes, mentoring, nearest, objectives, scoring, search, table
from bench.__main__ import main
from bench.instances import dense, sparse, store
from bench.measure import Figures, take_turns
from bench.peers import OURS, PeerError, peer
from bench.picture import picture
from bench.results import Comparison, Section, keep, load
from tandemwerk.matching import OBJECTIVES
from tandemwerk.matching.scorer import encode
from tandemwerk.matching.synthetic import population


def section(*comparisons):
    return Section("Some title", "2026-11-23", "2 cores, 8 GiB", (0.1, 0.2), comparisons)


SAMPLE = {
    "scoring": section(
        Comparison(
            "10 × 10",
            (0.5, 0.4, 0.6),
            {"slow & steady": (5.0, 6.0, 4.0), "absent": "can't be installed"},
            {"reading": (0.2,)},
            "a note",
        ),
        Comparison("20 × 20", (0.2,), {"quick": (0.1,)}),
    ),
    "click": section(Comparison("board", (2.0, 1.0, 1.5))),
}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Nothing of a real measurement is touched."""
    path = tmp_path / "bench" / "quick.json"
    monkeypatch.setattr(bench.__main__, "QUICK_RESULTS", path)
    return path


def test_the_smallest_size_is_measured_and_kept(capsys, kept):
    assert main(["cohorts", "--quick", "--repeats", "1", "--largest", "60"]) == 0
    assert "60 × 45 people to pairs" in capsys.readouterr().out
    [found] = load(kept)["cohorts"].comparisons
    assert "60 pairs instead of 60" in found.note
    assert found.ratio("naive code") > 0
    assert main(["table", "--quick"]) == 0
    assert "| 60 × 45 people to pairs" in capsys.readouterr().out


def test_sections_are_kept_beside_each_other_and_read_back_as_they_were(tmp_path):
    path = tmp_path / "kept" / "results.json"
    for name, entry in SAMPLE.items():
        keep(path, name, entry)
    keep(path, "click", SAMPLE["click"])
    assert load(path) == SAMPLE
    path.write_text('{"format": 0}')
    with pytest.raises(ValueError, match="another format"):
        load(path)


def test_a_table_without_figures_says_what_to_do(kept, capsys):
    with pytest.raises(SystemExit):
        main(["table", "--quick"])
    assert "nothing is measured yet" in capsys.readouterr().err


def test_the_table_has_medians_spread_and_ratios():
    lines = table.rendered(SAMPLE).splitlines()
    assert "2026-11-23, 2 cores, 8 GiB; load 0.1 before, 0.2 after." in lines
    assert (
        "| 10 × 10 (a note) | 500 ms (400-600) | slow & steady | 5 s (4-6) | **10 ×** as fast |"
        in lines
    )
    assert "|  |  | absent | can't be installed |  |" in lines
    assert "|  |  | reading | 200 ms | **2.5 ×** the floor |" in lines
    assert "| 20 × 20 | 200 ms | quick | 100 ms | **0.50 ×** as fast |" in lines
    assert "| board | 1.5 s (1-2) | | | |" in lines


def test_the_picture_shows_the_quickest_peer_and_says_so_in_words():
    root = ElementTree.fromstring(picture(SAMPLE))
    space = {"svg": "http://www.w3.org/2000/svg"}
    kinds = [bar.get("class") for bar in root.findall("svg:rect", space)]
    assert kinds == ["more", "less"]
    for bar in root.findall("svg:rect", space):
        assert 0 <= float(bar.get("x")) <= float(bar.get("x")) + float(bar.get("width")) <= 760
    assert root.findtext("svg:title", namespaces=space)
    said = root.findtext("svg:desc", namespaces=space)
    assert "10 × 10: 10 times as fast as slow & steady" in said
    assert "20 × 20: 0.50 times as fast as quick" in said
    assert root.get("aria-labelledby") == "bench-title bench-desc"
    assert "prefers-color-scheme: dark" in root.findtext("svg:style", namespaces=space)
    assert not ElementTree.fromstring(picture({})).findall("svg:rect", space)


def test_the_table_goes_between_the_markers_of_the_page(tmp_path, monkeypatch):
    page, image = tmp_path / "page.md", tmp_path / "bench.svg"
    page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")
    monkeypatch.setattr(table, "PAGE", page)
    monkeypatch.setattr(table, "PICTURE", image)
    assert table.main(SAMPLE, write=True) == 0
    text = page.read_text()
    assert text.startswith(f"before\n{table.BEGIN}\n### Some title")
    assert text.endswith(f"{table.END}\nafter\n")
    assert "old" not in text
    assert image.read_text() == picture(SAMPLE)
    with pytest.raises(ValueError, match="once"):
        table.replaced("no markers", "text")


def test_the_page_has_a_place_for_the_table():
    page = table.PAGE.read_text(encoding="utf-8")
    assert table.replaced(page, "x").count(table.BEGIN) == 1
    assert table.PICTURE.exists()


def test_scoring_has_a_peer_with_the_same_result_and_a_floor():
    [_, people, columns] = scoring.lines(repeats=1, largest=1000, seed=1)
    assert people.ratio(scoring.PEER) > 0
    assert columns.ratio(scoring.PEER) > 0
    assert columns.ratio(scoring.FLOOR) > 0
    shown = table.rendered({"scoring": section(people, columns)})
    assert shown.count(f"| {scoring.PEER} |") == 2
    mentees, mentors = population(30, 20, 3)
    out = np.empty((30, 20), np.float32)
    scoring.Floor(encode(mentees, mentors)).run(out)
    shared = [
        sum((a & b).bit_count() for a, b in zip(one, other, strict=True))
        for one in scoring.bits_of(encode(mentees, mentors).mentees).T.tolist()
        for other in scoring.bits_of(encode(mentees, mentors).mentors).T.tolist()
    ]
    texts = encode(mentees, mentors)
    dots = texts.mentees.signature.astype(int) @ texts.mentors.signature.astype(int).T
    assert np.array_equal(out, dots + np.reshape(shared, (30, 20)))


def test_a_change_is_timed_beside_solving_anew_with_the_same_total(monkeypatch):
    monkeypatch.setattr(changes, "SIZES", (60,))
    words, *found = changes.lines(repeats=1, largest=60, seed=1)
    assert "fits change" in words
    assert [entry.case.split(", ")[0] for entry in found] == [
        "60 × 20 loose",
        "60 × 20 tight",
        "60 × 20 scarce",
        "60 × 20 no seat to spare",
    ]
    for entry in found:
        assert entry.note.startswith("72 changes: p50 ")
        assert entry.note.endswith("same people and total as solving anew, 2 of 2 times")
        assert len(entry.ours) == changes.QUANTILES
        assert entry.ratio(changes.ANEW) > 0


def test_a_change_that_went_wrong_is_seen(monkeypatch):
    monkeypatch.setattr(changes.Changing, "agrees", lambda self, found: False)
    problem = sparse(40, 5, seats_per_mentee=1.0, seed=3)
    entry = changes.compared("case", problem, seed=1, changes=4, blocks=2)
    assert "NOT ALWAYS the total of solving anew, 0 of 2 times" in entry.note
    monkeypatch.undo()
    market = changes.Changing(problem, 1)
    assert market.agrees(market.anew())
    market.scores.data += 0.001
    assert not market.agrees(market.anew())


def test_the_table_says_who_reached_what():
    found = {
        OURS: Figures((0.1,), 7, 8_500_000, 6.0, 2e-9),
        "theirs": Figures((1.0,), 7, 8_000_000, 60.0),
        "broken": "no compiler",
    }
    assert mentoring._reached(found) == (
        "tandemwerk 7 pairs, total 8.50; theirs 7 pairs, total 8.00"
    )
    large = assignments._note(found, assignments.MEMORY_FROM)
    assert large == (
        "7 people, gap 2e-09; not all reach the same optimum; "
        "beyond the input tandemwerk 6 MiB, theirs 60 MiB"
    )
    assert assignments._note(found, 10) == "not all reach the same optimum"
    assert assignments._note({**found, OURS: "lost"}, 10**6) == "all reach the same optimum"


def test_a_run_with_a_million_is_kept_and_shown_behind_its_section(kept, monkeypatch, capsys):
    asked = []

    def lines(options):
        asked.append((options.smallest, options.largest))
        yield Comparison("1,000,000 × 20 tight", (60.0,), note="gap 1e-07")

    monkeypatch.setattr(bench.__main__, "RESULTS", kept)
    sections = dict.fromkeys(bench.__main__.SECTIONS, ("Some title", lines))
    monkeypatch.setattr(bench.__main__, "SECTIONS", sections)
    assert main(["--giant"]) == 0
    assert main(["scoring", "assignments"]) == 0
    assert asked[:2] == [(1_000_000, 1_000_000)] * 2
    assert set(load(kept)) == {"assignments_giant", "search_giant", "scoring", "assignments"}
    capsys.readouterr()
    assert main(["table"]) == 0
    printed = capsys.readouterr().out
    titles = [line for line in printed.splitlines() if line.startswith("### ")]
    large = "### Some title, with a million people"
    assert titles == ["### Some title", large, large, "### Some title"]
    assert "| 1,000,000 × 20 tight (gap 1e-07) | 60 s | | | |" in printed


def test_objectives_are_timed_on_one_cohort():
    words, *found = objectives.lines(repeats=1, largest=40, seed=1)
    assert words.startswith("40 mentees")
    assert [entry.case.rpartition(" ")[2] for entry in found] == list(OBJECTIVES)


def test_a_peer_that_failed_is_in_the_comparison_with_its_words():
    figures = Figures((1.0, 2.0, 3.0), 4, 5, 6.0)
    made = Comparison.of("case", {OURS: figures, "other": "no compiler"})
    assert (made.median, made.ratio("other"), made.fastest) == (2.0, None, None)
    assert "other no compiler" in str(made)
    assert Comparison.of("case", {OURS: "broken", "other": figures}).ratio("other") is None
    assert "reading 200 ms, 2.50 × the floor" in str(SAMPLE["scoring"].comparisons[0])


def test_solvers_take_turns_and_agree(tmp_path):
    path = store(tmp_path, "dense", dense=dense(30, kind="structured", seed=3))
    with peer(OURS, OURS) as ours, peer("scipy_dense", OURS) as theirs:
        found = take_turns([ours, theirs], str(path), repeats=3)
    results = {(figures.people, figures.total) for figures in found.values()}
    assert len(results) == 1
    assert all(len(figures.seconds) == 3 for figures in found.values())


def test_a_solver_that_fails_is_named_and_the_others_go_on(tmp_path):
    problem = sparse(40, 5, seats_per_mentee=1.5, seed=3)
    path = store(tmp_path, "sparse", **problem)
    with peer(OURS, OURS) as ours, peer("scipy_dense", OURS) as wrong:
        found = take_turns([ours, wrong], str(path), repeats=1)
    assert isinstance(found[OURS], Figures)
    assert "KeyError" in found["scipy_dense"]


def test_problems_are_the_same_for_the_same_seed_and_whole_millionths():
    first, again = (sparse(200, 20, seats_per_mentee=1.0, seed=5) for _ in range(2))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert first["seats"].sum() == 200
    assert np.allclose(first["fits"] * 1e6, np.rint(first["fits"] * 1e6), atol=1e-6)
    rows = np.split(first["indices"], first["indptr"][1:-1])
    assert all((np.diff(row) > 0).all() for row in rows)


def test_searches_are_measured_beside_the_time_that_memory_takes(tmp_path, monkeypatch):
    monkeypatch.setattr(search, "SIZES", (2000,))
    monkeypatch.setattr(search, "PEERS", {})
    printed = list(search.lines(tmp_path, repeats=1, largest=2000, seed=1))
    rows = [line.strip("| ").split(" | ") for line in printed if str(line).startswith("| 2,000 ")]
    assert len(rows) == len(search.SHARES)
    for row in rows:
        low, high, bar = float(row[2]), float(row[3]), float(row[7])
        assert 0 <= low <= high
        assert bar >= 0


def test_what_a_peer_missed_lowers_its_share_of_the_true_ten():
    rng = np.random.default_rng(1)
    rows, asked = rng.normal(size=(200, 8)), rng.normal(size=(3, 8))

    def exact(query):
        return np.argsort(-(rows @ query), kind="stable")[:10]

    def half(query):
        return np.concatenate((exact(query)[:5], np.argsort(rows @ query)[:5]))

    assert nearest._asked(exact, rows, asked)["recall"] == 1.0
    assert nearest._asked(half, rows, asked)["recall"] == 0.5


def test_a_peer_without_its_environment_leaves_its_words_in_the_table(tmp_path, monkeypatch):
    def missing(name):
        raise PeerError(f"{name} can't be installed")

    monkeypatch.setattr("bench.peers.python_of", missing)
    words = search._peer("faiss_flat", tmp_path / "nothing", 1)
    assert "solvers can't be installed" in words
    found = {"FAISS flat": words, "graph": search.Nearest((0.004, 0.002, 0.006), 0.975)}
    assert search._row("FAISS flat", 300, words).startswith("| 300 | FAISS flat | solvers can't")
    assert search._row("graph", 300, found["graph"]) == "| 300 | graph | 4.00 | 5.80 | 97.5% |"
    beside = search._beside(300, (0.002,), found)
    assert beside.ratio("graph") == pytest.approx(2)
    assert beside.note.endswith("everybody eligible, of the true ten graph 97.5%")
    assert "true ten" not in search._beside(300, (0.002,), {"FAISS flat": words}).note
