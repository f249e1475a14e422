"""Goals with described levels, and what somebody means to do."""

from django.db import models
from django.db.models import Q

from tandemwerk.rooms.enums import GoalState
from tandemwerk.rooms.models.content import RoomContent
from tandemwerk.tandems.models import TandemMember

LOWEST, HIGHEST = -2, 2


class Goal(RoomContent):
    """A shared goal, measured by Goal Attainment Scaling (Kiresuk & Sherman 1968).

    Body: ``title``, ``why`` and ``levels`` (text for "-2" … "2": much less than hoped for, less,
    as hoped for, more, much more). `level` is where the two stand, empty until they say so.
    """

    level = models.SmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["tandem", "state"], name="goal_of_tandem")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=LOWEST, level__lte=HIGHEST),
                name="goal_level_fits",
            )
        ]


class GoalStep(RoomContent):
    """One moment at which the two said where they stand. Body: ``note``."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    level = models.SmallIntegerField()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=LOWEST, level__lte=HIGHEST), name="goal_step_level_fits"
            )
        ]


class ActionItem(RoomContent):
    """Something to do. Body: ``text``. Without `owner` it is for all of them."""

    owner = models.ForeignKey(TandemMember, on_delete=models.SET_NULL, null=True, related_name="+")
    goal = models.ForeignKey(
        Goal, on_delete=models.SET_NULL, null=True, related_name="action_items"
    )
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["tandem", "done_at"], name="action_item_of_tandem")]
