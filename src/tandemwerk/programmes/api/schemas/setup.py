"""Templates, organisations, programmes, cohorts and who runs them."""

from datetime import date, datetime
from typing import Any

from i18nfield.strings import LazyI18nString
from ninja import Field, Schema

from tandemwerk.core.shapes import Body
from tandemwerk.matching import Criteria
from tandemwerk.programmes.enums import AddressForm, ProgrammeState
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.services.criteria_words import criteria_sentence
from tandemwerk.programmes.template_catalogue import ProgrammeTemplate

LANGUAGES = ("de", "en")
TEXTS = ("name", "promise", "description", "agreement_text", "invitation_text")


class NameIn(Body):
    de: str = Field(min_length=1, max_length=120)
    en: str = Field(min_length=1, max_length=120)


class PromiseIn(Body):
    de: str = Field(min_length=1, max_length=240)
    en: str = Field(min_length=1, max_length=240)


class DescriptionIn(Body):
    de: str = Field(max_length=4000)
    en: str = Field(max_length=4000)


class AgreementIn(Body):
    de: str = Field(min_length=1, max_length=10_000)
    en: str = Field(min_length=1, max_length=10_000)


class InvitationIn(Body):
    de: str = Field(min_length=1, max_length=6000)
    en: str = Field(min_length=1, max_length=6000)


class TextsOut(Schema):
    de: str
    en: str


class ProgrammeChoices(Body):
    """What is left out, or null, stays as it is."""

    name: NameIn | None = None
    promise: PromiseIn | None = None
    description: DescriptionIn | None = None
    criteria: dict[str, Any] | None = Field(None, description="Weights 0 to 10 and musts.")
    agreement_text: AgreementIn | None = None
    invitation_text: InvitationIn | None = Field(
        None, description="Blanks such as {{name}} and {{link}} are filled for each person."
    )
    address_form: AddressForm | None = None
    response_days: int | None = Field(None, ge=2, le=60)
    chemistry_days: int | None = Field(None, ge=2, le=90)
    default_seats: int | None = Field(None, ge=1, le=20)
    is_open: bool | None = Field(None, description="Anybody with an account may join.")

    def changes(self) -> dict[str, Any]:
        """What was sent, texts as the models hold them."""
        sent = self.model_dump(include=set(ProgrammeChoices.model_fields), exclude_none=True)
        return {n: LazyI18nString(v) if n in TEXTS else v for n, v in sent.items()}


class ProgrammePatch(ProgrammeChoices):
    """What is left out, or null, stays as it is."""

    room_days: int | None = Field(
        None, ge=14, le=730, description="Days a room stays readable after its tandem's end."
    )
    learns_from_chemistry: bool | None = Field(
        None,
        description="Estimate from first meetings how likely two people want to go on; changes no "
        "pair. Off in a new programme.",
    )

    def changes(self) -> dict[str, Any]:
        """What was sent, texts as the models hold them."""
        own = self.model_dump(include={"room_days", "learns_from_chemistry"}, exclude_none=True)
        return {**super().changes(), **own}


class DatesPatch(Body):
    registration_ends_on: date | None = None
    matching_on: date | None = None
    midpoint_on: date | None = None
    ends_on: date | None = None

    def dates(self) -> dict[str, date]:
        """The dates that were sent."""
        return self.model_dump(include=set(DatesPatch.model_fields), exclude_none=True)


class ProgrammeIn(ProgrammeChoices, DatesPatch):
    """All that the wizard asks; what is left out comes from the template."""

    organisation_id: int = Field(ge=1, le=2**63 - 1)
    template: str = Field(max_length=80, description="Slug from /programme-templates.")
    name: NameIn
    cohort_name: str = Field(min_length=1, max_length=80)
    starts_on: date = Field(
        ge=date(1900, 1, 1),
        le=date(2200, 1, 1),
        description="Kick-off; the other dates follow from the template.",
    )


class TemplateOut(Schema):
    slug: str
    name: str
    promise: str
    description: str
    duration_weeks: int
    criteria: dict[str, Any]

    @staticmethod
    def resolve_name(found: ProgrammeTemplate) -> str:
        return in_language(found.name)

    @staticmethod
    def resolve_promise(found: ProgrammeTemplate) -> str:
        return in_language(found.promise)

    @staticmethod
    def resolve_description(found: ProgrammeTemplate) -> str:
        return in_language(found.description)

    @staticmethod
    def resolve_criteria(found: ProgrammeTemplate) -> dict[str, Any]:
        return dict(found.criteria.to_dict())


