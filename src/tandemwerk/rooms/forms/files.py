"""A form for a file, from the device or its camera."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError
from tandemwerk.rooms.errors import RoomReadOnly
from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.file_kinds import KINDS
from tandemwerk.rooms.services.files import file_add
from tandemwerk.ui.widgets import Upload

ACCEPT = ",".join(f".{ending}" for ending in KINDS)


class FileForm(forms.Form):
    """One file. `id` is made with the form, so that sending it twice keeps it once."""

    id = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=Upload(attrs={"accept": ACCEPT}),
        help_text=_("PDF, pictures, office documents or plain text, up to 20 MB."),
    )
    photo = forms.FileField(
        label=_("Or take a photo"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        data["file"] = data.get("file") or data.get("photo")
        if data["file"] is None and not self.errors:
            self.add_error("file", _("Choose a file or take a photo."))
        return data

    def keep(self, room: Room, now: datetime) -> RoomFile | None:
        """Add the file; None with the reason at the field if it is not taken.

        Raises RoomReadOnly: then it is not the file's fault.
        """
        given = self.cleaned_data["file"]
        try:
            return file_add(
                room=room,
                name=given.name or "",
                data=given.read(),
                now=now,
                pk=self.cleaned_data["id"],
            )
        except RoomReadOnly:
            raise
        except DomainError as error:
            self.add_error("file", str(error))
            return None
