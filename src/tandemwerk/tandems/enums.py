from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TandemState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("tandem", "Proposed")
    CHEMISTRY = "chemistry", pgettext_lazy("tandem", "Getting to know each other")
    ACTIVE = "active", pgettext_lazy("tandem", "Active")
    CLOSING = "closing", pgettext_lazy("tandem", "Closing")
    CLOSED = "closed", pgettext_lazy("tandem", "Closed")
    DECLINED = "declined", pgettext_lazy("tandem", "Not come about")
    DISSOLVED = "dissolved", pgettext_lazy("tandem", "Ended early")


class Answer(TextChoices):
    PENDING = "pending", pgettext_lazy("answer", "Not answered yet")
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class DeclineCode(TextChoices):
    """Why somebody says no; for themself, and for the coordinator only if they share it."""

    NO_TIME = "no_time", _("I have no time at the moment")
    TOPIC = "topic", _("The topic is not mine")
    TOO_CLOSE = "too_close", _("We know each other too well or work too closely")
    OTHER_PERSON = "other_person", _("I would like to meet somebody else")
    CHEMISTRY = "chemistry", _("The chemistry was not right")
    OTHER = "other", _("Another reason")
    NONE = "none", _("I would rather not say")


class EndCode(TextChoices):
    """Why a proposal or tandem ended, without blame and without who."""

    DECLINED = "declined", pgettext_lazy("end", "One of the two said no")
    EXPIRED = "expired", pgettext_lazy("end", "There was no answer in time")
    NO_CHEMISTRY = "no_chemistry", pgettext_lazy("end", "The chemistry was not right")
    NO_SEAT = "no_seat", pgettext_lazy("end", "The place was taken meanwhile")
    COMPLETED = "completed", pgettext_lazy("end", "Completed")
    EARLY = "early", pgettext_lazy("end", "Ended early")
    WITHDRAWN = "withdrawn", pgettext_lazy("end", "One of the two left the programme")
