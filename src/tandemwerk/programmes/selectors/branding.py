"""How a programme looks."""

from tandemwerk.programmes.models import Branding, Programme


def branding_of(programme: Programme) -> Branding:
    """Logo and colour; an empty row that is not stored if nobody chose any. One query."""
    row = Branding.objects.filter(programme=programme).first()
    return row or Branding(programme=programme)
