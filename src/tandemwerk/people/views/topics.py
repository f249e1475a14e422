"""The topic picker: search, choose, put in order; with htmx in place, without by whole pages."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.matching.catalogue import Topic, areas, topics
from tandemwerk.people.enums import TopicKind
from tandemwerk.people.forms.profile import reader
from tandemwerk.people.models import Profile
from tandemwerk.people.ports import roles_of
from tandemwerk.people.requests import person
from tandemwerk.people.selectors.profile import profile_of
from tandemwerk.people.services.profile import MAX_TOPICS
from tandemwerk.people.services.topics import topic_add, topic_raise, topic_remove
from tandemwerk.people.topics import search_topics, suggested_topics, topics_of_area

ROLE = {TopicKind.WANTED: "mentee", TopicKind.OFFERED: "mentor"}
TITLES = {
    TopicKind.WANTED: _("What I want to work on"),
    TopicKind.OFFERED: _("What I can help with"),
}
LEADS = {
    TopicKind.WANTED: _("Up to five topics, the most important one first."),
    TopicKind.OFFERED: _("Up to eight topics, the one you know best first."),
}
ACTS = {"add": topic_add, "remove": topic_remove, "raise": topic_raise}
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Picker:
    """One of the two lists with what there is to choose; names are in the reader's language."""

    kind: TopicKind
    title: str | Promise
    lead: str | Promise
    chosen: list[tuple[str, str]]  # slug, name
    results: list[tuple[str, str]]
    areas: list[tuple[str, str]]
    query: str
    area: str
    most: int
    is_open: bool

    @property
    def is_full(self) -> bool:
        return len(self.chosen) >= self.most

    @property
    def has_searched(self) -> bool:
        return bool(self.query or self.area)


def topic_search(request: HttpRequest) -> HttpResponse:
    """Topics for the words or the area in the address. Three queries."""
    own = profile_of(person(request))
    picker = _picker(request, own, _kind(request.GET), is_open=True)
    if request.headers.get("HX-Request"):
        return render(request, "people/profile_topics.html#results", {"picker": picker})
    both = [picker if other.kind == picker.kind else other for other in pickers(request, own)]
    return render(request, "people/profile_topics.html", {"pickers": both, **LONE})


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
        picker = _picker(request, profile_of(user), kind, is_open=True)
        return render(request, "people/profile_topics.html#picker", {"picker": picker})
    return redirect("people:profile_step", step="topics")


# The picker on a page of its own looks like its step on the way through the profile.
LONE = {
    "step": {"slug": "topics", "title": _("My topics")},
    "number": 2,
    "count": 11,
    "previous": "about",
    "next": "experience",
}


def pickers(request: HttpRequest, own: Profile) -> list[Picker]:
    """Both lists; the one that no role of the person needs is folded. Queries: those of roles."""
    roles = roles_of(own.user)
    return [
        _picker(request, own, kind, is_open=not roles or ROLE[kind] in roles) for kind in TopicKind
    ]


def _picker(request: HttpRequest, own: Profile, kind: TopicKind, *, is_open: bool) -> Picker:
    language, data = reader(), request.GET or request.POST
    chosen = [row.topic for row in own.topics.all() if row.kind == kind] if own.pk else []
    is_asked = data.get("kind") == kind
    query = data.get("q", "")[:LONGEST_SEARCH].strip() if is_asked else ""
    area = data.get("area", "") if is_asked and data.get("area") in areas() else ""
    if query:
        found = search_topics(query, language=language, without=chosen)
    else:
        found = topics_of_area(area, without=chosen) if area else suggested_topics(chosen)
    known = topics()
    return Picker(
        kind=kind,
        title=TITLES[kind],
        lead=LEADS[kind],
        chosen=[(slug, known[slug].name[language]) for slug in chosen if slug in known],
        results=[_named(topic, language) for topic in found],
        areas=[(slug, entry.name[language]) for slug, entry in areas().items()],
        query=query,
        area=area,
        most=MAX_TOPICS[kind],
        is_open=is_open or bool(chosen),
    )


def _named(topic: Topic, language: str) -> tuple[str, str]:
    return topic.slug, topic.name[language]


def _kind(data: Any) -> TopicKind:
    if data.get("kind") not in TopicKind.values:
        raise Http404
    return TopicKind(data["kind"])
