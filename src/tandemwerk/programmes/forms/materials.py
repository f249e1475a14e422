"""A link, a page or a file for the library."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from tandemwerk.core.errors import DomainError
from tandemwerk.programmes.enums import ForWhom, MaterialKind
from tandemwerk.programmes.forms.texts import CODES, BilingualForm, Text
from tandemwerk.programmes.journey import phases_of
from tandemwerk.programmes.models import Material, Programme
from tandemwerk.programmes.services.material_files import material_check
from tandemwerk.programmes.services.materials import Words
from tandemwerk.ui.widgets import Upload

TITLE = Text(_("Title"), 120, is_needed=False)
HINT = Text(_("What it is good for, in one sentence"), 200, is_needed=False)
BODY = Text(
    _("Text"),
    20_000,
    rows=16,
    is_needed=False,
    help=_("Markdown: ## begins a heading, “- ” a list, two stars make words bold."),
)


class MaterialForm(BilingualForm):
    """What all three have in common: words, where they are shown, for whom."""

    TEXTS: ClassVar = {"title": TITLE, "hint": HINT}
    phases = forms.MultipleChoiceField(
        label=_("Shown in these phases"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
        help_text=_("Without a choice it is shown in every phase."),
    )
    who = forms.ChoiceField(label=_("For whom"), choices=ForWhom.choices, initial=ForWhom.BOTH)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (phase["key"], str(LazyI18nString(dict(phase["title"]))))
            for phase in phases_of(programme.journey)
        ]
        known = {key for key, _name in choices}
        old = [(key, key) for key in self.initial.get("phases", ()) if key not in known]
        self.fields["phases"].choices = choices + old  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("title", "text"):
            fields = [f"{name}_{code}" for code in CODES if f"{name}_{code}" in self.fields]
            if fields and not any(given.get(field) for field in fields):
                self.add_error(fields[0], _("Please write this in one language at least."))
        return given

    def words(self) -> Words:
        """As the services take them."""
        given = self.cleaned_data
        texts = {
            name: LazyI18nString(
                {code: given[f"{name}_{code}"] for code in CODES if given[f"{name}_{code}"]}
            )
            for name in self.TEXTS
        }
        return Words(**texts, url=given.get("url", ""), phases=given["phases"], who=given["who"])

    def act(self) -> dict[str, Any]:
        """Arguments for putting it in: its words and, for a file, name and bytes."""
        return {"words": self.words(), "file": self.cleaned_data.get("file")}

    @classmethod
    def initial_of(cls, material: Material) -> dict[str, Any]:
        """The material as the form shows it."""
        texts = {name: _by_language(getattr(material, name)) for name in cls.TEXTS}
        own = {name: getattr(material, name) for name in ("url", "phases", "who")}
        return {**cls.raw(texts), **own}


class LinkForm(MaterialForm):
    """An address elsewhere."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": _("Please enter an address, for example https://example.org/guide."),
            "invalid": _("This is no address. Example: https://example.org/guide"),
        },
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if not url.startswith(("https://", "http://")):
            raise ValidationError(_("The address must begin with https:// or http://."))
        return url


class PageForm(MaterialForm):
    """A page of one's own."""

    TEXTS: ClassVar = {"title": TITLE, "hint": HINT, "text": BODY}


class FileWordsForm(MaterialForm):
    """The words of a file that is there already."""


class FileForm(MaterialForm):
    """A PDF or a picture."""

    file = forms.FileField(
        label=_("File"),
        widget=Upload,
        help_text=_("PDF or picture, up to 20 MB."),
        error_messages={"required": _("Please choose a file.")},
    )

    def clean_file(self) -> tuple[str, bytes]:
        """Its name and bytes, proven to be what the library takes."""
        file = self.cleaned_data["file"]
        assert isinstance(file, UploadedFile)  # noqa: S101 - what a FileField gives
        name, data = file.name or "file", file.read()
        try:
            material_check(name, data)
        except DomainError as error:
            raise ValidationError(str(error)) from error
        return name, data


NEW = {MaterialKind.LINK: LinkForm, MaterialKind.PAGE: PageForm, MaterialKind.FILE: FileForm}
CHANGE = {**NEW, MaterialKind.FILE: FileWordsForm}


def _by_language(text: LazyI18nString) -> dict[str, str]:
    """As written; nothing stands in for a language that is missing."""
    if isinstance(text.data, dict):
        return {code: text.data.get(code) or "" for code in CODES}
    return dict.fromkeys(CODES, str(text))
