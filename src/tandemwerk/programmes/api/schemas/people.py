"""People of a cohort, and ways in."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from ninja import Field, Schema
from pydantic import AfterValidator

from tandemwerk.core.shapes import Body, Paging, Words
from tandemwerk.programmes.api.schemas.setup import CohortOut
from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.models import Cohort, Invitation, Participation, Programme
from tandemwerk.programmes.rules import InvitationPage, shown_name
from tandemwerk.programmes.selectors.cohorts import open_cohorts
from tandemwerk.programmes.selectors.profile import profile_facts


def _mail_address(value: str) -> str:
    try:
        validate_email(value.strip())
    except ValidationError as error:
        raise ValueError(error.messages[0]) from error
    return value.strip()


MailAddress = Annotated[str, Field(max_length=254), AfterValidator(_mail_address)]


class ParticipationOut(Schema):
    id: int
    cohort_id: int
    role: Role
    state: ParticipationState
    name: str = Field(description="The mail address while the profile is still private.")
    email: str = Field(alias="user.email")
    seats: int
    seats_taken: int
    proposals_open: int
    invited_at: datetime | None
    joined_at: datetime | None

    @staticmethod
    def resolve_name(row: Participation) -> str:
        return shown_name(row)


class FactOut(Schema):
    label: Words
    value: str


class ProfileFactsOut(Schema):
    topics: list[str]
    facts: list[FactOut]
    about: str


class ParticipationDetailOut(ParticipationOut):
    profile: ProfileFactsOut | None = Field(description="null while it is still private.")

    @staticmethod
    def resolve_profile(row: Participation) -> Any:
        return profile_facts(row)


class ParticipationIn(Body):
    role: Role
    email: MailAddress
    given_name: str = Field(min_length=1, max_length=80)
    family_name: str = Field(min_length=1, max_length=80)
    title: str = Field("", max_length=30)
    locale: Literal["de", "en"] = "de"
    seats: int | None = Field(
        None, ge=1, le=20, description="Of a mentor; otherwise as the programme says."
    )


class SeatsIn(Body):
    seats: int = Field(ge=1, le=20)


class MineOut(Schema):
    id: int
    cohort_id: int
    programme: str
    role: Role
    state: ParticipationState
    seats: int
    seats_taken: int

    @staticmethod
    def resolve_programme(row: Participation) -> str:
        return str(row.cohort.programme.name)


class PeopleWanted(Paging):
    role: Role | None = None
    state: ParticipationState | None = None
    q: str = Field("", max_length=100, description="Words of a name or mail address.")
    sort: str = Field(
        "name",
        max_length=20,
        description="name, email, role, state, seats, since; a minus in front turns it round.",
    )


class RoleWanted(Schema):
    role: Role


class InvitationOut(Schema):
    state: InvitationPage = Field(description="What can be done with it now.")
    programme: str
    promise: str
    organisation: str = Field(alias="participation.cohort.programme.organisation.name")
    cohort: CohortOut = Field(alias="participation.cohort")
    role: Role = Field(alias="participation.role")
    expires_at: datetime

    @staticmethod
    def resolve_programme(row: Invitation) -> str:
        return str(row.participation.cohort.programme.name)

    @staticmethod
    def resolve_promise(row: Invitation) -> str:
        return str(row.participation.cohort.programme.promise)


class AcceptIn(Body):
    password: str = Field(
        "", max_length=200, description="To choose by somebody who has no account yet."
    )


class OpenProgrammeOut(Schema):
    id: int
    name: str
    promise: str
    description: str
    organisation: str = Field(alias="organisation.name")

    @staticmethod
    def resolve_name(row: Programme) -> str:
        return str(row.name)

    @staticmethod
    def resolve_promise(row: Programme) -> str:
        return str(row.promise)

    @staticmethod
    def resolve_description(row: Programme) -> str:
        return str(row.description)


class OpenProgrammeDetailOut(OpenProgrammeOut):
    cohorts: list[CohortOut] = Field(description="Those that take registrations today.")

    @staticmethod
    def resolve_cohorts(row: Programme) -> list[Cohort]:
        return list(open_cohorts(row, timezone.now()))


class JoinIn(Body):
    cohort_id: int = Field(ge=1, le=2**63 - 1)
    role: Role
    seats: int | None = Field(
        None, ge=1, le=20, description="Of a mentor; otherwise as the programme says."
    )
