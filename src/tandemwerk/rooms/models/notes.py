"""Notes: shared, private, and those of a talk; written by several people at the same time."""

from django.db import models
from django.db.models import Q

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.models.content import RoomContent
from tandemwerk.tandems.models import TandemMember


class Note(RoomContent):
    """A text that all members (or one, if it is private) write, and how it stands now.

    Body: ``title``, ``text`` and, for a talk, ``place``; it is what `snapshot` and the steps after
    it come to. `snapshot`: the whole document (Yjs) up to step `snapshot_seq`; `seq`: the last
    step. A talk without `held_at` is an agenda, with it the minutes.
    """

    kind = models.CharField(max_length=8, choices=NoteKind, default=NoteKind.SHARED)
    owner = models.ForeignKey(TandemMember, on_delete=models.CASCADE, null=True, related_name="+")
    snapshot = models.BinaryField()
    snapshot_seq = models.PositiveIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0)
    met_on = models.DateField(null=True)
    held_at = models.DateTimeField(null=True)

    SEALED = ("body", "snapshot")

    class Meta:
        ordering = ["-changed_at", "pk"]
        indexes = [models.Index(fields=["tandem", "kind"], name="note_of_tandem")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=NoteKind.PRIVATE, owner__isnull=False)
                | (~Q(kind=NoteKind.PRIVATE) & Q(owner__isnull=True)),
                name="note_private_iff_owner",
            ),
            models.CheckConstraint(
                condition=Q(kind=NoteKind.TALK) | Q(met_on__isnull=True, held_at__isnull=True),
                name="note_dates_of_talks_only",
            ),
            models.CheckConstraint(
                condition=Q(snapshot_seq__lte=models.F("seq")), name="note_snapshot_not_ahead"
            ),
            models.UniqueConstraint(
                fields=["tandem"],
                condition=Q(kind=NoteKind.TALK, held_at__isnull=True, removed_at__isnull=True),
                name="note_one_agenda",
            ),
        ]


class NoteUpdate(RoomContent):
    """One step of writing, as the writer's browser made it. Body: the sealed step itself.

    `seq` counts the steps of a note without gaps; readers ask for what came "after".
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="updates")
    seq = models.PositiveIntegerField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["note", "seq"], name="note_update_seq_once")]


class NoteVersion(RoomContent):
    """How somebody left a note, from `created_at` to `changed_at`. Body: ``title``, ``text``."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")

    class Meta:
        ordering = ["-changed_at", "pk"]
        indexes = [models.Index(fields=["note", "changed_at"], name="version_of_note")]
