"""What tandems keep under the master key."""

from functools import partial

from tandemwerk.core.sealed import sealed_bytes
from tandemwerk.tandems.models import HelpRequest, TandemMember
from tandemwerk.tandems.selectors.signals import help_place
from tandemwerk.tandems.services.reasons import note_place

sealed_bytes(TandemMember, "decline_note", place=note_place)
sealed_bytes(HelpRequest, "body", place=partial(help_place, field="body"))
sealed_bytes(HelpRequest, "reply", place=partial(help_place, field="reply"))
