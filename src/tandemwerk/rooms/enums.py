from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GoalState(TextChoices):
    OPEN = "open", pgettext_lazy("goal", "Under way")
    REACHED = "reached", pgettext_lazy("goal", "Reached")
    SET_ASIDE = "set_aside", pgettext_lazy("goal", "Set aside")


class GoalLevel(IntegerChoices):
    """Goal Attainment Scaling: five described levels, 0 is what one hopes for."""

    MUCH_LESS = -2, _("Much less than hoped for")
    LESS = -1, _("Less than hoped for")
    EXPECTED = 0, _("As hoped for")
    MORE = 1, _("More than hoped for")
    MUCH_MORE = 2, _("Much more than hoped for")


class ReviewOccasion(TextChoices):
    MIDPOINT = "midpoint", pgettext_lazy("review", "At the midpoint")
    BETWEEN = "between", pgettext_lazy("review", "In between")


class NoteKind(TextChoices):
    SHARED = "shared", pgettext_lazy("note", "For all of us")
    PRIVATE = "private", pgettext_lazy("note", "Only for me")
    TALK = "talk", pgettext_lazy("note", "Talk")
