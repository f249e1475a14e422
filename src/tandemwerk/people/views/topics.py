"""The topic picker: search, choose, put in order; with htmx in place, without by whole pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tandemwerk.people.enums import TopicKind
from tandemwerk.people.forms.profile import reader
from tandemwerk.people.forms.steps import PLACES, STEPS, way
from tandemwerk.people.models import Profile
from tandemwerk.people.ports import hidden_topics_of, roles_of
from tandemwerk.people.requests import person
from tandemwerk.people.selectors.profile import profile_of, sections
from tandemwerk.people.selectors.topics import ROLE, Picker, picker
from tandemwerk.people.services.topics import topic_add, topic_raise, topic_remove

ACTS = {"add": topic_add, "remove": topic_remove, "raise": topic_raise}
LONGEST_SEARCH = 80


def topic_search(request: HttpRequest) -> HttpResponse:
    """Topics for the words or the area in the address. Three queries."""
    own = profile_of(person(request))
    asked = _picker(request, own, _kind(request.GET), is_open=True)
    if request.headers.get("HX-Request"):
        return render(request, "people/profile_topics.html#results", {"picker": asked})
    both = [asked if other.kind == asked.kind else other for other in pickers(request, own)]
    parts = sections(own, reader(), roles_of(own.user))
    context = {"pickers": both, "way": way(STEPS[PLACES["topics"]], parts)}
    return render(request, "people/profile_topics.html", context)


def topic_change(request: HttpRequest) -> HttpResponse:
    """Add, remove or raise the topic whose button was pressed."""
    user, kind = person(request), _kind(request.POST)
    act, slug = next(
        ((name, request.POST[name]) for name in ACTS if name in request.POST), ("", "")
    )
    if not act:
        raise Http404
    ACTS[act](user=user, kind=kind, slug=slug, now=timezone.now())
    if request.headers.get("HX-Request"):
        left = _picker(request, profile_of(user), kind, is_open=True)
        return render(request, "people/profile_topics.html#picker", {"picker": left})
    return redirect("people:profile_step", step="topics")


def pickers(request: HttpRequest, own: Profile) -> list[Picker]:
    """Both lists; the one that no role of the person needs is folded. Queries: those of roles."""
    roles = roles_of(own.user)
    return [
        _picker(request, own, kind, is_open=not roles or ROLE[kind] in roles) for kind in TopicKind
    ]


def _picker(request: HttpRequest, own: Profile, kind: TopicKind, *, is_open: bool) -> Picker:
    """The list of `kind`; words and area count for the list they were typed at."""
    data = request.GET or request.POST
    asked = data if data.get("kind") == kind else {}
    return picker(
        own,
        kind,
        language=reader(),
        query=asked.get("q", "")[:LONGEST_SEARCH].strip(),
        area=asked.get("area", ""),
        hidden=hidden_topics_of(own.user),
        is_open=is_open,
    )


def _kind(data: Any) -> TopicKind:
    if data.get("kind") not in TopicKind.values:
        raise Http404
    return TopicKind(data["kind"])
