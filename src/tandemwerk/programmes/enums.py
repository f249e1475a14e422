from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")


class AddressForm(TextChoices):
    DU = "du", "Du"
    SIE = "sie", "Sie"


class ProgrammeState(TextChoices):
    DRAFT = "draft", pgettext_lazy("programme", "In preparation")
    RUNNING = "running", pgettext_lazy("programme", "Running")
    ARCHIVED = "archived", pgettext_lazy("programme", "Archived")


class ParticipationState(TextChoices):
    INVITED = "invited", pgettext_lazy("participation", "Invited")
    JOINED = "joined", pgettext_lazy("participation", "Taking part")
    PAUSED = "paused", pgettext_lazy("participation", "Paused")
    WITHDRAWN = "withdrawn", pgettext_lazy("participation", "Withdrawn")


class ImportState(TextChoices):
    UPLOADED = "uploaded", pgettext_lazy("import", "Columns to be checked")
    CHECKING = "checking", pgettext_lazy("import", "Rows are being checked")
    CHECKED = "checked", pgettext_lazy("import", "Ready to be taken over")
    APPLYING = "applying", pgettext_lazy("import", "Being taken over")
    DONE = "done", pgettext_lazy("import", "Taken over")
    FAILED = "failed", pgettext_lazy("import", "Failed, nothing was changed")


class MaterialKind(TextChoices):
    LINK = "link", pgettext_lazy("material", "Link")
    PAGE = "page", pgettext_lazy("material", "Page")
    FILE = "file", pgettext_lazy("material", "File")


class ForWhom(TextChoices):
    BOTH = "both", pgettext_lazy("material", "For both")
    MENTEE = "mentee", pgettext_lazy("material", "For mentees")
    MENTOR = "mentor", pgettext_lazy("material", "For mentors")


class RowOutcome(TextChoices):
    NEW = "new", pgettext_lazy("import row", "New person")
    KNOWN = "known", pgettext_lazy("import row", "Known person, new in this cohort")
    UPDATE = "update", pgettext_lazy("import row", "Already in this cohort, will be updated")
    UNCHANGED = "unchanged", pgettext_lazy("import row", "Already in this cohort, no change")
    ERROR = "error", pgettext_lazy("import row", "Has errors, will be left out")

    @property
    def heading(self) -> str | Promise:
        """The label above a number of such rows."""
        return _HEADINGS[self]


_HEADINGS = {
    RowOutcome.NEW: pgettext_lazy("import rows", "New people"),
    RowOutcome.KNOWN: pgettext_lazy("import rows", "Known people, new in this cohort"),
    RowOutcome.UPDATE: pgettext_lazy("import rows", "Already in this cohort, will be updated"),
    RowOutcome.UNCHANGED: pgettext_lazy("import rows", "Already in this cohort, no change"),
    RowOutcome.ERROR: pgettext_lazy("import rows", "With errors, will be left out"),
}
