"""Forms of an import: the file, and which column is what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.errors import (
    FileRefused,
    FileTooLarge,
    ImportColumnMissing,
    ImportColumnTwice,
)
from tandemwerk.programmes.models import Cohort, ImportBatch
from tandemwerk.programmes.services.import_columns import VALUES, columns_for
from tandemwerk.programmes.services.import_files import MAX_FILE_BYTES, MEGABYTE
from tandemwerk.programmes.services.imports import import_map, import_upload
from tandemwerk.ui.widgets import Upload

SAMPLES = 3


class UploadForm(forms.Form):
    """A list of people in one role."""

    file = forms.FileField(
        label=_("List"),
        widget=Upload(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        help_text=_("CSV or Excel (.xlsx), at most 10 MB and 10,000 people."),
        error_messages={
            "required": _("Please choose a file with the list."),
            "empty": _("The file is empty. Please choose a list with people in it."),
        },
    )
    role = forms.ChoiceField(
        label=_("Who is on the list?"),
        choices=[(Role.MENTEE, _("Mentees")), (Role.MENTOR, _("Mentors"))],
        widget=forms.RadioSelect,
    )
    locale = forms.ChoiceField(
        label=_("Language of the invitations"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("Everybody can change it for themselves later."),
    )
    send_invitations = forms.BooleanField(
        label=_("Send the invitations as soon as the list is taken over"),
        required=False,
        initial=True,
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_FILE_BYTES:
            error = FileTooLarge(most=MAX_FILE_BYTES // MEGABYTE)
            raise forms.ValidationError(str(error), code=error.code)
        return file

    def upload(self, *, cohort: Cohort, by: User, now: datetime) -> ImportBatch | None:
        """Take the file in; None with the reason at the field if it can't be read as a list."""
        given = self.cleaned_data
        try:
            return import_upload(
                cohort=cohort,
                role=Role(given["role"]),
                file_name=given["file"].name or "",
                data=given["file"].read(),
                locale=given["locale"],
                send_invitations=given["send_invitations"],
                by=by,
                now=now,
            )
        except FileRefused as error:
            self.add_error("file", str(error))
            return None


class ColumnsForm(forms.Form):
    """One choice per column of the file; an empty one leaves the column out."""

    def __init__(
        self,
        *args: Any,
        batch: ImportBatch,
        samples: Sequence[Sequence[str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.batch, self.samples = batch, samples
        wanted = columns_for(Role(batch.role))
        choices = [("", _("leave out")), *((c.key, c.label) for c in wanted)]
        for index, heading in enumerate(batch.header):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=heading or _("Column %(number)d") % {"number": index + 1},
                choices=choices,
                required=False,
                initial=batch.mapping.get(str(index), ""),
            )

    def rows(self) -> list[dict[str, Any]]:
        """For the template: each column with its first values and its field."""
        return [row for row in self._all_rows() if not row["is_answer"]]

    def answers(self) -> list[dict[str, Any]]:
        """The columns understood as answers to the questionnaire: as `rows`, folded on the page."""
        return [row for row in self._all_rows() if row["is_answer"]]

    def _all_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "field": field,
                "samples": self._samples(index),
                "is_answer": (field.value() or "").startswith(VALUES),
            }
            for index, field in enumerate(self.visible_fields())
        ]

    def _samples(self, index: int) -> list[str]:
        found = [row[index] for row in self.samples if index < len(row) and row[index]]
        return [text[:60] for text in list(dict.fromkeys(found))[:SAMPLES]]

    def mapping(self) -> Mapping[int, str]:
        return {
            int(name.removeprefix("column_")): key for name, key in self.cleaned_data.items() if key
        }

    def map(self, *, by: User, now: datetime) -> bool:
        """Have the rows checked as chosen; False with the reason if the choice can't be right."""
        try:
            import_map(batch=self.batch, mapping=self.mapping(), by=by, now=now)
        except (ImportColumnMissing, ImportColumnTwice) as error:
            self.add_error(None, str(error))
            return False
        return True
