"""Lists of people on their way into a cohort."""

from django.conf import settings
from django.db import models

from tandemwerk.programmes.enums import ImportState, Role, RowOutcome
from tandemwerk.programmes.models.programme import Cohort


class ImportBatch(models.Model):
    """One uploaded list. Rows are deleted with the batch 30 days after it ended."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="imports")
    role = models.CharField(max_length=10, choices=Role)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    file_name = models.CharField(max_length=200)
    delimiter = models.CharField(max_length=4, blank=True)  # empty for XLSX
    encoding = models.CharField(max_length=20, blank=True)
    header = models.JSONField(default=list)  # column titles as in the file
    mapping = models.JSONField(default=dict)  # column index (str) → field
    locale = models.CharField(max_length=10, default="de")  # of people without an account so far
    send_invitations = models.BooleanField(default=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=60, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]


class ImportRow(models.Model):
    """One row of the list with what was found in it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the spreadsheet counts: header = 1
    cells = models.JSONField()  # texts as in the file
    values = models.JSONField(default=dict)  # field → parsed value
    errors = models.JSONField(default=list)  # [{"field", "code", "params"}]; row is left out
    warnings = models.JSONField(default=list)  # the same form; row is taken over
    outcome = models.CharField(max_length=10, choices=RowOutcome, blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["batch", "outcome"], name="import_row_outcome")]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
