"""A programme's logo and colour: checked, made small, kept."""

import re
from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.core.pictures import BROKEN, PictureTooLarge, endings_found, picture_drawn
from tandemwerk.people.models import User
from tandemwerk.programmes.errors import AccentTooLight, LogoRefused
from tandemwerk.programmes.models import Branding, Programme
from tandemwerk.programmes.services.programmes import require_editable

MOST_LOGO_BYTES = 1024 * 1024
MOST_LOGO_PIXELS = 16_000_000
LOGO_BOX = (600, 240)  # pixels; at 300 dpi the size it has on paper
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: words on white
COLOUR = re.compile(r"^#[0-9a-f]{6}$")
WHITE = "#ffffff"


def contrast(one: str, other: str) -> float:
    """How well two colours (``#rrggbb``) stand out against each other, 1.0 to 21.0 (WCAG)."""
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def accent_check(accent: str) -> str:
    """The colour as it is kept; empty stays empty. Raises AccentTooLight."""
    colour = accent.strip().lower()
    if colour and (not COLOUR.match(colour) or contrast(colour, WHITE) < LEAST_CONTRAST):
        found = contrast(colour, WHITE) if COLOUR.match(colour) else 1.0
        raise AccentTooLight(found=f"{found:.1f}", least=LEAST_CONTRAST)
    return colour


def logo_check(data: bytes) -> bytes:
    """The logo as a PNG of at most 600 × 240 pixels. Raises LogoRefused."""
    if len(data) > MOST_LOGO_BYTES or not endings_found(data) & {"png", "jpg", "jpeg", "jfif"}:
        raise LogoRefused
    try:
        return picture_drawn(
            data, ["PNG", "JPEG"], most_pixels=MOST_LOGO_PIXELS, as_form="PNG", box=LOGO_BOX
        )
    except (PictureTooLarge, *BROKEN) as error:
        raise LogoRefused from error


@transaction.atomic
def branding_set(
    *,
    programme: Programme,
    accent: str,
    by: User,
    now: datetime,
    logo: bytes | None = None,
    is_without_logo: bool = False,
) -> Branding:
    """Set the colour, and the logo if one is given; `is_without_logo` takes it away.

    Raises ProgrammeArchived, AccentTooLight, LogoRefused. Five queries.
    """
    require_editable(programme)
    values: dict[str, object] = {"accent": accent_check(accent)}
    if logo is not None:
        values["logo"] = logo_check(logo)
    elif is_without_logo:
        values["logo"] = None
    row, _is_new = Branding.objects.update_or_create(programme=programme, defaults=values)
    audit_record(
        action="programme.branding", about=programme, by=by, now=now, programme_id=programme.pk
    )
    return row
