"""Texts of a programme, German and English side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from tandemwerk.programmes.enums import AddressForm
from tandemwerk.programmes.forms.programmes import ADDRESS_HELP
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.services.letters import unknown_blanks

LANGUAGE_NAMES = dict(settings.LANGUAGES)
CODES = tuple(LANGUAGE_NAMES)


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; `rows` 0 is a single line."""

    label: str | Promise
    most: int
    rows: int = 0
    is_needed: bool = True
    help: str | Promise = ""


class BilingualForm(forms.Form):
    """A form with two fields `<name>_de` and `<name>_en` for each entry of TEXTS."""

    TEXTS: ClassVar[Mapping[str, Text]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in self.TEXTS.items():
            for code in CODES:
                self.fields[f"{name}_{code}"] = _field(text, code)

    def pairs(self) -> list[dict[str, Any]]:
        """For the template: each text with its two fields."""
        return [
            {"text": text, "fields": [self[f"{name}_{code}"] for code in CODES]}
            for name, text in self.TEXTS.items()
        ]

    def texts(self) -> dict[str, LazyI18nString]:
        """Cleaned texts by name."""
        return {
            name: LazyI18nString({code: self.cleaned_data[f"{name}_{code}"] for code in CODES})
            for name in self.TEXTS
        }

    @classmethod
    def raw(cls, texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """Initial values from texts by name and language."""
        return {f"{name}_{code}": texts[name].get(code, "") for name in cls.TEXTS for code in CODES}


def _field(text: Text, code: str) -> forms.CharField:
    language = LANGUAGE_NAMES[code]
    attrs: dict[str, Any] = {"lang": code}
    if text.rows:
        attrs["rows"] = text.rows
    return forms.CharField(
        label=_("%(text)s, %(language)s") % {"text": text.label, "language": language},
        max_length=text.most,
        required=text.is_needed,
        widget=forms.Textarea(attrs) if text.rows else forms.TextInput(attrs),
        error_messages={"required": _("Please write this in both languages.")},
    )


NAME = Text(_("Name"), 120)
PROMISE = Text(_("Promise in one sentence"), 240, rows=2)
DESCRIPTION = Text(_("Description"), 4000, rows=8, is_needed=False)
AGREEMENT = Text(
    _("Agreement"),
    10_000,
    rows=16,
    help=_("Words in double braces are blanks that each tandem fills in together."),
)
INVITATION = Text(
    _("Invitation"),
    6000,
    rows=14,
    help=_("Words in double braces are filled in for each person."),
)


class NameForm(BilingualForm):
    """How the programme introduces itself."""

    TEXTS: ClassVar = {"name": NAME, "promise": PROMISE, "description": DESCRIPTION}


class AgreementForm(BilingualForm):
    """What both people agree on, and how German texts speak to them."""

    TEXTS: ClassVar = {"agreement_text": AGREEMENT}
    address_form = forms.ChoiceField(
        label=_("Form of address in German"),
        choices=AddressForm.choices,
        widget=forms.RadioSelect,
        help_text=ADDRESS_HELP,
    )


class WithInvitation(BilingualForm):
    """Refuses blanks nobody can fill."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for code in CODES:
            name = f"invitation_text_{code}"
            if wrong := unknown_blanks(given.get(name) or ""):
                self.add_error(
                    name,
                    _("Nobody knows what to put for {{%(blank)s}}. Please correct or remove it.")
                    % {"blank": wrong[0]},
                )
        return given


class InvitationForm(WithInvitation):
    """The letter."""

    TEXTS: ClassVar = {"invitation_text": INVITATION}


class TextsForm(WithInvitation):
    """All texts of a running programme."""

    TEXTS: ClassVar = {
        "name": NAME,
        "promise": PROMISE,
        "description": DESCRIPTION,
        "agreement_text": AGREEMENT,
        "invitation_text": INVITATION,
    }

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, Any] | None) -> "TextsForm":
        texts = {name: _by_language(getattr(programme, name)) for name in cls.TEXTS}
        return cls(data, initial=cls.raw(texts))

    def changes(self) -> dict[str, Any]:
        return dict(self.texts())


def _by_language(text: LazyI18nString) -> dict[str, str]:
    return {code: text.localize(code) for code in CODES}
