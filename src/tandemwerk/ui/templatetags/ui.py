"""Components with logic, as tags; everything else is a class on plain HTML (see the styleguide)."""

import uuid
from functools import lru_cache
from typing import Any
from zlib import crc32

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandemwerk.ui.toasts import UNDO

register = template.Library()
Text = str | Promise

FIT_WORDS: dict[int, Text] = {
    3: _("Very good fit"),
    2: _("Good fit"),
    1: _("Possible fit"),
    0: _("Not a fit"),
}
SHORT_FIT_WORDS: dict[int, Text] = {
    3: pgettext_lazy("fit", "very good"),
    2: pgettext_lazy("fit", "good"),
    1: pgettext_lazy("fit", "possible"),
    0: pgettext_lazy("fit", "none"),
}
TITLES = frozenset({"dr.", "prof.", "dr", "prof", "dipl.-ing.", "med.", "phil.", "ph.d.", "mag."})
TOAST_ICONS = {
    "success": "circle-check",
    "info": "info",
    "warning": "triangle-alert",
    "error": "circle-x",
    "debug": "info",
}
BANNER_ICONS = {**TOAST_ICONS, "error": "circle-alert", "accent": "sparkles", "": "info"}


@register.simple_tag
def icon(name: str, label: Text = "") -> SafeString:
    """One icon of the sprite; with a `label` it speaks, without one it is decoration."""
    use = format_html('<use href="{}#{}"></use>', static("dist/icons.svg"), name)
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, use)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false">{}</svg>', use)


@register.simple_tag
def client_id() -> SafeString:
    """Hidden field that makes sending a form twice harmless; belongs into every POST form."""
    return format_html('<input type="hidden" name="client_id" value="{}">', uuid.uuid4())


@register.simple_tag(takes_context=True)
def device_mark(context: Context) -> str:
    """What a browser marks things with that it keeps for the signed-in person; no name, no id."""
    user = context["user"]
    return salted_hmac("tandemwerk.outbox", str(user.pk), algorithm="sha256").hexdigest()[:32]


