from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseState(TextChoices):
    NEW = "new", pgettext_lazy("report", "New")
    IN_WORK = "in_work", pgettext_lazy("report", "In work")
    CLOSED = "closed", pgettext_lazy("report", "Closed")


class Outcome(TextChoices):
    """How a case ended, as a code that tells nothing about what was in it."""

    ADVISED = "advised", _("Listened and advised")
    AGREED = "agreed", _("Something was agreed")
    MEASURES = "measures", _("Measures were taken")
    PASSED_ON = "passed_on", _("Passed on to somebody responsible, with the person's consent")
    AUTHORITY = "authority", _("Passed on to an authority")
    UNFOUNDED = "unfounded", _("The concern did not prove true")
    WITHDRAWN = "withdrawn", _("Taken back by the person who reported")


class ItemKind(TextChoices):
    """Parts of a report that are no rows of a room."""

    WORDS = "words", _("In their own words")
