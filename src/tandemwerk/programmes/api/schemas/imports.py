"""Lists on their way into a cohort."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from tandemwerk.core.shapes import Body, Paging, Words
from tandemwerk.programmes.enums import ImportState, Role, RowOutcome
from tandemwerk.programmes.models import ImportBatch, ImportRow
from tandemwerk.programmes.selectors.imports import import_counts, import_letters
from tandemwerk.programmes.services.import_problems import problem_line


class ImportForm(Schema):
    role: Role
    locale: Literal["de", "en"] = "de"
    send_invitations: bool = True


class ImportLineOut(Schema):
    id: int
    cohort_id: int
    role: Role
    state: ImportState
    file_name: str
    rows_total: int
    rows_done: int
    error_code: str
    created_at: datetime
    finished_at: datetime | None


class LettersOut(Schema):
    sent: int
    waiting: int


class ImportOut(ImportLineOut):
    delimiter: str
    encoding: str
    header: list[str]
    mapping: dict[str, str] = Field(description="Column number from 0 → field of /import-fields.")
    counts: dict[str, int] = Field(description="Rows by outcome.")
    letters: LettersOut = Field(description="Invitations to its people.")

    @staticmethod
    def resolve_counts(row: ImportBatch) -> dict[str, int]:
        return {str(outcome): count for outcome, count in import_counts(row).items()}

    @staticmethod
    def resolve_letters(row: ImportBatch) -> Any:
        return import_letters(row)


class ImportRowOut(Schema):
    number: int = Field(description="As the spreadsheet counts; the heading is 1.")
    outcome: str
    cells: list[str]
    problems: list[str] = Field(description="Why the row is left out.")
    warnings: list[str] = Field(description="What of the row is left out.")

    @staticmethod
    def resolve_problems(row: ImportRow) -> list[str]:
        return [problem_line(problem) for problem in row.errors]

    @staticmethod
    def resolve_warnings(row: ImportRow) -> list[str]:
        return [problem_line(problem) for problem in row.warnings]


class RowsWanted(Paging):
    outcome: RowOutcome | Literal["warning"] | None = Field(
        None, description="“warning”: rows that are taken over, but not all of them."
    )


class MappingIn(Body):
    mapping: dict[int, str] = Field(
        max_length=100, description="Column number from 0 → field of /import-fields."
    )


class TakeOverIn(Body):
    leave_errors: bool = Field(False, description="Take over the rows without errors only.")


class FieldOut(Schema):
    key: str
    label: Words
    is_needed: bool
    may_repeat: bool = Field(description="Several columns may say it.")