def initials(name: str) -> str:
    """Two letters for a face: first and last word that is not a title."""
    words = [word for word in name.split() if word.lower() not in TITLES and word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tone(name: str) -> int:
    """One of four soft tones, always the same for the same name."""
    return crc32(name.encode()) % 4


@register.simple_tag
def avatar(name: Text, size: str = "", photo: str = "") -> SafeString:
    """The face of a person; decoration only, the name always stands beside it."""
    text = str(name)
    return _avatar(initials(text), tone(text), size, photo)


@lru_cache(maxsize=4096)  # a board shows a thousand faces, and most letters meet again
def _avatar(letters: str, tone: int, size: str, photo: str) -> SafeString:
    values = {"initials": letters, "tone": tone, "size": size, "photo": photo}
    return render_to_string("ui/components/avatar.html", values)


@register.inclusion_tag("ui/components/avatars.html")
def avatars(first: Text, second: Text, size: str = "") -> dict[str, Any]:
    """Two people overlapping like the two rings."""
    return {"first": first, "second": second, "size": size}


@register.inclusion_tag("ui/components/person.html")
def person(name: Text, sub: Text = "", url: str = "", size: str = "medium") -> dict[str, Any]:
    """Face, name and one line below; a link when `url` is given."""
    return {"name": name, "sub": sub, "url": url, "size": size}


@register.simple_tag
def fit(level: int, size: str = "", short: bool = False) -> SafeString:
    """Fit as a word and a bar of three steps; `level` 3 very good … 0 not a fit. Never a number.

    `short` leaves out the noun, for columns whose head says it.
    """
    return _fit(level, size, short, get_language())


@lru_cache(maxsize=128)
def _fit(level: int, size: str, short: bool, language: str | None) -> SafeString:
    steps = [{"x": 22 * at, "on": at < level} for at in range(3)]
    word = (SHORT_FIT_WORDS if short else FIT_WORDS)[level]
    values = {"level": level, "word": word, "steps": steps, "size": size}
    return render_to_string("ui/components/fit.html", values)


@register.filter
def fit_word(level: int, form: str = "") -> Text:
    """The word for a level, without its noun as `fit_word:"short"`."""
    return (SHORT_FIT_WORDS if form == "short" else FIT_WORDS)[level]


@register.inclusion_tag("ui/components/reasons.html")
def reasons(
    title: Text, checks: list[Text], differences: list[Text], level: str = "h3"
) -> dict[str, Any]:
    """Why two people fit, and honestly what does not."""
    return {"title": title, "checks": checks, "differences": differences, "level": level}


@register.inclusion_tag("ui/components/journey.html")
def journey(steps: list[Any], label: Text) -> dict[str, Any]:
    """Timeline; each step has `label`, `when` and `state` ("done", "now" or "next")."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("ui/components/wizard_steps.html")
def wizard_steps(current: int, count: int) -> dict[str, Any]:
    """Where one is in a wizard; `current` counts from 1."""
    return {"steps": range(1, count + 1), "current": current, "count": count}


@register.inclusion_tag("ui/components/stat.html")
def stat(label: Text, value: Any, note: Text = "", of: Any = "") -> dict[str, Any]:
    return {"label": label, "value": value, "note": note, "of": of}


@register.inclusion_tag("ui/components/progress.html")
def progress(value: int | None, label: Text, maximum: int = 100) -> dict[str, Any]:
    """A native progress bar with its label; `value` None means "still unknown"."""
    return {"value": value, "maximum": maximum, "label": label}


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Previous and next, keeping all other query parameters."""
    return {"page": page, "request": context.get("request")}


@register.inclusion_tag("ui/components/sort_head.html", takes_context=True)
def sort_head(context: Context, key: str, label: Text, kind: str = "") -> dict[str, Any]:
    """A column head that sorts by `?sort=key` / `?sort=-key`; `kind` "num" aligns right."""
    now = context["request"].GET.get("sort", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    after = f"-{key}" if now == key else key
    return {
        "label": label,
        "state": state,
        "after": after,
        "kind": kind,
        "request": context["request"],
    }


@register.inclusion_tag("ui/components/toast.html")
def toast(message: Message) -> dict[str, Any]:
    """One message of Django's framework; `ui.toasts.undo` adds the way back."""
    tags = (message.extra_tags or "").split()
    undo = next((tag.removeprefix(UNDO) for tag in tags if tag.startswith(UNDO)), "")
    level = message.level_tag or "info"
    return {"text": message.message, "level": level, "icon": TOAST_ICONS[level], "undo": undo}


def _inner(content: str) -> SafeString:
    """The rendered content without its white space; the template engine has escaped it already."""
    return mark_safe(content.strip())  # noqa: S308 - output of the template engine


def _block(name: str, context: Context, **values: Any) -> SafeString:
    """Render a block component; it sees the request (CSRF token, URLs) but no page variables."""
    return render_to_string(f"ui/components/{name}.html", values, context.get("request"))


@register.simple_block_tag(takes_context=True)
def page_head(context: Context, content: str, title: Text, lead: Text = "") -> SafeString:
    """Head of a page: h1, a line below it, and the actions as content."""
    return _block("page_head", context, title=title, lead=lead, actions=_inner(content))


@register.simple_block_tag(takes_context=True)
def menu(
    context: Context, content: str, ident: str, label: Text, icon: str = "ellipsis", style: str = ""
) -> SafeString:
    """A button that opens a list of links and buttons; without `style` it is an icon button."""
    return _block(
        "menu", context, ident=ident, label=label, icon=icon, style=style, items=_inner(content)
    )


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, title: Text, text: Text = "") -> SafeString:
    """An empty place that teaches: a sentence, and one primary action as content."""
    return _block("empty", context, title=title, text=text, action=_inner(content))


@register.simple_block_tag(takes_context=True)
def banner(context: Context, content: str, level: str = "") -> SafeString:
    """A standing message; `level` is empty, success, warning, error or accent."""
    return _block("banner", context, level=level, icon=BANNER_ICONS[level], text=_inner(content))


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: "choice" (box before its label), "group" (fieldset) or "line"."""
    if field.widget_type in {"checkbox", "switch"}:
        return "choice"
    return "group" if field.use_fieldset else "line"


@register.filter
def focus_id(field: BoundField) -> str:
    """Id of the first control of a field: where a link of the error summary leads."""
    if not field.use_fieldset:
        return field.id_for_label or ""
    return f"{field.auto_id}_0"


@register.filter
def mail_breaks(address: Text) -> SafeString:
    """A mail address that may break after its @, and nowhere else as long as it fits."""
    name, at, domain = str(address).rpartition("@")
    return format_html("{}<wbr>{}", name + at, domain) if at else format_html("{}", domain)


@register.filter
def bare(label: Text) -> str:
    """A label without its closing mark, so that an error can follow it."""
    return str(label).rstrip(".:?! …")
