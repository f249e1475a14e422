"""Safeguarding people and reports, made by the services that people use."""

from datetime import datetime
from typing import Any

from tandemwerk.people.models import User
from tandemwerk.programmes.models import Organisation
from tandemwerk.rooms.selectors.disclosable import Disclosable
from tandemwerk.safeguarding.models import Case, CaseItem, SafeguardingPerson
from tandemwerk.safeguarding.selectors.cases import case_opened
from tandemwerk.safeguarding.selectors.report import desk_of
from tandemwerk.safeguarding.services.people import safeguarder_accept
from tandemwerk.safeguarding.services.reports import report_create
from tests.factories.people import UserFactory, give_second_factor


def safeguarder(organisation: Organisation, now: datetime, user: User | None = None) -> User:
    """Somebody who reads reports of an organisation, with a second factor."""
    user = user or UserFactory()
    give_second_factor(user)
    row = SafeguardingPerson.objects.create(
        organisation=organisation, email=user.email, named_at=now
    )
    safeguarder_accept(row=row, by=user, now=now)
    user.refresh_from_db()
    return user


def chosen(user: User, *kinds: str) -> list[Disclosable]:
    """Rows of these kinds out of the person's rooms."""
    return [row for room in desk_of(user).rooms for row in room.rows if row.kind in kinds]


def report(by: User, organisation: Organisation, now: datetime, **given: Any) -> Case:
    """A report with words of its own."""
    return report_create(
        by=by, organisation=organisation, now=now, **{"words": "Es ist etwas", "rows": [], **given}
    )


def case_with_file(case: Case, data: bytes = b"%PDF") -> CaseItem:
    """The last part of a case, with a file beside its words."""
    item = CaseItem.objects.filter(case=case).last()
    assert item is not None
    opened = case_opened(case)
    words = opened.open(item) | {"file_name": "brief.pdf", "media_type": "application/pdf"}
    item.body, item.data = opened.seal(item, words), opened.seal_bytes(item, data, "data")
    item.save()
    return item
