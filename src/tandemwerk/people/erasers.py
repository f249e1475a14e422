"""How people's own tables forget a person; what hangs on the account by key goes with it."""

from datetime import datetime

from django.contrib.sessions.models import Session

from tandemwerk.people.erasure import eraser
from tandemwerk.people.models import ApiToken, Profile, User


@eraser("profile", order=80)
def erase_profile(user: User, now: datetime) -> None:
    Profile.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user).delete()


@eraser("sessions", order=90)
def erase_sessions(user: User, now: datetime) -> None:
    """Streams the living sessions: what they hold is only readable one by one."""
    own = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=now).iterator(chunk_size=2000)
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=own).delete()
