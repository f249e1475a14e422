"""How safeguarding forgets a person; roles and views go or become nameless with the account."""

from datetime import datetime

from tandemwerk.people.erasure import eraser
from tandemwerk.people.models import User
from tandemwerk.safeguarding.models import SafeguardingPerson
from tandemwerk.safeguarding.services.readers import readers_leave


@eraser("safeguarding", order=30)
def erase_safeguarding(user: User, now: datetime) -> None:
    """Questions that went to the address go, and roles. A report stays for others' sake until its
    day; who sent something this person read is told. Four queries, and those of the mails."""
    readers_leave(user=user, organisation=None, now=now)
    SafeguardingPerson.objects.filter(email=user.email).delete()
