"""A programme's agreement as the two people may read it in advance."""

from tandemwerk.programmes.services.agreement_text import Paragraph, agreement_preview

__all__ = ["Paragraph", "agreement_preview"]
