"""What safeguarding adds to the menus."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.models import User
from tandemwerk.ui.navigation import PERSON, NavItem, navigation


@navigation
def reports(request: HttpRequest) -> Iterable[NavItem]:
    """Cases for those who read them, own reports for everybody, behind the face. No query."""
    user = request.user
    if not isinstance(user, User):
        return
    if user.reads_reports:
        url = reverse("safeguarding:case_list")
        yield NavItem(_("Reports to read"), url, "shield-check", 60, url)
    own = reverse("safeguarding:report_list")
    yield NavItem(_("My reports"), own, "flag", 80, own, PERSON)
