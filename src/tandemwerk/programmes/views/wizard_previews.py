"""Agreement and invitation as people will read them, while they are being written."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from tandemwerk.programmes.forms.texts import CODES, LANGUAGE_NAMES
from tandemwerk.programmes.forms.wizard import Wizard
from tandemwerk.programmes.services.agreement_text import agreement_preview
from tandemwerk.programmes.services.letters import fill_blanks


def preview_of(wizard: Wizard, step: str, form: Any) -> list[dict[str, Any]]:
    """The text of `step` in both languages with sample values in its blanks."""
    name = "agreement_text" if step == "agreement" else "invitation_text"
    return [
        _preview(wizard, step, code, str(form[f"{name}_{code}"].value() or "")) for code in CODES
    ]


def _preview(wizard: Wizard, step: str, code: str, text: str) -> dict[str, Any]:
    with override(code):
        shown: dict[str, Any] = {"language": LANGUAGE_NAMES[code], "code": code}
        if step == "invitation":
            return shown | {"text": fill_blanks(text, _samples(wizard, code))}
        return shown | {"paragraphs": agreement_preview(text)}


def _samples(wizard: Wizard, code: str) -> dict[str, str]:
    texts, dates = wizard.form("texts").initial, wizard.form("dates").initial
    organisation = wizard.organisation()
    return {
        "name": "Alex",
        "programme": str(texts.get(f"name_{code}", "")),
        "organisation": organisation.name if organisation else "",
        "role": _("Mentee"),
        "coordinator": wizard.draft.user.name,
        "cohort": str(dates.get("name", "")),
        "start": str(dates.get("starts_on", "")),
        "end": str(dates.get("ends_on", "")),
        "link": "https://…/invitation/…",
    }
