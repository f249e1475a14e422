"""Made-up people as rows: a programme whose cohort can be matched, in an empty database.

Needs `django.setup()` and a migrated database.
"""

import secrets
from collections.abc import Sequence
from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from i18nfield.strings import LazyI18nString

from bench.people import population
from tandemwerk.matching import Criteria, Mentee, Mentor
from tandemwerk.people.models import Profile, ProfileLanguage, ProfileTopic, User
from tandemwerk.programmes.models import (
    Cohort,
    Organisation,
    Participation,
    Programme,
    ProgrammeCoordinator,
)

GIVEN = ("Ayşe", "Ben", "Carla", "Dmytro", "Eva", "Farid", "Greta", "Hannes", "Ines", "Jonas")
FAMILY = ("Albrecht", "Bauer", "Çelik", "Dietz", "Engel", "Fischer", "Graf", "Hoffmann", "Ilić")
JOBS = ("Einkauf", "Entwicklung", "Personal", "Vertrieb", "Werkleitung")


def programme_made() -> tuple[Programme, str]:
    """A running programme, and the session key of somebody who coordinates it."""
    organisation = Organisation.objects.create(name="Messwerk")
    programme = Programme.objects.create(
        organisation=organisation,
        template="company-mentoring",
        name=LazyI18nString({"de": "Messlauf", "en": "Measuring"}),
        state="running",
        criteria=Criteria().to_dict(),
        journey={"phases": []},
        agreement_text=LazyI18nString({"de": "Vereinbarung", "en": "Agreement"}),
        invitation_text=LazyI18nString({"de": "Einladung", "en": "Invitation"}),
    )
    user = User.objects.create(email="coordinator@example.org", given_name="Kim")
    user.set_unusable_password()
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
    ProgrammeCoordinator.objects.create(programme=programme, user=user)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return programme, session.session_key or ""


def cohort_made(programme: Programme, mentees: int, mentors: int, *, seed: int = 1) -> Cohort:
    """A cohort with so many people, complete profiles and free places. Six bulk inserts a side."""
    cohort = Cohort.objects.create(
        programme=programme,
        name=f"{mentees} × {mentors}",
        registration_ends_on=date(2026, 9, 1),
        matching_on=date(2026, 9, 15),
        starts_on=date(2026, 10, 1),
        midpoint_on=date(2027, 1, 15),
        ends_on=date(2027, 6, 30),
    )
    left, right = population(mentees, mentors, seed=seed)
    _side(cohort, left, role="mentee", kind="wanted")
    _side(cohort, right, role="mentor", kind="offered")
    return cohort


def _side(cohort: Cohort, people: Sequence[Mentee | Mentor], *, role: str, kind: str) -> None:
    prefix = secrets.token_hex(4)
    users = User.objects.bulk_create(
        [
            User(
                email=f"{role}{number}.{prefix}@example.org",
                given_name=GIVEN[number % len(GIVEN)],
                family_name=f"{FAMILY[number // len(GIVEN) % len(FAMILY)]}-{number}",
                password="!",
            )
            for number in range(len(people))
        ],
        batch_size=500,
    )
    profiles = Profile.objects.bulk_create(
        [
            Profile(
                user=user,
                position=JOBS[user.pk % len(JOBS)],
                function=person.function,
                site=person.site,
                experience_years=person.experience_years,
                week=f"{person.week:x}",
                values_answers=dict(person.values),
                about=person.text,
            )
            for user, person in zip(users, people, strict=True)
        ],
        batch_size=500,
    )
    rows = list(zip(profiles, people, strict=True))
    ProfileTopic.objects.bulk_create(
        [
            ProfileTopic(profile=profile, topic=slug, kind=kind, rank=rank)
            for profile, person in rows
            for rank, slug in enumerate(person.topics)
        ],
        batch_size=500,
    )
    ProfileLanguage.objects.bulk_create(
        [
            ProfileLanguage(profile=profile, code=code)
            for profile, person in rows
            for code in sorted(person.languages)
        ],
        batch_size=500,
    )
    Participation.objects.bulk_create(
        [
            Participation(
                cohort=cohort,
                user=user,
                role=role,
                state="joined",
                seats=person.seats if isinstance(person, Mentor) else 1,
            )
            for user, person in zip(users, people, strict=True)
        ],
        batch_size=500,
    )
