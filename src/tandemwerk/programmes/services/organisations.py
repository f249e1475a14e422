"""Founding organisations and saying who owns them."""

from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Organisation, OrganisationOwner


@transaction.atomic
def organisation_create(*, name: str, by: User, now: datetime) -> Organisation:
    """Found an organisation; whoever founds it owns it and may found programmes in it."""
    organisation = Organisation.objects.create(name=name.strip())
    OrganisationOwner.objects.create(organisation=organisation, user=by)
    audit_record(action="organisation.create", about=organisation, by=by, now=now)
    return organisation
