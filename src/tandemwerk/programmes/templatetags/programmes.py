"""Words of a journey for those who edit it."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from i18nfield.strings import LazyI18nString

from tandemwerk.core.markdown import markdown_html
from tandemwerk.programmes.forms.journey import WHO_NAMES
from tandemwerk.programmes.forms.texts import LANGUAGE_NAMES
from tandemwerk.programmes.journey import Gap

register = template.Library()

PARTS = {
    "weeks": gettext_lazy("weeks"),
    "title": gettext_lazy("name"),
    "summary": gettext_lazy("what it is about"),
    "questions": gettext_lazy("guiding questions"),
    "starters": gettext_lazy("ways into the conversation"),
    "due": gettext_lazy("what is to be done"),
}


@register.filter
def words(texts: Mapping[str, str]) -> str:
    """The text in the reader's language, in the other one where it is missing."""
    said = {code: text for code, text in (texts or {}).items() if text}
    return str(LazyI18nString(said)) if said else ""


@register.filter
def for_whom(who: str) -> str:
    return str(WHO_NAMES.get(who, WHO_NAMES["both"]))


@register.filter
def part_name(part: str) -> str:
    """What of a phase: its weeks, its name, …"""
    return str(PARTS[part])


@register.filter
def gap_words(gap: Gap) -> str:
    """What is missing in which language."""
    return gettext("%(language)s is missing: %(part)s") % {
        "language": LANGUAGE_NAMES[gap.language],
        "part": PARTS[gap.part],
    }


@register.filter
def markdown(text: object) -> SafeString:
    """What coordinators wrote in Markdown, as harmless HTML."""
    return markdown_html(str(text))
