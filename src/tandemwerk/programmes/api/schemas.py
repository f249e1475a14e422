"""Shapes that the API of programmes takes and gives."""

from datetime import date, datetime
from typing import Any

from i18nfield.strings import LazyI18nString
from ninja import Field, Schema

from tandemwerk.programmes.enums import (
    AddressForm,
    ImportState,
    ParticipationState,
    ProgrammeState,
    Role,
    RowOutcome,
)
from tandemwerk.programmes.models import ImportBatch, ImportRow, Programme
from tandemwerk.programmes.selectors.imports import import_counts
from tandemwerk.programmes.services.import_problems import problem_line
from tandemwerk.programmes.services.programmes import CohortDates


class TextsIn(Schema):
    de: str = Field(min_length=1, max_length=20_000)
    en: str = Field(min_length=1, max_length=20_000)

    def lazy(self) -> LazyI18nString:
        return LazyI18nString({"de": self.de, "en": self.en})


class DatesIn(Schema):
    registration_ends_on: date
    matching_on: date
    starts_on: date
    midpoint_on: date
    ends_on: date

    def dates(self) -> CohortDates:
        return CohortDates(**self.model_dump())


class ProgrammeIn(Schema):
    organisation_id: int = Field(ge=1, le=2**63 - 1)
    template: str = Field(max_length=80, description="Slug from /programme-templates.")
    name: TextsIn
    cohort_name: str = Field(min_length=1, max_length=80)
    starts_on: date = Field(description="Kick-off; the other dates follow from the template.")
    criteria: dict[str, Any] | None = Field(None, description="Otherwise the template's.")
    address_form: AddressForm | None = None


class ProgrammePatch(Schema):
    name: TextsIn | None = None
    promise: TextsIn | None = None
    description: TextsIn | None = None
    criteria: dict[str, Any] | None = None
    agreement_text: TextsIn | None = None
    invitation_text: TextsIn | None = None
    address_form: AddressForm | None = None
    response_days: int | None = Field(None, ge=2, le=60)
    chemistry_days: int | None = Field(None, ge=2, le=90)
    default_seats: int | None = Field(None, ge=1, le=20)
    is_open: bool | None = None


class TemplateOut(Schema):
    slug: str
    name: str
    promise: str
    description: str
    duration_weeks: int
    criteria: dict[str, Any]


class OrganisationOut(Schema):
    id: int
    name: str


class ProgrammeOut(Schema):
    id: int
    organisation_id: int
    template: str
    name: str
    promise: str
    description: str
    state: ProgrammeState
    address_form: AddressForm
    criteria: dict[str, Any]
    response_days: int
    chemistry_days: int
    default_seats: int
    is_open: bool

    @staticmethod
    def resolve_name(row: Programme) -> str:
        return str(row.name)

    @staticmethod
    def resolve_promise(row: Programme) -> str:
        return str(row.promise)

    @staticmethod
    def resolve_description(row: Programme) -> str:
        return str(row.description)


class CohortOut(Schema):
    id: int
    programme_id: int
    name: str
    registration_ends_on: date
    matching_on: date
    starts_on: date
    midpoint_on: date
    ends_on: date


class CohortIn(DatesIn):
    name: str = Field(min_length=1, max_length=80)


class CohortPatch(Schema):
    """What is left out, or null, stays as it is."""

    name: str | None = Field(None, min_length=1, max_length=80)
    registration_ends_on: date | None = None
    matching_on: date | None = None
    starts_on: date | None = None
    midpoint_on: date | None = None
    ends_on: date | None = None


class CoordinatorIn(Schema):
    email: str = Field(max_length=254, description="Of somebody who has an account.")


class CoordinatorOut(Schema):
    id: int
    name: str = Field(alias="user.name")
    email: str = Field(alias="user.email")


class ParticipationOut(Schema):
    id: int
    cohort_id: int
    role: Role
    state: ParticipationState
    name: str = Field(alias="user.name")
    email: str = Field(alias="user.email")
    seats: int
    seats_taken: int
    proposals_open: int
    joined_at: datetime | None


class ParticipationsOut(Schema):
    total: int
    items: list[ParticipationOut]


class ParticipationIn(Schema):
    role: Role
    email: str = Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    given_name: str = Field(max_length=80)
    family_name: str = Field(max_length=80)
    title: str = Field("", max_length=30)
    locale: str = Field("de", pattern="^(de|en)$")
    seats: int = Field(1, ge=1, le=20)


class SeatsIn(Schema):
    seats: int = Field(ge=0, le=20)


class MineOut(Schema):
    id: int
    cohort_id: int
    programme: str
    role: Role
    state: ParticipationState
    seats: int
    seats_taken: int


class Wanted(Schema):
    role: Role | None = None
    state: ParticipationState | None = None
    q: str = Field("", max_length=100)
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=10_000_000)


class ImportForm(Schema):
    role: Role
    locale: str = Field("de", pattern="^(de|en)$")
    send_invitations: bool = True


class ImportOut(Schema):
    id: int
    cohort_id: int
    role: Role
    state: ImportState
    file_name: str
    delimiter: str
    encoding: str
    header: list[str]
    mapping: dict[str, str]
    rows_total: int
    rows_done: int
    counts: dict[str, int]
    error_code: str

    @staticmethod
    def resolve_counts(row: ImportBatch) -> dict[str, int]:
        return {str(outcome): count for outcome, count in import_counts(row).items()}


class ImportRowOut(Schema):
    number: int
    outcome: str
    cells: list[str]
    problems: list[str]

    @staticmethod
    def resolve_problems(row: ImportRow) -> list[str]:
        return [problem_line(problem) for problem in row.errors]


class MappingIn(Schema):
    mapping: dict[int, str] = Field(description="Column number from 0 → field.")


class TakeOverIn(Schema):
    leave_errors: bool = Field(False, description="Take over the rows without errors only.")


class RowsWanted(Schema):
    outcome: RowOutcome | None = None
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=10_000_000)
