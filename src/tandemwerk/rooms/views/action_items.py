"""Tasks: add, change, tick off, remove with a way back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.rooms.forms.goals import ActionItemForm
from tandemwerk.rooms.models import ActionItem
from tandemwerk.rooms.selectors.goals import action_item_read, goal_by_id, goals_read
from tandemwerk.rooms.selectors.room import room_or_404, row_or_404
from tandemwerk.rooms.services.action_items import (
    action_item_add,
    action_item_change,
    action_item_tick,
)
from tandemwerk.rooms.services.writing import row_remove, row_restore
from tandemwerk.rooms.views.goals import goals_page
from tandemwerk.rooms.views.shared import page
from tandemwerk.ui.toasts import undo


def action_item_new(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Add a task from the page of goals; a fault is said at the field."""
    room = room_or_404(request.user, tandem_pk)
    form = ActionItemForm(request.POST, room=room, goals=goals_read(room))
    if not form.is_valid():
        return goals_page(request, room, form)
    goal = goal_by_id(room, form.cleaned_data["goal"])
    action_item_add(room=room, goal=goal, now=timezone.now(), **form.act())
    messages.success(request, _("The task is noted."))
    return redirect("rooms:goal_list", tandem_pk=room.pk)


def action_item_edit(request: SignedIn, tandem_pk: int, item_pk: UUID) -> HttpResponse:
    """A page to change a task."""
    room = room_or_404(request.user, tandem_pk)
    item = row_or_404(room, ActionItem, item_pk)
    initial = ActionItemForm.initial_of(item, action_item_read(room, item).text)
    form = ActionItemForm(sent(request), room=room, goals=goals_read(room), initial=initial)
    if form.is_valid():
        goal = goal_by_id(room, form.cleaned_data["goal"])
        action_item_change(room=room, item=item, goal=goal, now=timezone.now(), **form.act())
        messages.success(request, _("The task is changed."))
        return redirect("rooms:goal_list", tandem_pk=room.pk)
    status = 422 if form.is_bound else 200
    context = page(room, "goals", form=form, item=item)
    return render(request, "rooms/action_item_form.html", context, status=status)


def action_item_done(request: SignedIn, tandem_pk: int, item_pk: UUID) -> HttpResponse:
    """Tick a task off, or open it again (``is_done`` of 0)."""
    room = room_or_404(request.user, tandem_pk)
    item = row_or_404(room, ActionItem, item_pk)
    is_done = request.POST.get("is_done", "1") != "0"
    action_item_tick(room=room, item=item, is_done=is_done, now=timezone.now())
    return redirect("rooms:goal_list", tandem_pk=room.pk)


def action_item_remove(request: SignedIn, tandem_pk: int, item_pk: UUID) -> HttpResponse:
    """Remove a task, with a way back."""
    room = room_or_404(request.user, tandem_pk)
    row_remove(room=room, row=row_or_404(room, ActionItem, item_pk), now=timezone.now())
    back = reverse("rooms:action_item_restore", args=[room.pk, item_pk])
    undo(request, _("Task removed."), back)
    return redirect("rooms:goal_list", tandem_pk=room.pk)


def action_item_restore(request: SignedIn, tandem_pk: int, item_pk: UUID) -> HttpResponse:
    """Bring a removed task back."""
    room = room_or_404(request.user, tandem_pk)
    row_restore(room=room, model=ActionItem, pk=item_pk, now=timezone.now())
    messages.success(request, _("The task is back."))
    return redirect("rooms:goal_list", tandem_pk=room.pk)
