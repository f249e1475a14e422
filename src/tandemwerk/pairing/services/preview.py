"""What a change by hand would do, before it is done. Writes nothing."""

from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _

from tandemwerk.core.errors import DomainError
from tandemwerk.pairing.enums import MoveKind
from tandemwerk.pairing.errors import NotOnBoard, RunNotReady
from tandemwerk.pairing.models import Suggestion
from tandemwerk.pairing.selectors.board import BoardRead
from tandemwerk.pairing.selectors.detail import detail, target_of
from tandemwerk.pairing.services.moves import Order, plan_of
from tandemwerk.pairing.words import effect_text, fit_of, short_word, trend
from tandemwerk.ui import board as shapes

NOT_ALLOWED = 0  # level of a pair that a rule forbids


def order_read(read: BoardRead, line: Suggestion, to: str, *, version: int) -> Order:
    """The order behind the board's `to`.

    `to`: ``pair:<suggestion>`` swap, ``seat:<participation>`` free place, ``none`` separate,
    ``forbid`` never again. Raises NotOnBoard for anything else.
    """
    kind, _sep, number = to.partition(":")
    if kind == "none":
        return Order(MoveKind.UNASSIGN, line.mentee_id, version)
    if kind == "forbid" and line.mentor_id is not None:
        return Order(MoveKind.FORBID, line.mentee_id, version, mentor=line.mentor_id)
    if kind == "seat" and number.isdecimal():
        return Order(MoveKind.ASSIGN, line.mentee_id, version, mentor=int(number))
    if kind == "pair" and number.isdecimal() and int(number) in read.by_suggestion:
        other = read.by_suggestion[int(number)].mentee_id
        return Order(MoveKind.SWAP, line.mentee_id, version, other=other)
    raise NotOnBoard


def preview_make(read: BoardRead, line: Suggestion, to: str) -> shapes.Preview:
    """The changes and their effect on the whole; a refusal is told as a warning, not raised.

    ``mentor:<participation>`` stands for a free place there or else the best swap. What is allowed
    here is carried out, unless somebody was faster. No query.
    Raises NotOnBoard if `to` names nothing on this board.
    """
    kind, _sep, number = to.partition(":")
    if kind == "mentor" and number.isdecimal() and int(number) in read.plans.columns:
        to = target_of(read, line.mentee_id, int(number))
    order = order_read(read, line, to, version=read.run.version)
    warnings, effect, way, changes = [], "", 0, _wanted(read, order)
    try:
        if not read.is_open:
            raise RunNotReady(state=read.run.get_state_display())
        plan = plan_of(read.loaded, order)
        effect, way = effect_text(plan.effect), trend(plan.effect)
    except DomainError as error:
        warnings.append(str(error))
    return shapes.Preview(
        mentee=line.pk,
        to=to,
        title=_title(order.kind),
        changes=[_change(read, mentee, mentor) for mentee, mentor in changes.items()],
        effect=effect,
        trend=way,
        warnings=warnings,
        is_allowed=not warnings,
        version=read.run.version,
    )


def _wanted(read: BoardRead, order: Order) -> dict[int, int | None]:
    """Who would have whom, allowed or not."""
    mentor_of = read.plans.mentor_of
    if order.kind == MoveKind.SWAP and order.other is not None:
        return {order.mentee: mentor_of[order.other], order.other: mentor_of[order.mentee]}
    if order.kind == MoveKind.ASSIGN:
        if order.mentor not in read.plans.columns:
            raise NotOnBoard
        return {order.mentee: order.mentor}
    return {order.mentee: None}


def _change(read: BoardRead, mentee: int, mentor: int | None) -> shapes.Change:
    now = read.plans.mentor_of[mentee]
    return shapes.Change(
        mentee=read.mentee(read.loaded.lines[mentee]),
        before=read.mentor(now) if now is not None else None,
        before_level=_level(read, mentee, now),
        after=read.mentor(mentor) if mentor is not None else None,
        after_level=_level(read, mentee, mentor),
    )


def _level(read: BoardRead, mentee: int, mentor: int | None) -> int | None:
    if mentor is None:
        return None
    if not read.plans.is_possible(mentee, mentor):
        return NOT_ALLOWED
    return fit_of(read.plans.fit(mentee, mentor) or 0).step


def _title(kind: MoveKind) -> str:
    return {
        MoveKind.SWAP: _("Swap two mentees"),
        MoveKind.ASSIGN: _("Move to a free place"),
        MoveKind.UNASSIGN: _("Separate the pair"),
        MoveKind.FORBID: _("Not together, in this run and the next ones"),
    }[kind]


def detail_with_moves(read: BoardRead, suggestion: int) -> dict[str, Any]:
    """One line in full, each alternative with the order that carries it out. No query."""
    line = read.by_suggestion[suggestion]
    found = detail(read, line)
    shown = {field.name: getattr(found, field.name) for field in fields(found)}
    others = [
        {
            "mentor": other.mentor,
            "fit": short_word(other.level),
            "seat": other.seat,
            "effect": other.effect,
            "trend": other.trend,
            "move": order_read(read, line, other.to, version=read.run.version),
        }
        for other in found.alternatives
    ]
    fit = short_word(found.level) if found.mentor else ""
    return {**shown, "fit": fit, "alternatives": others}
