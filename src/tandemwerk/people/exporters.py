"""What people adds to a person's export."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from tandemwerk.audit.models import AuditEntry
from tandemwerk.people.export import exporter
from tandemwerk.people.models import Profile, User
from tandemwerk.people.selectors.blocks import blocks_of

PROFILE_FIELDS = (
    "position",
    "function",
    "industry",
    "site",
    "team",
    "reports_to_email",
    "experience_years",
    "meeting_format",
    "week",
    "about",
    "values_answers",
    "updated_at",
)


@exporter("account")
def account(user: User) -> dict[str, Any]:
    """Account, addresses, tokens and second factors without their secrets. Three queries."""
    fields = ("email", "title", "given_name", "family_name", "locale", "timezone", "theme")
    return {
        **{name: getattr(user, name) for name in fields},
        "created_at": user.created_at,
        "last_login": user.last_login,
        "mail_addresses": list(
            EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
        ),
        "tokens": list(
            user.api_tokens.values(
                "name",
                "prefix",
                "scopes",
                "created_at",
                "expires_at",
                "last_used_at",
                "revoked_at",
            )
        ),
        "second_factors": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
    }


@exporter("profile")
def profile(user: User) -> dict[str, Any] | None:
    """The profile with its lists; None if there is none. Three queries."""
    own = Profile.objects.filter(user=user).first()
    if own is None:
        return None
    return {
        **{name: getattr(own, name) for name in PROFILE_FIELDS},
        "topics": list(own.topics.values("kind", "topic", "rank")),
        "languages": list(own.languages.values("code", "level")),
    }


@exporter("blocks")
def blocks(user: User) -> list[dict[str, Any]]:
    """Whom the person has blocked; who blocked them is not theirs to know. One query."""
    return [{"name": row.blocked.name, "since": row.created_at} for row in blocks_of(user)]


@exporter("acts")
def acts(user: User) -> Any:
    """What the person did, as the audit chain keeps it. One query."""
    entries = AuditEntry.objects.filter(actor_id=user.pk).order_by("pk")
    return list(entries.values("at", "action", "object_type", "object_id"))
