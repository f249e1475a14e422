"""Forms for notes and talks."""

import base64
import binascii
import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.forms.goals import date_field
from tandemwerk.rooms.selectors.notes import NoteRead
from tandemwerk.rooms.services import notes, talks
from tandemwerk.rooms.services.notes import Step

MOST_SENT = 20
_STEP = re.compile(r"^([0-9a-f-]{36}):([A-Za-z0-9+/=]*)$")


class NoteForm(forms.Form):
    """A new note."""

    kind = forms.TypedChoiceField(
        label=_("Who can read it?"),
        choices=[(kind.value, kind.label) for kind in (NoteKind.SHARED, NoteKind.PRIVATE)],
        coerce=NoteKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who can read the note.")},
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=notes.LONGEST_TITLE)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=notes.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NoteWriteForm(forms.Form):
    """The whole note, with the document it stood in when the page was made (`base`)."""

    all_optional = True
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=notes.LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=notes.LONGEST_TEXT,
        help_text=_(
            "# Heading, **bold**, *italic*, - list, - [ ] something to tick off. "
            "You can all write at the same time."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "autocomplete": "off"}),
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_base(self) -> bytes:
        """What can't be read is no base; the text is merged with what stands there then."""
        try:
            return base64.b64decode(self.cleaned_data["base"], validate=True)
        except (binascii.Error, ValueError):
            return b""


class TalkWriteForm(NoteWriteForm):
    """The text of a talk; it is called by its day."""

    title = forms.CharField(required=False, widget=forms.HiddenInput)


class StepsForm(forms.Form):
    """What a browser sends: `after`, the last step it knows, and steps as ``id:base64``."""

    after = forms.IntegerField(required=False, min_value=-1, max_value=2**31 - 1)

    def clean_after(self) -> int:
        after = self.cleaned_data["after"]
        return -1 if after is None else int(after)

    def clean(self) -> dict[str, Any]:
        """`steps`: ids with bytes."""
        cleaned = super().clean() or {}
        sent = self.data.getlist("step") if hasattr(self.data, "getlist") else []
        if len(sent) > MOST_SENT:
            raise forms.ValidationError(_("Too many steps at once."), code="many")
        return {**cleaned, "steps": [self._step(text) for text in sent]}

    @staticmethod
    def _step(text: str) -> Step:
        match = _STEP.match(text)
        try:
            if match is None:
                raise ValueError
            return uuid.UUID(match[1]), base64.b64decode(match[2], validate=True)
        except ValueError:
            raise forms.ValidationError(_("This is no step of a note."), code="step") from None


class TalkPlanForm(forms.Form):
    """When and where."""

    all_optional = True
    on = date_field(_("Which day?"))
    place = forms.CharField(
        label=_("Where?"),
        required=False,
        max_length=talks.LONGEST_PLACE,
        help_text=_("For example: 4 pm by video, or the café at the station."),
    )

    @staticmethod
    def initial_of(talk: NoteRead | None) -> dict[str, Any]:
        """A talk as the form shows it for changing."""
        return {} if talk is None else {"on": talk.met_on, "place": talk.place}


class PointForm(forms.Form):
    """One point for the agenda."""

    text = forms.CharField(
        label=_("What would you like to talk about?"),
        max_length=talks.LONGEST_POINT,
        error_messages={"required": _("Say what you would like to talk about.")},
    )
