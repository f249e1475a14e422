"""One small world for tests that look at rights: two organisations and everybody's role in them."""

from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any

from django.test import Client
from i18nfield.strings import LazyI18nString
from PIL import Image

from tandemwerk.core.access import Actor
from tandemwerk.people.enums import Scope
from tandemwerk.people.models import User
from tandemwerk.people.services.tokens import token_create
from tandemwerk.programmes.enums import MaterialKind
from tandemwerk.programmes.models import (
    Branding,
    CoordinatorInvitation,
    ImportBatch,
    Invitation,
    JourneyVersion,
)
from tandemwerk.programmes.services.materials import Words, material_add
from tandemwerk.safeguarding.models import SafeguardingPerson
from tandemwerk.tandems.models import Tandem
from tests.factories import pairing
from tests.factories.people import UserFactory
from tests.factories.programmes import (
    CohortFactory,
    CoordinatorFactory,
    OrganisationFactory,
    OwnerFactory,
    ProgrammeFactory,
)
from tests.factories.rooms import room_objects
from tests.factories.safeguarding import case_with_file, report, safeguarder
from tests.factories.signals import signal_objects
from tests.factories.tandems import TandemFactory

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
JOURNEY: dict[str, Any] = {
    "phases": [
        {
            "key": "work",
            "title": {"en": "Working"},
            "summary": {},
            "start_week": 0,
            "end_week": 9,
            "due": [],
        }
    ]
}


@dataclass
class World:
    """`people`: who plays which actor. `objects`: URL keyword → value for the own world."""

    people: dict[Actor, User | None]
    objects: dict[str, Any]
    tokens: dict[Actor, str] = field(default_factory=dict)
    tandem: Tandem | None = None
    logins: dict[Actor, SimpleCookie] = field(default_factory=dict)

    def cookies(self, actor: Actor) -> SimpleCookie:
        """Those of a browser in which this person is logged in: each call its own copy."""
        if actor not in self.logins:
            client = Client()
            client.force_login(self.people[actor])
            self.logins[actor] = client.cookies
        return copy(self.logins[actor])


def build_world(*, tandem_state: str = "proposed", with_tokens: bool = False) -> World:
    """A programme with a run, a tandem and its people, and strangers of every kind."""
    organisation = OrganisationFactory()
    owner = OwnerFactory(organisation=organisation).user
    programme = ProgrammeFactory(organisation=organisation, is_open=False, journey=JOURNEY)
    coordinator = CoordinatorFactory(programme=programme).user
    version = JourneyVersion.objects.create(
        programme=programme, number=1, content=JOURNEY, made_at=NOW
    )
    material = material_add(
        programme=programme,
        kind=MaterialKind.FILE,
        words=Words(title=LazyI18nString({"en": "Guide"})),
        file=("guide.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
        by=coordinator,
        now=NOW,
    )
    cohort = CohortFactory(programme=programme)
    mentee = pairing.mentee(cohort)
    mentor = pairing.mentor(cohort, seats=2)
    peer = pairing.mentee(cohort)
    run = pairing.calculated(cohort, coordinator)
    line = run.suggestions.get(mentee=mentee)
    tandem = _tandem(cohort, mentee, mentor, tandem_state)
    batch = ImportBatch.objects.create(cohort=cohort, role="mentee", file_name="people.csv")
    asked = CoordinatorInvitation.objects.create(
        programme=programme,
        email="asked@example.org",
        digest="0" * 64,
        expires_at=NOW + timedelta(days=3650),
    )
    Invitation.objects.create(
        participation=peer, digest="0" * 64, sent_at=NOW, expires_at=NOW + timedelta(days=3650)
    )
    foreign = CoordinatorFactory().user
    operator = UserFactory(is_operator=True)
    people = {
        Actor.ANONYMOUS: None,
        Actor.STRANGER: UserFactory(),
        Actor.MENTEE: mentee.user,
        Actor.MENTOR: mentor.user,
        Actor.PEER: peer.user,
        Actor.COORDINATOR: coordinator,
        Actor.FOREIGN_COORDINATOR: foreign,
        Actor.OWNER: owner,
        Actor.OPERATOR: operator,
        Actor.SAFEGUARD: safeguarder(organisation, NOW),
    }
    safeguarder(organisation, NOW)  # nobody reads reports alone
    named = SafeguardingPerson.objects.filter(organisation=organisation)
    case = report(mentee.user, organisation, NOW)
    part = case_with_file(case)
    Branding.objects.create(programme=programme, accent="#0b5d63", logo=_logo())
    objects = {
        "organisation_pk": organisation.pk,
        "programme_pk": programme.pk,
        "cohort_pk": cohort.pk,
        "participation_pk": mentee.pk,
        "mentee_pk": mentee.pk,
        "mentor_pk": mentor.pk,
        "coordinator_invitation_pk": asked.pk,
        "coordinator_pk": programme.coordinators.get().pk,
        "run_pk": run.pk,
        "other_pk": run.pk,
        "suggestion_pk": line.pk,
        "tandem_pk": tandem.pk,
        "import_pk": batch.pk,
        "version_number": version.number,
        "material_pk": material.pk,
        "safeguarder_pk": named.get(user=people[Actor.SAFEGUARD]).pk,
        "case_pk": case.reference,
        "case_item_pk": part.pk,
        "report_pk": case.reference,
    }
    if tandem_state in {"active", "closing"}:
        objects |= room_objects(tandem, mentee.user, NOW)
        objects |= signal_objects(tandem, mentee.user, peer, coordinator, NOW)
    world = World(people=people, objects=objects, tandem=tandem)
    if with_tokens:
        for actor, user in people.items():
            if user is not None:
                world.tokens[actor] = token_create(
                    user=user, name="test", scopes=list(Scope), now=datetime.now(UTC)
                )[1]
    return world


def _logo() -> bytes:
    """The smallest picture that can be drawn on a certificate."""
    kept = BytesIO()
    Image.new("RGB", (2, 1)).save(kept, "PNG")
    return kept.getvalue()


def _tandem(cohort: Any, mentee: Any, mentor: Any, state: str) -> Tandem:
    times: dict[str, Any] = {}
    if state in {"active", "closing"}:
        times = {"activated_at": NOW}
    if state in {"closed", "declined", "dissolved"}:
        times = {"ended_at": NOW, "end_code": "completed"}
    if state == "chemistry":
        times = {"chemistry_since": NOW, "chemistry_by": NOW + timedelta(days=365 * 20)}
    return TandemFactory(
        cohort=cohort,
        state=state,
        answer_by=NOW + timedelta(days=365 * 20),
        members__mentee=mentee,
        members__mentor=mentor,
        **times,
    )
