"""How pairing forgets a person: runs that hold their profile lose what they were made from."""

from datetime import datetime

from tandemwerk.pairing.services.forgetting import person_forget
from tandemwerk.people.erasure import eraser
from tandemwerk.people.models import User


@eraser("pairing", order=30)
def erase_pairing(user: User, now: datetime) -> None:
    """After tandems have ended, before participations go; lines and rules go with those."""
    person_forget(user=user, now=now)
