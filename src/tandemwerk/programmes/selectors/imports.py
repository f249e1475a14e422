"""Figures and rows of an import for its pages."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tandemwerk.programmes.enums import ImportState, RowOutcome
from tandemwerk.programmes.models import Cohort, ImportBatch, ImportRow, Participation

WORKING = (ImportState.CHECKING, ImportState.APPLYING)


def import_counts(batch: ImportBatch) -> dict[RowOutcome, int]:
    """Rows per outcome, zero included. One query."""
    found = dict(
        ImportRow.objects.filter(batch=batch)
        .exclude(outcome="")
        .order_by()
        .values_list("outcome")
        .annotate(Count("pk"))
    )
    return {outcome: found.get(outcome.value, 0) for outcome in RowOutcome}


def import_rows(batch: ImportBatch, outcome: str = "") -> QuerySet[ImportRow]:
    """Checked rows in the order of the file; `outcome` "warning" means rows with a warning."""
    rows = ImportRow.objects.filter(batch=batch)
    if outcome == "warning":
        return rows.exclude(warnings=[]).exclude(outcome=RowOutcome.ERROR)
    return rows.filter(outcome=outcome) if outcome in RowOutcome.values else rows


def import_samples(batch: ImportBatch, count: int = 30) -> list[list[str]]:
    """Cells of the first rows, for samples below each heading. One query."""
    return list(ImportRow.objects.filter(batch=batch).values_list("cells", flat=True)[:count])


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """A checked list in numbers; `counts` per outcome, `warnings` rows that have a hint."""

    counts: dict[RowOutcome, int]
    warnings: int
    rows: int

    @property
    def wrong(self) -> int:
        return self.counts[RowOutcome.ERROR]

    @property
    def ready(self) -> int:
        return self.rows - self.wrong

    @property
    def shown(self) -> list[tuple[RowOutcome, int]]:
        """What is worth a figure on the page: new people and errors always, others if any."""
        always = {RowOutcome.NEW, RowOutcome.ERROR}
        return [(kind, n) for kind, n in self.counts.items() if n or kind in always]


def import_figures(batch: ImportBatch) -> ImportFigures:
    """The numbers above the rows of a list. Two queries."""
    warnings = import_rows(batch, "warning").count()
    return ImportFigures(import_counts(batch), warnings, batch.rows_total)


@dataclass(frozen=True, slots=True)
class Letters:
    """How many of an import's people have their letter; `waiting` counts those still to go."""

    sent: int
    waiting: int

    @property
    def all(self) -> int:
        return self.sent + self.waiting


def import_letters(batch: ImportBatch) -> Letters:
    """Progress of the invitations of an import. One query."""
    found = Participation.objects.filter(import_batch=batch).aggregate(
        sent=Count("pk", filter=Q(invitation__isnull=False)),
        waiting=Count("pk", filter=Q(state="invited", invitation__isnull=True)),
    )
    return Letters(**found)


def imports_of(cohort: Cohort) -> QuerySet[ImportBatch]:
    """Lists uploaded for a cohort, newest first, uploader joined. One query."""
    return ImportBatch.objects.filter(cohort=cohort).select_related("created_by")
