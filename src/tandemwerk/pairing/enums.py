from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RunState(TextChoices):
    QUEUED = "queued", pgettext_lazy("run", "Waiting")
    RUNNING = "running", pgettext_lazy("run", "Being calculated")
    READY = "ready", pgettext_lazy("run", "Ready to look at")
    FAILED = "failed", pgettext_lazy("run", "Failed")
    PUBLISHED = "published", pgettext_lazy("run", "Published")
    DISCARDED = "discarded", pgettext_lazy("run", "Discarded")


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
