"""The two lists of topics of a profile, each with what there is to choose."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.matching.catalogue import Topic, areas, topics
from tandemwerk.people.enums import TopicKind
from tandemwerk.people.models import Profile
from tandemwerk.people.topics import MAX_TOPICS, search_topics, suggested_topics, topics_of_area

ROLE = {TopicKind.WANTED: "mentee", TopicKind.OFFERED: "mentor"}
TITLES = {
    TopicKind.WANTED: _("What I want to work on"),
    TopicKind.OFFERED: _("What I can help with"),
}
LEADS = {
    TopicKind.WANTED: _("Up to five topics, the most important one first."),
    TopicKind.OFFERED: _("Up to eight topics, the one you know best first."),
}


@dataclass(frozen=True, slots=True)
class Picker:
    """One of the two lists with what there is to choose; names are in the reader's language."""

    kind: TopicKind
    chosen: list[tuple[str, str]]  # slug, name
    results: list[tuple[str, str]]
    areas: list[tuple[str, str]]
    query: str
    area: str
    is_open: bool

    @property
    def title(self) -> str | Promise:
        return TITLES[self.kind]

    @property
    def lead(self) -> str | Promise:
        return LEADS[self.kind]

    @property
    def most(self) -> int:
        return MAX_TOPICS[self.kind]

    @property
    def is_full(self) -> bool:
        return len(self.chosen) >= self.most

    @property
    def has_searched(self) -> bool:
        return bool(self.query or self.area)


def picker(
    own: Profile,
    kind: TopicKind,
    *,
    language: str,
    query: str = "",
    area: str = "",
    hidden: frozenset[str] = frozenset(),
    is_open: bool = True,
) -> Picker:
    """One list of a profile; words go before the area. No query for a prefetched profile.

    `hidden` topics are not offered; one that is chosen already stays visible.
    """
    chosen = [row.topic for row in own.topics.all() if row.kind == kind] if own.pk else []
    known = topics()
    return Picker(
        kind=kind,
        chosen=[(slug, known[slug].name[language]) for slug in chosen if slug in known],
        results=[(t.slug, t.name[language]) for t in _found(query, area, chosen, hidden, language)],
        areas=[(slug, entry.name[language]) for slug, entry in areas().items()],
        query=query,
        area=area if area in areas() else "",
        is_open=is_open or bool(chosen),
    )


def _found(
    query: str, area: str, chosen: list[str], hidden: frozenset[str], language: str
) -> list[Topic]:
    taken = {*chosen, *hidden}
    if query:
        return search_topics(query, language=language, without=taken)
    if area in areas():
        return topics_of_area(area, without=taken)
    return suggested_topics(chosen, hidden=hidden)
