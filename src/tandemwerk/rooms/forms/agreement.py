"""A form for a version of the agreement: its blanks, and its text for those who change it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.services.agreement_text import (
    Paragraph,
    agreement_gaps,
    agreement_preview,
)
from tandemwerk.rooms.services.agreement import LONGEST_TEXT, LONGEST_WORDS

LABELS = {
    "frequency": _("How often do you meet?"),
    "place": _("Where do you meet?"),
    "confidentiality_extra": _("What else stays between you?"),
    "off_limits": _("What do you leave out?"),
    "ending": _("How do you want to finish?"),
}
HINTS = {
    "frequency": _("for example: every three weeks for an hour"),
    "place": _("for example: in the canteen of building 4, by video if need be"),
    "confidentiality_extra": _("for example: that we look for a new job"),
    "off_limits": _("for example: salaries in the own team"),
    "ending": _("for example: with a good meal and a look at the goals"),
}
NEEDED = frozenset({"frequency", "place", "ending"})


class AgreementForm(forms.Form):
    """The blanks of `text` as fields, and `text` itself.

    A blank that stands in the sent text no more is not asked for; one that nobody knows is a fault.
    """

    text = forms.CharField(
        label=_("Text of the agreement"),
        help_text=_(
            "Names in double braces stand for what you fill in above. Leave out what does not suit "
            "you, and add what you need."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": _("An agreement needs at least one sentence.")},
    )

    def __init__(self, data: Any = None, *, text: str, filled: Mapping[str, str]) -> None:
        super().__init__(data, initial={"text": text, **filled})
        shown = [gap for gap in agreement_gaps(text) if gap in LABELS]
        sent = agreement_gaps(str(data.get("text") or "")) if data is not None else shown
        for gap in dict.fromkeys((*shown, *(name for name in sent if name in LABELS))):
            self.fields[gap] = forms.CharField(
                label=LABELS[gap],
                help_text=HINTS[gap],
                max_length=LONGEST_WORDS,
                required=gap in NEEDED and gap in sent,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Fill in this gap, or take it out of the text.")},
            )
        self.order_fields([name for name in self.fields if name != "text"])

    @property
    def gaps(self) -> list[forms.BoundField]:
        """The fields of the blanks, in the order of the text."""
        return [self[name] for name in self.fields if name != "text"]

    @property
    def preview(self) -> list[Paragraph]:
        """The text one begins with, its gaps named."""
        return agreement_preview(str(self.initial["text"]))

    def clean_text(self) -> str:
        """Refuse a blank nobody can fill: most likely it is misspelt."""
        text = str(self.cleaned_data["text"])
        for name in agreement_gaps(text):
            if name not in LABELS:
                raise forms.ValidationError(
                    _("Nobody can fill “%(blank)s”. These can be filled: %(known)s."),
                    params={"blank": name, "known": ", ".join(LABELS)},
                )
        return text

    def act(self) -> dict[str, Any]:
        """Arguments for the services."""
        words = {name: text for name, text in self.cleaned_data.items() if name != "text"}
        return {"text": self.cleaned_data["text"], "filled": words}
