"""Changes by hand on the board: each one guarded, recorded, and taken back as often as wanted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from tandemwerk.audit.services import audit_record
from tandemwerk.pairing.engine import pair_reasons
from tandemwerk.pairing.enums import MoveKind, RuleKind, RuleSource, RunState
from tandemwerk.pairing.errors import (
    BoardStale,
    NoChange,
    NothingToRedo,
    NothingToUndo,
    NotOnBoard,
    PairKnownAlready,
    RunNotReady,
)
from tandemwerk.pairing.kept import scores_of
from tandemwerk.pairing.models import BoardMove, MatchRun, PairRule
from tandemwerk.pairing.plans import (
    Pair,
    Plan,
    plan_assign,
    plan_forbid,
    plan_swap,
    plan_unassign,
)
from tandemwerk.pairing.selectors.state import Loaded, board_load
from tandemwerk.pairing.words import BY_HAND, FORBIDDEN_NOW
from tandemwerk.people.models import User

LINE_FIELDS = ("mentor_id", "score", "reasons", "unmatched_reason", "is_locked", "is_by_hand")
Snapshot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants done. Ids are participations; `version` is the board they saw."""

    kind: MoveKind
    mentee: int
    version: int
    mentor: int | None = None  # assign, forbid, allow; forbid: the one never to have
    other: int | None = None  # swap: the second mentee
    instead: int | None = None  # forbid: the mentor to have at once


def plan_of(loaded: Loaded, order: Order) -> Plan:
    """The plan for an order that moves people. Raises as `plans`, or NotOnBoard if it is none."""
    board, mentee = loaded.board, order.mentee
    match order:
        case Order(kind=MoveKind.ASSIGN, mentor=int(mentor)):
            return plan_assign(board, mentee, mentor)
        case Order(kind=MoveKind.SWAP, other=int(other)):
            return plan_swap(board, mentee, other)
        case Order(kind=MoveKind.UNASSIGN):
            return plan_unassign(board, mentee)
        case Order(kind=MoveKind.FORBID, mentor=int(mentor), instead=instead):
            return plan_forbid(board, mentee, mentor, instead)
        case _:
            raise NotOnBoard


@transaction.atomic
def board_move(*, run: MatchRun, order: Order, by: User, now: datetime) -> BoardMove:
    """Carry out one change by hand and remember how to take it back.

    Raises BoardStale if the board changed since `order.version`, RunNotReady, and what `plans` and
    the acts raise; then nothing has changed. A swap takes 19 queries, whatever the size.
    """
    _claim(run, order.version)
    loaded = board_load(run)
    match order.kind:
        case MoveKind.LOCK | MoveKind.UNLOCK:
            after = _lock(run, loaded, order)
        case MoveKind.ALLOW:
            after = _allow(loaded, order)
        case _:
            after = _moved(run, loaded, plan_of(loaded, order))
    before = _picture(loaded, after)
    _apply(run, after, by, now)
    BoardMove.objects.filter(run=run, undone_at__isnull=False).delete()
    last = BoardMove.objects.filter(run=run).aggregate(last=Max("number"))["last"] or 0
    move = BoardMove.objects.create(
        run=run,
        number=last + 1,
        kind=order.kind,
        before=before,
        after=after,
        made_by=by,
        made_at=now,
    )
    _record(f"board.{order.kind}", run, move, by, now)
    return move


@transaction.atomic
def board_undo(*, run: MatchRun, version: int, by: User, now: datetime) -> BoardMove:
    """Take back the latest change that stands. Raises NothingToUndo, BoardStale, RunNotReady."""
    _claim(run, version)
    move = BoardMove.objects.filter(run=run, undone_at__isnull=True).order_by("-number").first()
    if move is None:
        raise NothingToUndo
    _apply(run, move.before, by, now)
    move.undone_at = now
    move.save(update_fields=["undone_at"])
    _record("board.undo", run, move, by, now)
    return move


@transaction.atomic
def board_redo(*, run: MatchRun, version: int, by: User, now: datetime) -> BoardMove:
    """Do again what was taken back last. Raises NothingToRedo, BoardStale, RunNotReady."""
    _claim(run, version)
    move = BoardMove.objects.filter(run=run, undone_at__isnull=False).order_by("number").first()
    if move is None:
        raise NothingToRedo
    _apply(run, move.after, by, now)
    move.undone_at = None
    move.save(update_fields=["undone_at"])
    _record("board.redo", run, move, by, now)
    return move


def _claim(run: MatchRun, version: int) -> None:
    """Compare and set: from here to the end of the transaction the board is ours."""
    changed = MatchRun.objects.filter(pk=run.pk, state=RunState.READY, version=version).update(
        version=F("version") + 1
    )
    if not changed:
        run.refresh_from_db(fields=["state", "version"])
        if run.state == RunState.READY:
            raise BoardStale
        raise RunNotReady(state=run.get_state_display())


