"""The members look back at their tandem, each for themself, then together."""

from django.db import models

from tandemwerk.rooms.enums import ReviewOccasion
from tandemwerk.rooms.models.content import RoomContent


class Review(RoomContent):
    """One look back. Body: ``questions``, as they were when it began."""

    occasion = models.CharField(max_length=10, choices=ReviewOccasion)

    class Meta:
        ordering = ["created_at", "pk"]


class ReviewAnswer(RoomContent):
    """What one member says to the questions. Body: ``answers``, one text for each question.

    `answered_at`: the writer calls it finished; `released_at`: from
    then on the others may read it, because the writer showed it or all had finished.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="answers")
    answered_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "author"], name="review_answered_once_each"),
        ]
