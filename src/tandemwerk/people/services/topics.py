"""Choosing topics one by one, as the picker does."""

from datetime import datetime

from django.db import transaction

from tandemwerk.people.enums import TopicKind
from tandemwerk.people.models import Profile, User
from tandemwerk.people.services.profile import ProfileValues, profile_apply


@transaction.atomic
def topic_add(*, user: User, kind: TopicKind, slug: str, now: datetime) -> Profile:
    """Put a topic at the end of the list; one that is there stays where it is.

    Raises ProfileInvalid for an unknown topic or one too many.
    """
    chosen = _chosen(user, kind)
    return _apply(user, kind, chosen if slug in chosen else [*chosen, slug], now)


@transaction.atomic
def topic_remove(*, user: User, kind: TopicKind, slug: str, now: datetime) -> Profile:
    """Take a topic off the list; one that is not there changes nothing."""
    return _apply(user, kind, [topic for topic in _chosen(user, kind) if topic != slug], now)


@transaction.atomic
def topic_raise(*, user: User, kind: TopicKind, slug: str, now: datetime) -> Profile:
    """Move a topic one place up; the first, or one that is not there, changes nothing."""
    chosen = _chosen(user, kind)
    if slug in chosen[1:]:
        place = chosen.index(slug)
        chosen[place - 1 : place + 1] = [slug, chosen[place - 1]]
    return _apply(user, kind, chosen, now)


def _chosen(user: User, kind: TopicKind) -> list[str]:
    profile, _made = Profile.objects.get_or_create(user=user)
    Profile.objects.select_for_update().get(pk=profile.pk)  # two clicks count one after the other
    return list(profile.topics.filter(kind=kind).values_list("topic", flat=True))


def _apply(user: User, kind: TopicKind, chosen: list[str], now: datetime) -> Profile:
    values = (
        ProfileValues(wanted=chosen) if kind == TopicKind.WANTED else ProfileValues(offered=chosen)
    )
    return profile_apply(user=user, values=values, now=now)
