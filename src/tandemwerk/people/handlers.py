"""What allauth reports, written to the audit chain; loaded by `PeopleConfig.ready`."""

from typing import Any

from allauth.account.signals import (
    email_changed,
    password_changed,
    password_reset,
    password_set,
    user_signed_up,
)
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import Signal, receiver
from django.utils import timezone

from tandemwerk.audit.services import audit_record
from tandemwerk.people.middleware import PASSED_UNTIL
from tandemwerk.people.models import User

ACTS: dict[Signal, str] = {
    user_signed_up: "account.create",
    password_changed: "password.change",
    password_set: "password.set",
    password_reset: "password.reset",
    email_changed: "email.change",
    authenticator_added: "factor.add",
    authenticator_removed: "factor.remove",
    authenticator_reset: "factor.reset",
}


def note_act(signal: Signal, user: User, **kwargs: Any) -> None:
    """One audit entry per act on an account; never an address, never a secret."""
    factor = kwargs.get("authenticator")
    details = {"type": str(factor.type)} if factor else {}
    audit_record(action=ACTS[signal], about=user, by=user, now=timezone.now(), details=details)


for _signal in ACTS:
    _signal.connect(note_act, dispatch_uid="people.audit")


@receiver(authenticator_removed, dispatch_uid="people.forget_factor")
def forget_factor(request: Any, **kwargs: Any) -> None:
    """The session no longer vouches for a second factor."""
    request.session.pop(PASSED_UNTIL, None)
