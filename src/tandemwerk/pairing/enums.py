from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(TextChoices):
    QUEUED = "queued", pgettext_lazy("run", "Waiting")
    RUNNING = "running", pgettext_lazy("run", "Being calculated")
    READY = "ready", pgettext_lazy("run", "Ready to look at")
    FAILED = "failed", pgettext_lazy("run", "Failed")
    PUBLISHED = "published", pgettext_lazy("run", "Published")
    DISCARDED = "discarded", pgettext_lazy("run", "Discarded")
    CANCELLED = "cancelled", pgettext_lazy("run", "Stopped")


class Objective(TextChoices):
    """What a run looks for; the values are those of `matching.OBJECTIVES`."""

    TOTAL = "total", pgettext_lazy("objective", "Best whole")
    STABLE = "stable", pgettext_lazy("objective", "Stable")
    FAIR = "fair", pgettext_lazy("objective", "Fair")
    BALANCED = "balanced", pgettext_lazy("objective", "Balanced")


class RunStage(TextChoices):
    """What a run is doing, in this order."""

    READING = "reading", _("Reading the profiles")
    SCORING = "scoring", _("Comparing everybody with everybody")
    ASSIGNING = "assigning", _("Looking for the best assignment")
    EXPLAINING = "explaining", _("Putting the reasons into words")


class RuleKind(TextChoices):
    LOCKED = "locked", pgettext_lazy("pair rule", "Locked")
    FORBIDDEN = "forbidden", pgettext_lazy("pair rule", "Not together")


class RuleSource(TextChoices):
    COORDINATOR = "coordinator"
    HISTORY = "history"  # they were proposed to each other before


class MoveKind(TextChoices):
    ASSIGN = "assign"
    SWAP = "swap"
    UNASSIGN = "unassign"
    LOCK = "lock"
    UNLOCK = "unlock"
    FORBID = "forbid"
    ALLOW = "allow"
