"""People of a cohort: list, one person, and what the coordinator does with them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.forms.people import PeopleFilterForm, PersonForm, SeatsForm
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.programmes.rules import is_editable, may_see_profile, shown_name
from tandemwerk.programmes.selectors.people import DEFAULT_SORT, PeopleFilter, people_of
from tandemwerk.programmes.selectors.profile import profile_facts
from tandemwerk.programmes.services import invitations, participations
from tandemwerk.programmes.views.shared import (
    form_page,
    get_cohort,
    get_participation,
    signed_in,
)
from tandemwerk.ui.toasts import undo

PAGE = 50


def participation_list(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    """The cohort's people, 50 a page. Three queries beside the session's."""
    cohort = get_cohort(request, cohort_pk)
    people = people_of(cohort, _filter(request))
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "programme": cohort.programme,
        "page": page,
        "people": [_line(person) for person in page],
        "filter": PeopleFilterForm(request.GET, states=ParticipationState.choices),
        "is_filtered": any(request.GET.get(key) for key in ("q", "role", "state")),
        "is_editable": is_editable(cohort.programme),
    }
    template = "programmes/people.html" + ("#list" if _is_fragment(request) else "")
    return render(request, template, context)


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers


def _filter(request: HttpRequest) -> PeopleFilter:
    given = request.GET
    return PeopleFilter(
        role=given.get("role", ""),
        state=given.get("state", ""),
        words=given.get("q", "")[:100],
        sort=given.get("sort", DEFAULT_SORT),
    )


def _line(person: Participation) -> dict[str, Any]:
    is_seen = may_see_profile(person)
    profile = getattr(person.user, "profile", None) if is_seen else None
    return {"row": person, "name": shown_name(person), "profile": profile}


def participation_add(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    cohort = get_cohort(request, cohort_pk)
    form = _person_form(request, cohort)
    if request.method == "POST" and form.is_valid():
        person = participations.participation_add(
            cohort=cohort, **form.person(), by=signed_in(request), now=timezone.now()
        )
        messages.success(request, _("%(email)s is invited.") % {"email": person.user.email})
        return redirect("programmes:participation_list", cohort_pk=cohort.pk)
    frame = {"cohort": cohort, "programme": cohort.programme}
    return form_page(request, "programmes/person_form.html", form, **frame)


def _person_form(request: HttpRequest, cohort: Cohort) -> PersonForm:
    initial = {"role": request.GET.get("role", Role.MENTEE), "locale": signed_in(request).locale}
    return PersonForm(
        request.POST or None, initial=initial, default_seats=cohort.programme.default_seats
    )


def participation_detail(request: HttpRequest, participation_pk: int) -> HttpResponse:
    return _detail(request, get_participation(request, participation_pk))


def _detail(
    request: HttpRequest, person: Participation, form: SeatsForm | None = None
) -> HttpResponse:
    context = {
        "person": person,
        "name": shown_name(person),
        "cohort": person.cohort,
        "programme": person.cohort.programme,
        "facts": profile_facts(person),
        "form": form or SeatsForm(initial={"seats": person.seats}),
        "invitation": getattr(person, "invitation", None),
        "is_editable": is_editable(person.cohort.programme),
        "now": timezone.now(),
    }
    return render(request, "programmes/person.html", context, status=422 if form else 200)


def participation_seats(request: HttpRequest, participation_pk: int) -> HttpResponse:
    person = get_participation(request, participation_pk)
    form = SeatsForm(request.POST)
    if not form.is_valid():
        return _detail(request, person, form)
    participations.participation_set_seats(
        participation=person,
        seats=form.cleaned_data["seats"],
        by=signed_in(request),
        now=timezone.now(),
    )
    return _back(request, person, _("Saved."))


def participation_pause(request: HttpRequest, participation_pk: int) -> HttpResponse:
    person = get_participation(request, participation_pk)
    participations.participation_pause(
        participation=person, by=signed_in(request), now=timezone.now()
    )
    return _back(request, person, _("%(name)s pauses."), "programmes:participation_resume")


def participation_resume(request: HttpRequest, participation_pk: int) -> HttpResponse:
    person = get_participation(request, participation_pk)
    participations.participation_resume(
        participation=person, by=signed_in(request), now=timezone.now()
    )
    return _back(request, person, _("%(name)s takes part again."))


def participation_withdraw(request: HttpRequest, participation_pk: int) -> HttpResponse:
    person = get_participation(request, participation_pk)
    participations.participation_withdraw(
        participation=person, by=signed_in(request), now=timezone.now()
    )
    text = _("%(name)s is out of this cohort.")
    return _back(request, person, text, "programmes:participation_restore")


def participation_restore(request: HttpRequest, participation_pk: int) -> HttpResponse:
    person = get_participation(request, participation_pk)
    participations.participation_restore(
        participation=person, by=signed_in(request), now=timezone.now()
    )
    return _back(request, person, _("%(name)s is back."))


def participation_invite(request: HttpRequest, participation_pk: int) -> HttpResponse:
    person = get_participation(request, participation_pk)
    invitations.invitation_send(participation=person, by=signed_in(request), now=timezone.now())
    return _back(request, person, _("A new invitation is on its way; the old link has ended."))


def _back(
    request: HttpRequest, person: Participation, text: str, way_back: str = ""
) -> HttpResponse:
    """To the person's page with a message, and with an undo where `way_back` names one."""
    said = text % {"name": shown_name(person)} if "%(name)s" in text else text
    if way_back:
        undo(request, said, reverse(way_back, args=[person.pk]))
    else:
        messages.success(request, said)
    return redirect("programmes:participation_detail", participation_pk=person.pk)
