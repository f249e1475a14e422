"""The certificate of a completed tandem: who took part, in which role, from when until when.

Made new each time somebody asks for their own; nothing of it is stored, and nothing of the room is
in it, not even the other person's name.
"""

from datetime import datetime

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.selectors.branding import branding_of
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.errors import CertificateNotYet
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.certificate_sheet import Certificate, Language, sheet_pdf

CERTIFIED = frozenset({TandemState.CLOSING, TandemState.CLOSED})


def certificate_of(*, tandem: Tandem, user: User, now: datetime, language: Language) -> Certificate:
    """What the certificate of `user`, a member, says; the programme's name in `language`.

    As long as the tandem is still closing it ends today. Raises CertificateNotYet before that and
    after an early end. One query on `tandems_visible_to`.
    """
    if tandem.state not in CERTIFIED or tandem.activated_at is None:
        raise CertificateNotYet
    me = next(member for member in tandem.members.all() if member.user_id == user.pk)
    programme = tandem.cohort.programme
    branding = branding_of(programme)
    return Certificate(
        name=user.name,
        programme=programme.name.localize(language),
        organisation=programme.organisation.name,
        is_mentor=me.role == Role.MENTOR,
        since=tandem.activated_at.astimezone(user.zone).date(),
        until=(tandem.ended_at or now).astimezone(user.zone).date(),
        made_on=now.astimezone(user.zone).date(),
        accent=branding.accent,
        logo=bytes(branding.logo or b""),
    )


def certificate_pdf(*, tandem: Tandem, user: User, now: datetime, language: Language) -> bytes:
    """The certificate of `user` as a PDF of one page, with its fonts inside. About 0.2 s.

    Raises CertificateNotYet.
    """
    said = certificate_of(tandem=tandem, user=user, now=now, language=language)
    return sheet_pdf(said, language=language, now=now)
