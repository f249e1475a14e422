"""The members' agreement: one proposes, everybody signs, then it is in force."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tandemwerk.programmes.services.agreement_text import agreement_gaps
from tandemwerk.rooms.errors import AgreementReplaced, TooManyAgreements
from tandemwerk.rooms.models import Agreement, AgreementSignature
from tandemwerk.rooms.selectors.room import WRITABLE, Room
from tandemwerk.rooms.services.writing import row_add, row_change, writing
from tandemwerk.tandems.models import Tandem, TandemMember

MOST_VERSIONS = 100
LONGEST_TEXT, LONGEST_WORDS = 12_000, 600


@transaction.atomic
def agreement_propose(
    *, room: Room, text: str, filled: Mapping[str, str], now: datetime, pk: UUID | None = None
) -> Agreement:
    """Propose a version, signed by its writer. A proposal that was open before is replaced by it.

    `filled`: words for the blanks of `text`; those of other blanks are left out. The version in
    force stays in force until everybody has signed this one. Raises TooManyAgreements,
    RoomReadOnly, RoomRowTaken. Thirteen queries.
    """
    room = writing(room, now)
    if pk is not None and (there := room.rows(Agreement).filter(pk=pk, author=room.me).first()):
        return there  # delivered once more
    numbers = room.rows(Agreement).order_by("-number").values_list("number", flat=True)
    number = (numbers.first() or 0) + 1
    if number > MOST_VERSIONS:
        raise TooManyAgreements(most=MOST_VERSIONS)
    gaps = agreement_gaps(text)
    words = {"text": text, "filled": {gap: filled[gap] for gap in gaps if filled.get(gap)}}
    row = row_add(room, Agreement(id=pk or uuid4(), number=number), words, now)
    _sign(room, row, now)
    return row


@transaction.atomic
def agreement_sign(*, room: Room, agreement: Agreement, now: datetime) -> Agreement:
    """Say yes to a version; the last missing yes puts it in force. Twice is harmless.

    Whoever joins later signs the version in force too; it stays in force meanwhile.

    Raises AgreementReplaced if it is not the newest one, RoomReadOnly. Ten queries.
    """
    room = writing(room, now)
    if room.rows(Agreement).filter(number__gt=agreement.number).exists():
        raise AgreementReplaced
    _sign(room, agreement, now)
    return agreement


@transaction.atomic
def agreement_settle(*, tandem: Tandem, now: datetime) -> bool:
    """Put the newest version in force if everybody who is left has signed it; was it necessary?

    After somebody left whose signature was missing. No word is opened, and it is no writing of
    anybody's. Safe to run twice and beside a signature. Four queries.
    """
    locked = Tandem.objects.select_for_update(of=("self",)).get(pk=tandem.pk)
    newest = Agreement.objects.filter(tandem=locked, removed_at=None).order_by("-number").first()
    if newest is None or newest.in_force_at is not None or locked.state not in WRITABLE:
        return False
    people = TandemMember.objects.filter(tandem=locked, left_at=None)
    missing = people.exclude(pk__in=newest.signatures.values("author"))
    if missing.exists():
        return False
    Agreement.objects.filter(pk=newest.pk).update(in_force_at=now, changed_at=now)
    return True


def _sign(room: Room, agreement: Agreement, now: datetime) -> None:
    """The room is locked, so nobody signs in the same moment unseen."""
    signed = set(
        room.rows(AgreementSignature)
        .filter(agreement=agreement)
        .values_list("author_id", flat=True)
    )
    if room.me.pk not in signed:
        row_add(room, AgreementSignature(agreement=agreement), {"name": room.me.user.name}, now)
    is_complete = all(member.pk in signed | {room.me.pk} for member in room.members)
    if is_complete and agreement.in_force_at is None:
        agreement.in_force_at = now
        row_change(room, agreement, now, fields=["in_force_at"])
