"""A step of the preparation in a programme's own words."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.forms.texts import CODES, BilingualForm, Text
from tandemwerk.programmes.selectors.course import StepRead


class CourseStepForm(BilingualForm):
    """Title, text and question in both languages."""

    TEXTS: ClassVar = {
        "title": Text(_("Title"), 120),
        "text": Text(
            _("Text"),
            4000,
            rows=14,
            help=_("A blank line begins a paragraph; lines that begin with “- ” become a list."),
        ),
        "question": Text(_("Question to think about"), 300, rows=2),
    }

    @classmethod
    def of(cls, step: StepRead, data: Mapping[str, Any] | None) -> "CourseStepForm":
        texts = {
            name: {code: getattr(step, name).localize(code) for code in CODES} for name in cls.TEXTS
        }
        return cls(data, initial=cls.raw(texts))
