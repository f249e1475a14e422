"""Private reasons: sealed for their author, nobody else."""

from tandemwerk.core.crypto import seal, unseal
from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.models import TandemMember

LONGEST_NOTE = 1000


def note_place(member: TandemMember) -> str:
    """What a note is bound to."""
    return f"tandem_member.decline_note:{member.pk}"


def reason_keep(*, member: TandemMember, code: DeclineCode, note: str, is_shared: bool) -> None:
    """Keep why somebody said no: the code as chosen, the note sealed to its row. One query."""
    text = note.strip()[:LONGEST_NOTE]
    member.decline_code = code
    member.decline_note = seal(text, place=note_place(member)) if text else b""
    member.is_reason_shared = is_shared
    member.save(update_fields=["decline_code", "decline_note", "is_reason_shared"])


def reason_note(member: TandemMember) -> str:
    """The note, for its author only (their page and their export). Raises SealBroken."""
    return unseal(member.decline_note, place=note_place(member)) if member.decline_note else ""
