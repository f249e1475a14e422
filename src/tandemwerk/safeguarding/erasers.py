"""How safeguarding forgets a person; roles and views go or become nameless with the account."""

from datetime import datetime

from tandemwerk.people.erasure import eraser
from tandemwerk.people.models import User
from tandemwerk.safeguarding.models import SafeguardingPerson


@eraser("safeguarding", order=30)
def erase_safeguarding(user: User, now: datetime) -> None:
    """Questions that went to the address go. A report stays for others' sake until its day. One
    query."""
    SafeguardingPerson.objects.filter(email=user.email).delete()
