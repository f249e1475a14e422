"""What the members promise each other, version by version, with everybody's signature."""

from django.db import models

from tandemwerk.rooms.models.content import RoomContent


class Agreement(RoomContent):
    """One version. Body: ``text`` (Markdown with blanks) and ``filled`` (words by blank).

    It is in force from the moment everybody has signed it until a later version is. A version that
    was replaced before that never was.
    """

    number = models.PositiveSmallIntegerField()
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["tandem", "number"], name="agreement_number_once"),
        ]


class AgreementSignature(RoomContent):
    """A member's yes to one version. Body: ``name`` as it was then."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "author"], name="agreement_signed_once_each"
            ),
        ]