class WeeksOut(Schema):
    """Weeks from the kick-off, negative before it."""

    registration_end: int
    matching: int
    kick_off: int
    midpoint: int
    closing: int


class TemplateDetailOut(TemplateOut):
    criteria_sentence: str = Field(description="The criteria in words.")
    address_form: AddressForm
    seats_per_mentor: int
    response_days: int
    chemistry_days: int
    dates: WeeksOut
    journey: dict[str, Any]
    agreement: TextsOut
    invitation: TextsOut = Field(description="In the template's own form of address.")

    @staticmethod
    def resolve_criteria_sentence(found: ProgrammeTemplate) -> str:
        return str(criteria_sentence(found.criteria))

    @staticmethod
    def resolve_journey(found: ProgrammeTemplate) -> dict[str, Any]:
        return found.journey()

    @staticmethod
    def resolve_agreement(found: ProgrammeTemplate) -> dict[str, str]:
        return dict(found.agreement)

    @staticmethod
    def resolve_invitation(found: ProgrammeTemplate) -> dict[str, str]:
        return dict(found.invitation.text[found.address_form])


def in_language(texts: Any) -> str:
    """A text by language, in the caller's."""
    return str(LazyI18nString(dict(texts)))


class OrganisationIn(Body):
    name: str = Field(min_length=1, max_length=120)


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
    room_days: int
    is_open: bool
    learns_from_chemistry: bool

    @staticmethod
    def resolve_name(row: Programme) -> str:
        return str(row.name)

    @staticmethod
    def resolve_promise(row: Programme) -> str:
        return str(row.promise)

    @staticmethod
    def resolve_description(row: Programme) -> str:
        return str(row.description)


class ProgrammeDetailOut(ProgrammeOut):
    criteria_sentence: str = Field(description="The criteria in words.")
    texts: dict[str, TextsOut] = Field(description="All texts in both languages, as to be sent.")
    journey: dict[str, Any]

    @staticmethod
    def resolve_criteria_sentence(row: Programme) -> str:
        return str(criteria_sentence(Criteria.from_dict(row.criteria)))

    @staticmethod
    def resolve_texts(row: Programme) -> dict[str, dict[str, str]]:
        return {name: both_languages(getattr(row, name)) for name in TEXTS}


def both_languages(text: LazyI18nString) -> dict[str, str]:
    """As written; a text that has one language only stands for both."""
    if not isinstance(text.data, dict):
        return dict.fromkeys(LANGUAGES, str(text))
    return {code: text.data.get(code) or "" for code in LANGUAGES}


class CohortOut(Schema):
    id: int
    programme_id: int
    name: str
    registration_ends_on: date
    matching_on: date
    starts_on: date
    midpoint_on: date
    ends_on: date


class CohortIn(Body):
    name: str = Field(min_length=1, max_length=80)
    registration_ends_on: date
    matching_on: date
    starts_on: date
    midpoint_on: date
    ends_on: date


class CohortPatch(DatesPatch):
    """What is left out, or null, stays as it is."""

    name: str | None = Field(None, min_length=1, max_length=80)
    starts_on: date | None = None

    def dates(self) -> dict[str, date]:
        return self.model_dump(exclude={"name"}, exclude_none=True)


class FiguresOut(Schema):
    """How many people in which state; places of mentors who take part."""

    mentees: int
    mentors: int
    mentees_joined: int
    mentors_joined: int
    invited: int
    uninvited: int = Field(description="Invited, but without a letter yet.")
    expired: int = Field(description="The letter's link is too old.")
    paused: int
    seats: int
    seats_taken: int
    seats_missing: int


class CoordinatorIn(Body):
    email: str = Field(max_length=254, description="Known here or not; the answer is the same.")


class CoordinatorInvitationOut(Schema):
    id: int
    email: str
    expires_at: datetime


class CoordinatorOut(Schema):
    id: int
    name: str = Field(alias="user.name")
    email: str = Field(alias="user.email")
