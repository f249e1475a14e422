from threading import Barrier, Thread

import pytest
from django.db import connection

from tandemwerk.audit.models import AuditEntry
from tandemwerk.pairing.enums import MoveKind, RuleKind, RunState
from tandemwerk.pairing.errors import (
    BoardStale,
    MentorFull,
    NoChange,
    NothingToRedo,
    NothingToUndo,
    NotOnBoard,
    PairKnownAlready,
    PairLocked,
    PairNotAllowed,
    PairNotTogether,
    RunNotReady,
)
from tandemwerk.pairing.models import BoardMove, MatchRun, PairRule
from tandemwerk.pairing.services.history import history_forbid
from tandemwerk.pairing.services.moves import Order, board_move, board_redo, board_undo
from tandemwerk.pairing.services.runs import match_run_discard
from tests.factories.pairing import NOW, TOPICS, calculated, mentee, mentor
from tests.factories.programmes import CohortFactory

pytestmark = pytest.mark.django_db


class Scene:
    """Anna and Ben with Rosa and Sven as their topics say; Cem alone; Tina has a free place."""

    def __init__(self):
        cohort = self.cohort = CohortFactory()
        self.anna = mentee(cohort, "Anna", topics=TOPICS[:1])
        self.ben = mentee(cohort, "Ben", topics=TOPICS[1:2])
        self.rosa = mentor(cohort, "Rosa", topics=TOPICS[:1])
        self.sven = mentor(cohort, "Sven", topics=TOPICS[1:2])
        self.tina = mentor(cohort, "Tina", topics=TOPICS[2:3], seats=2)
        self.run = calculated(cohort)
        self.by = self.run.created_by

    def order(self, kind, who, **more):
        ids = {name: person.pk for name, person in more.items()}
        return Order(kind, who.pk, self.run.version, **ids)

    def do(self, kind, who, **more):
        return board_move(run=self.run, order=self.order(kind, who, **more), by=self.by, now=NOW)

    def undo(self):
        return board_undo(run=self.run, version=self.run.version, by=self.by, now=NOW)

    def redo(self):
        return board_redo(run=self.run, version=self.run.version, by=self.by, now=NOW)

    def picture(self):
        fields = ("mentee", "mentor", "score", "reasons", "unmatched_reason", "is_locked")
        lines = list(self.run.suggestions.order_by("pk").values_list(*fields, "is_by_hand"))
        rules = set(PairRule.objects.values_list("mentee", "mentor", "kind"))
        return lines, rules

    def mentor_of(self, who):
        return self.run.suggestions.get(mentee=who).mentor


@pytest.fixture
def scene():
    return Scene()


def test_scene_is_as_described(scene):
    assert scene.mentor_of(scene.anna) == scene.rosa
    assert scene.mentor_of(scene.ben) == scene.sven


def test_swap_exchanges_mentors_and_explains_the_new_pairs(scene):
    scene.do(MoveKind.SWAP, scene.anna, other=scene.ben)
    assert scene.mentor_of(scene.anna) == scene.sven
    line = scene.run.suggestions.get(mentee=scene.ben)
    assert line.mentor == scene.rosa
    assert line.is_by_hand
    said = [entry for kind in line.reasons.values() for entry in kind]
    assert sum(entry["points"] for entry in said) == pytest.approx(line.score, abs=1e-6)


def test_every_kind_of_move_is_undone_and_redone_exactly(scene):
    moves = [
        (MoveKind.LOCK, scene.anna, {}),
        (MoveKind.UNLOCK, scene.anna, {}),
        (MoveKind.SWAP, scene.anna, {"other": scene.ben}),
        (MoveKind.ASSIGN, scene.anna, {"mentor": scene.tina}),
        (MoveKind.FORBID, scene.ben, {"mentor": scene.rosa, "instead": scene.sven}),
        (MoveKind.UNASSIGN, scene.ben, {}),
        (MoveKind.ALLOW, scene.ben, {"mentor": scene.rosa}),
        (MoveKind.ASSIGN, scene.ben, {"mentor": scene.rosa}),
    ]
    pictures = [scene.picture()]
    for kind, who, more in moves:
        scene.do(kind, who, **more)
        pictures.append(scene.picture())
    for picture in reversed(pictures[:-1]):
        scene.undo()
        assert scene.picture() == picture
    with pytest.raises(NothingToUndo):
        scene.undo()
    for picture in pictures[1:]:
        scene.redo()
        assert scene.picture() == picture
    with pytest.raises(NothingToRedo):
        scene.redo()