def _moved(run: MatchRun, loaded: Loaded, plan: Plan) -> Snapshot:
    """The touched lines and rules after a plan."""
    scores = scores_of(run) if any(m is not None for m in plan.changes.values()) else None
    lines = []
    for mentee, mentor in plan.changes.items():
        code = FORBIDDEN_NOW if plan.forbids else BY_HAND
        line: Snapshot = {
            "mentee": mentee,
            "mentor_id": mentor,
            "score": None,
            "reasons": {},
            "unmatched_reason": {"code": code} if mentor is None else {},
            "is_locked": False,
            "is_by_hand": True,
        }
        if mentor is not None and scores is not None:
            board = loaded.board
            line["score"] = board.fit(mentee, mentor)
            line["reasons"] = pair_reasons(scores, board.rows[mentee], board.columns[mentor])
        lines.append(line)
    rules = [_rule(plan.forbids, RuleKind.FORBIDDEN)] if plan.forbids else []
    return {"lines": lines, "rules": rules}


def _lock(run: MatchRun, loaded: Loaded, order: Order) -> Snapshot:
    """Lock or unlock the pair of a mentee, for this run and the next ones of the cohort."""
    line = loaded.lines.get(order.mentee)
    if line is None or line.mentor_id is None:
        raise NotOnBoard
    is_locked = order.kind == MoveKind.LOCK
    if line.is_locked == is_locked:
        raise NoChange
    pair = (order.mentee, line.mentor_id)
    loaded.say([line])
    # A mentee has one mentor, so a lock from another run's board gives way.
    others = [
        _rule(key, None)
        for key, rule in loaded.rules.items()
        if key[0] == order.mentee and rule.kind == RuleKind.LOCKED and key != pair
    ]
    return {
        "lines": [{**_line(loaded, order.mentee), "is_locked": is_locked}],
        "rules": [*others, _rule(pair, RuleKind.LOCKED if is_locked else None)],
    }


def _allow(loaded: Loaded, order: Order) -> Snapshot:
    """Lift a ban a coordinator made; one from history stays."""
    pair = (order.mentee, order.mentor or 0)
    if pair in loaded.board.known:
        names = loaded.board.names
        raise PairKnownAlready(mentee=names.get(pair[0], ""), mentor=names.get(pair[1], ""))
    if pair not in loaded.board.forbidden:
        raise NoChange
    return {"lines": [], "rules": [_rule(pair, None)]}


def _picture(loaded: Loaded, after: Snapshot) -> Snapshot:
    """The same lines and rules as they are now."""
    rules = []
    loaded.say([loaded.lines[entry["mentee"]] for entry in after["lines"]])
    for entry in after["rules"]:
        pair = (entry["mentee"], entry["mentor"])
        rule = loaded.rules.get(pair)
        rules.append(_rule(pair, RuleKind(rule.kind) if rule else None))
    return {"lines": [_line(loaded, e["mentee"]) for e in after["lines"]], "rules": rules}


def _line(loaded: Loaded, mentee: int) -> Snapshot:
    line = loaded.lines[mentee]
    return {"mentee": mentee, **{name: getattr(line, name) for name in LINE_FIELDS}}


def _rule(pair: Pair, kind: RuleKind | None) -> Snapshot:
    return {"mentee": pair[0], "mentor": pair[1], "kind": str(kind) if kind else None}


def _apply(
    run: MatchRun, picture: Mapping[str, Iterable[Snapshot]], by: User, now: datetime
) -> None:
    """Write the lines and rules of a picture. One query a line, one or two a rule."""
    for entry in picture["lines"]:
        values = {name: entry[name] for name in LINE_FIELDS}
        run.suggestions.filter(mentee_id=entry["mentee"]).update(**values)
    for entry in picture["rules"]:
        pair = {"mentee_id": entry["mentee"], "mentor_id": entry["mentor"]}
        mine = PairRule.objects.filter(cohort_id=run.cohort_id, **pair).exclude(
            source=RuleSource.HISTORY
        )
        if entry["kind"] is None:
            mine.delete()
        else:
            PairRule.objects.get_or_create(
                cohort_id=run.cohort_id,
                **pair,
                defaults={"kind": entry["kind"], "created_by": by, "created_at": now},
            )
            mine.update(kind=entry["kind"])


def _record(action: str, run: MatchRun, move: BoardMove, by: User, now: datetime) -> None:
    audit_record(
        action=action,
        about=run,
        by=by,
        now=now,
        programme_id=run.cohort.programme_id,
        details={
            "move": move.number,
            "kind": move.kind,
            "lines": [
                {"mentee": line["mentee"], "mentor": line["mentor_id"]}
                for line in move.after["lines"]
            ],
            "rules": move.after["rules"],
        },
    )
    run.version += 1  # only now, so that a refused act leaves the object as it was
