"""Goals and tasks: one page with both, and a form each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.rooms.enums import GoalState
from tandemwerk.rooms.forms.goals import ActionItemForm, GoalForm, GoalStepForm
from tandemwerk.rooms.models import Goal
from tandemwerk.rooms.selectors.goals import action_items_read, goal_read, goals_read
from tandemwerk.rooms.selectors.room import Room, room_or_404, row_or_404
from tandemwerk.rooms.services.goals import goal_add, goal_change, goal_rate, goal_settle
from tandemwerk.rooms.services.writing import row_remove, row_restore
from tandemwerk.rooms.views.shared import page
from tandemwerk.ui.toasts import undo


def goal_list(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """All goals and tasks of the room."""
    return goals_page(request, room_or_404(request.user, tandem_pk))


def goals_page(
    request: HttpRequest, room: Room, form: ActionItemForm | None = None
) -> HttpResponse:
    """The page with both; also shown again when the form for a task has a fault."""
    found = goals_read(room)
    more: dict[str, Any] = {
        "goals": found,
        "items": action_items_read(room),
        "form": form or ActionItemForm(room=room, goals=found),
    }
    status = 422 if form is not None else 200
    return render(request, "rooms/goals.html", page(room, "goals", **more), status=status)


def goal_new(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """A page for a new goal."""
    room = room_or_404(request.user, tandem_pk)
    form = GoalForm(sent(request))
    if form.is_valid():
        goal_add(room=room, now=timezone.now(), **form.act())
        messages.success(request, _("Your goal is noted."))
        return redirect("rooms:goal_list", tandem_pk=room.pk)
    return _form_page(request, room, form)


def goal_edit(request: SignedIn, tandem_pk: int, goal_pk: UUID) -> HttpResponse:
    """A page to say a goal differently."""
    room = room_or_404(request.user, tandem_pk)
    goal = row_or_404(room, Goal, goal_pk)
    form = GoalForm(sent(request), initial=GoalForm.initial_of(goal_read(room, goal)))
    if form.is_valid():
        goal_change(room=room, goal=goal, now=timezone.now(), **form.act())
        messages.success(request, _("The goal is changed."))
        return redirect("rooms:goal_list", tandem_pk=room.pk)
    return _form_page(request, room, form, goal=goal_read(room, goal))


def goal_step(request: SignedIn, tandem_pk: int, goal_pk: UUID) -> HttpResponse:
    """A page to say where the two stand, in the words they chose."""
    room = room_or_404(request.user, tandem_pk)
    goal = row_or_404(room, Goal, goal_pk)
    read = goal_read(room, goal)
    form = GoalStepForm(sent(request), goal=read, initial={"level": goal.level})
    if form.is_valid():
        goal_rate(room=room, goal=goal, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Noted where you stand."))
        return redirect("rooms:goal_list", tandem_pk=room.pk)
    status = 422 if form.is_bound else 200
    context = page(room, "goals", form=form, goal=read)
    return render(request, "rooms/goal_step.html", context, status=status)


def goal_state(request: SignedIn, tandem_pk: int, goal_pk: UUID) -> HttpResponse:
    """Reached, set aside or under way again."""
    room = room_or_404(request.user, tandem_pk)
    goal = row_or_404(room, Goal, goal_pk)
    state = request.POST.get("state", "")
    if state in GoalState.values:
        goal_settle(room=room, goal=goal, state=GoalState(state), now=timezone.now())
        messages.success(request, _("The goal is changed."))
    return redirect("rooms:goal_list", tandem_pk=room.pk)


def goal_remove(request: SignedIn, tandem_pk: int, goal_pk: UUID) -> HttpResponse:
    """Remove a goal, with a way back."""
    room = room_or_404(request.user, tandem_pk)
    row_remove(room=room, row=row_or_404(room, Goal, goal_pk), now=timezone.now())
    undo(request, _("Goal removed."), reverse("rooms:goal_restore", args=[room.pk, goal_pk]))
    return redirect("rooms:goal_list", tandem_pk=room.pk)


def goal_restore(request: SignedIn, tandem_pk: int, goal_pk: UUID) -> HttpResponse:
    """Bring a removed goal back."""
    room = room_or_404(request.user, tandem_pk)
    row_restore(room=room, model=Goal, pk=goal_pk, now=timezone.now())
    messages.success(request, _("The goal is back."))
    return redirect("rooms:goal_list", tandem_pk=room.pk)


def _form_page(request: HttpRequest, room: Room, form: GoalForm, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = page(room, "goals", form=form, **more)
    return render(request, "rooms/goal_form.html", context, status=status)