def test_new_change_after_undo_forgets_what_was_undone(scene):
    scene.do(MoveKind.LOCK, scene.anna)
    scene.undo()
    scene.do(MoveKind.LOCK, scene.ben)
    with pytest.raises(NothingToRedo):
        scene.redo()
    assert list(BoardMove.objects.values_list("number", flat=True)) == [1]


def test_lock_becomes_a_rule_and_the_next_run_keeps_it(scene):
    scene.do(MoveKind.SWAP, scene.anna, other=scene.ben)
    scene.do(MoveKind.LOCK, scene.anna)
    again = calculated(scene.cohort, scene.by, based_on=scene.run)
    line = again.suggestions.get(mentee=scene.anna)
    assert (line.mentor, line.is_locked) == (scene.sven, True)
    assert again.based_on == scene.run


def test_forbidden_pair_is_not_suggested_again(scene):
    scene.do(MoveKind.FORBID, scene.anna, mentor=scene.rosa)
    assert scene.mentor_of(scene.anna) is None
    again = calculated(scene.cohort, scene.by)
    assert again.suggestions.get(mentee=scene.anna).mentor != scene.rosa
    scene.do(MoveKind.ALLOW, scene.anna, mentor=scene.rosa)
    third = calculated(scene.cohort, scene.by)
    assert third.suggestions.get(mentee=scene.anna).mentor == scene.rosa


def test_forbid_with_an_alternative_at_once(scene):
    scene.do(MoveKind.FORBID, scene.anna, mentor=scene.rosa, instead=scene.tina)
    assert scene.mentor_of(scene.anna) == scene.tina


def test_lock_of_one_board_gives_way_to_a_later_one(scene):
    other = calculated(scene.cohort, scene.by)
    scene.do(MoveKind.LOCK, scene.anna)
    scene.run = other
    scene.do(MoveKind.SWAP, scene.anna, other=scene.ben)
    scene.do(MoveKind.LOCK, scene.anna)
    locks = PairRule.objects.filter(kind=RuleKind.LOCKED)
    assert list(locks.values_list("mentee", "mentor")) == [(scene.anna.pk, scene.sven.pk)]


@pytest.mark.parametrize(
    ("kind", "who", "more", "error"),
    [
        (MoveKind.ASSIGN, "anna", {"mentor": "sven"}, MentorFull),
        (MoveKind.ASSIGN, "anna", {"mentor": "rosa"}, NoChange),
        (MoveKind.ASSIGN, "anna", {}, NotOnBoard),
        (MoveKind.SWAP, "anna", {"other": "anna"}, NoChange),
        (MoveKind.UNLOCK, "anna", {}, NoChange),
        (MoveKind.ALLOW, "anna", {"mentor": "rosa"}, NoChange),
        (MoveKind.LOCK, "rosa", {}, NotOnBoard),
    ],
)
def test_refused_move_changes_nothing(scene, kind, who, more, error):
    before, version = scene.picture(), scene.run.version
    with pytest.raises(error):
        scene.do(kind, getattr(scene, who), **{k: getattr(scene, v) for k, v in more.items()})
    assert scene.picture() == before
    assert MatchRun.objects.get(pk=scene.run.pk).version == version
    assert not BoardMove.objects.exists()


def test_locked_pair_stays_until_it_is_let_go(scene):
    scene.do(MoveKind.LOCK, scene.anna)
    version = scene.run.version
    for kind, more in ((MoveKind.UNASSIGN, {}), (MoveKind.SWAP, {"other": scene.ben})):
        with pytest.raises(PairLocked):
            scene.do(kind, scene.anna, **more)
    assert scene.run.version == version
    with pytest.raises(NoChange):
        scene.do(MoveKind.LOCK, scene.anna)


