"""What safeguarding adds to a person's export: their own reports, as they sent them."""

from typing import Any

from tandemwerk.people.export import exporter
from tandemwerk.people.models import User
from tandemwerk.safeguarding.selectors.cases import case_opened, items_read, reports_of
from tandemwerk.safeguarding.selectors.people import roles_of


@exporter("reports")
def reports(user: User) -> dict[str, Any]:
    """Reports with the words, and where the person reads reports. Two queries, two a report."""
    return {
        "reports": [
            {
                "reference": case.reference,
                "organisation": case.organisation.name,
                "sent_at": case.created_at,
                "state": case.state,
                "opened_at": case.opened_at,
                "delete_on": case.delete_on,
                "parts": [
                    {
                        "label": item.label,
                        "title": item.title,
                        "text": item.text,
                        "by": item.by,
                        "file_name": item.file_name,
                    }
                    for item in items_read(case_opened(case))
                ],
            }
            for case in reports_of(user)
        ],
        "reads_reports_of": [role.organisation.name for role in roles_of(user)],
    }
