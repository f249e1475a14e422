"""Sensitive topics: which programme leaves them out, and whom they are not offered to."""

from tandemwerk.people.models import User
from tandemwerk.people.vocabulary import SENSITIVE_TOPICS
from tandemwerk.programmes.enums import ParticipationState
from tandemwerk.programmes.models import Participation, Programme


def hidden_topics(programme: Programme) -> frozenset[str]:
    """Slugs of topics that this programme neither takes, nor matches by, nor shows. No query."""
    return SENSITIVE_TOPICS if programme.hides_sensitive else frozenset()


def topics_hidden_from(user: User) -> frozenset[str]:
    """Topics that none of the person's programmes shows to anybody. One query.

    One programme that takes them is enough to offer them; the others leave them out themselves.
    """
    rows = Participation.objects.filter(user=user).exclude(state=ParticipationState.WITHDRAWN)
    hides = list(rows.values_list("cohort__programme__hides_sensitive", flat=True))
    return SENSITIVE_TOPICS if hides and all(hides) else frozenset()