def test_ruled_out_pair_is_refused_by_name(scene):
    scene.do(MoveKind.FORBID, scene.anna, mentor=scene.tina)
    with pytest.raises(PairNotTogether) as refused:
        scene.do(MoveKind.ASSIGN, scene.anna, mentor=scene.tina)
    assert "Anna" in str(refused.value)
    assert "Tina" in str(refused.value)


def test_pair_of_the_past_is_refused_and_cannot_be_allowed(scene):
    history_forbid(mentee=scene.anna, mentor=scene.tina, now=NOW)
    for kind in (MoveKind.ASSIGN, MoveKind.ALLOW):
        with pytest.raises(PairKnownAlready):
            scene.do(kind, scene.anna, mentor=scene.tina)


def test_hard_rule_is_refused_with_the_rule_in_words():
    cohort = CohortFactory()
    anna = mentee(cohort, "Anna", team="Netz")
    mentor(cohort, "Rosa")
    boss = mentor(cohort, "Sven", team="Netz")
    run = calculated(cohort)
    order = Order(MoveKind.ASSIGN, anna.pk, run.version, mentor=boss.pk)
    with pytest.raises(PairNotAllowed) as refused:
        board_move(run=run, order=order, by=run.created_by, now=NOW)
    assert "Team" in str(refused.value)


def test_seats_that_went_meanwhile_are_respected(scene):
    scene.tina.proposals_open = 2
    scene.tina.save()
    with pytest.raises(MentorFull):
        scene.do(MoveKind.ASSIGN, scene.anna, mentor=scene.tina)


def test_stale_board_is_refused(scene):
    old = scene.order(MoveKind.LOCK, scene.ben)
    scene.do(MoveKind.LOCK, scene.anna)
    before = scene.picture()
    with pytest.raises(BoardStale):
        board_move(run=scene.run, order=old, by=scene.by, now=NOW)
    with pytest.raises(BoardStale):
        board_undo(run=scene.run, version=old.version, by=scene.by, now=NOW)
    assert scene.picture() == before


def test_board_that_is_put_aside_cannot_be_changed(scene):
    match_run_discard(run=scene.run, by=scene.by, now=NOW)
    with pytest.raises(RunNotReady):
        scene.do(MoveKind.LOCK, scene.anna)
    assert scene.run.state == RunState.DISCARDED


def test_each_act_is_in_the_audit_chain_without_names(scene):
    scene.do(MoveKind.SWAP, scene.anna, other=scene.ben)
    scene.undo()
    scene.redo()
    entries = AuditEntry.objects.filter(action__startswith="board.").order_by("pk")
    assert [entry.action for entry in entries] == ["board.swap", "board.undo", "board.redo"]
    assert "Anna" not in str([entry.details for entry in entries])


@pytest.mark.parametrize("extra", [0, 2])
def test_move_takes_the_same_queries_on_any_board(extra, django_assert_num_queries):
    scene = Scene()
    for _ in range(extra):
        mentee(scene.cohort), mentor(scene.cohort)
    scene.run = calculated(scene.cohort, scene.by)
    with django_assert_num_queries(19):
        scene.do(MoveKind.SWAP, scene.anna, other=scene.ben)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_gets_through(scene):
    """Ten coordinators press at the same moment; one change is taken, and one seat."""
    start, outcomes = Barrier(10), []
    orders = [scene.order(MoveKind.ASSIGN, scene.anna, mentor=scene.tina) for _ in range(10)]

    def press(order):
        try:
            run = MatchRun.objects.get(pk=scene.run.pk)
            start.wait()
            board_move(run=run, order=order, by=scene.by, now=NOW)
            outcomes.append("done")
        except BoardStale:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [Thread(target=press, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", *["stale"] * 9]
    assert scene.run.suggestions.filter(mentor=scene.tina).count() == 1
    assert BoardMove.objects.count() == 1
