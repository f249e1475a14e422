"""Goals and tasks, to take along."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tandemwerk.rooms.selectors.goals import (
    ActionItemRead,
    GoalRead,
    action_items_all,
    goals_read,
)
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.export import Entry, Part


def goals_part(room: Room) -> Part:
    """All goals with their levels and how they went. Two queries."""
    goals = goals_read(room)
    return Part(
        title=_("Goals"),
        entries=[_goal_entry(goal) for goal in goals],
        data=[_goal_data(goal) for goal in goals],
    )


def tasks_part(room: Room) -> Part:
    """All tasks, done ones too. One query."""
    items = action_items_all(room)
    return Part(
        title=_("Tasks"),
        entries=[_task_entry(item) for item in items],
        data=[_task_data(item) for item in items],
    )


def _goal_entry(goal: GoalRead) -> Entry:
    facts: list[tuple[str, Any]] = [(_("State"), goal.state.label)]
    if goal.due_on:
        facts.append((_("Until when?"), date_format(goal.due_on)))
    facts += [(rung.label, f"{rung.text}{' ←' if rung.is_now else ''}") for rung in goal.scale]
    facts += [
        (date_format(timezone.localtime(step.on)), f"{step.label}. {step.note}".strip())
        for step in goal.steps
    ]
    return Entry(title=goal.title, text=goal.why, facts=facts)


def _goal_data(goal: GoalRead) -> dict[str, Any]:
    return {
        "id": goal.id,
        "title": goal.title,
        "why": goal.why,
        "levels": goal.levels,
        "level": goal.level,
        "state": goal.state,
        "due_on": goal.due_on,
        "steps": [{"level": s.level, "note": s.note, "on": s.on} for s in goal.steps],
        "changed_at": goal.changed_at,
    }


def _task_entry(item: ActionItemRead) -> Entry:
    who = _("All of us") if item.owner is None else item.owner.user.short_name
    facts: list[tuple[str, Any]] = [(_("Who?"), who)]
    if item.due_on:
        facts.append((_("Until when?"), date_format(item.due_on)))
    if item.done_at:
        facts.append((_("Done"), date_format(timezone.localtime(item.done_at))))
    return Entry(title=item.text, facts=facts)


def _task_data(item: ActionItemRead) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": item.text,
        "owner": None if item.owner is None else item.owner.pk,
        "goal": item.goal_id,
        "due_on": item.due_on,
        "done_at": item.done_at,
    }
