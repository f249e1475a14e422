"""A report and what becomes of it, each under a key of its own."""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from tandemwerk.core.crypto import key_unwrap, key_wrap
from tandemwerk.programmes.models import Organisation
from tandemwerk.safeguarding.enums import CaseState, Outcome


class Case(models.Model):
    """A report on its way. What was reported stands sealed in its items and notes.

    `reference` is chosen by whoever sends the report, so that a repetition makes no second one.
    `kept_from`: everybody who was in a tandem with the reporter. They never read this case, also
    if they are named as safeguarding people. Who does is in `CaseReader`.
    """

    reference = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="safeguarding_cases"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kept_from = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.NEW)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # first view by a safeguarding person
    closed_at = models.DateTimeField(null=True)
    delete_on = models.DateField(null=True)  # on this day the key goes, and all the rest

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="case_of_organisation"),
            models.Index(fields=["delete_on"], name="case_delete_on"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=CaseState.CLOSED, closed_at__isnull=False, delete_on__isnull=False
                )
                | (
                    ~Q(state=CaseState.CLOSED)
                    & Q(closed_at__isnull=True, delete_on__isnull=True, outcome="")
                ),
                name="case_closed_iff_dated",
            )
        ]


class CaseReader(models.Model):
    """Somebody this case is for: shown to the reporter before it was sent, or let in by an act.

    `added_by`: the reader who handed the case over; empty if the reporter did, or from the first
    moment. The row goes with the role, so a new role opens no old case.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="case_reader_once"),
        ]


class CaseKey(models.Model):
    """One version of a case's key, sealed under a master key that is not in the database.

    Deleting it shreds the case.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_keys")
    version = models.PositiveSmallIntegerField(default=1)  # 1 to 255, first byte of sealed values
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="case_key_version_once"),
            models.CheckConstraint(
                condition=Q(version__gte=1, version__lte=255), name="case_key_version_fits"
            ),
        ]

    @property
    def key(self) -> bytes:
        """The key itself, for this moment only. Raises SealBroken if the master key is missing."""
        return key_unwrap(self.wrapped, place=self.place)

    @key.setter
    def key(self, key: bytes) -> None:
        self.wrapped = key_wrap(key, place=self.place)

    @property
    def place(self) -> str:
        """What the wrapped key is bound to."""
        return f"safeguarding_casekey.wrapped:{self.case_id}:{self.version}"


class CaseContent(models.Model):
    """A row that only the safeguarding people of the case read; the words are in `body`."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    body = models.BinaryField()
    created_at = models.DateTimeField()

    SEALED: tuple[str, ...] = ("body",)

    class Meta:
        abstract = True

    def place(self, field: str = "body") -> str:
        """What a sealed value of this row is bound to: table, field, case and row."""
        return case_place(type(self), field, self.case_id, self.pk)


def case_place(model: type[models.Model], field: str, case_pk: int, row_pk: UUID) -> str:
    """Table, field, case and row as one text; the key's version is added by the sealing."""
    return f"{model._meta.db_table}.{field}:{case_pk}:{row_pk}"


class CaseItem(CaseContent):
    """One part of what was reported. `number` 0 is the reporter's own words.

    Body: ``kind`` (a code), ``title``, ``lines`` (each ``field``, a code, with ``text``, ``by`` and
    ``on``), ``by`` (empty: their account is gone), ``on`` and, with a file, ``file_name`` and
    ``media_type``. Readers get the names of codes in their own language.
    """

    number = models.PositiveSmallIntegerField()
    data = models.BinaryField(null=True)

    SEALED = ("body", "data")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_item_number_once")
        ]


class CaseNote(CaseContent):
    """A note of the safeguarding people. Body: ``text``."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "pk"]


class CaseView(models.Model):
    """Somebody opened the case; nobody can take the entry out, and the audit chain has it too."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="views")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
