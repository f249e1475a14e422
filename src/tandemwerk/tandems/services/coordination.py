"""Telling the coordination that somebody needs them, without a word of what was said."""

from datetime import datetime

from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.coordination import readers_of


def mail_signal(*, tandem: Tandem, once: str, now: datetime) -> None:
    """A kind mail with a link to everybody who may read it; no name, no words.

    `once`: the same signal is told once. Two queries, and two a reader.
    """
    for reader in readers_of(tandem):
        mail_queue(
            kind="help_asked",
            to=reader,
            context={"cohort": tandem.cohort},
            now=now,
            once_key=f"{once}:{reader.pk}",
        )
