"""Words of a journey in the reader's language."""

from collections.abc import Mapping
from typing import TypeVar

from django import template
from django.utils.translation import get_language

register = template.Library()
Words = TypeVar("Words")


@register.filter
def in_language(words: Mapping[str, Words]) -> Words | str:
    """What stands under the active language; the other one where it is missing, else nothing."""
    code = (get_language() or "de")[:2]
    return words.get(code) or words.get("en") or words.get("de") or ""
