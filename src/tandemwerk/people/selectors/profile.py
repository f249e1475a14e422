"""Reading profiles."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tandemwerk.matching.catalogue import topics
from tandemwerk.people.enums import LanguageLevel, MeetingFormat, TopicKind
from tandemwerk.people.languages import language_name
from tandemwerk.people.models import Profile, ProfileLanguage, User
from tandemwerk.people.questionnaire import questionnaire
from tandemwerk.people.vocabulary import vocabulary
from tandemwerk.people.week import PARTS, cells_from_mask, mask_from_hex, partial_cells
from tandemwerk.ui.widgets import DAYS
from tandemwerk.ui.widgets import PARTS as PART_NAMES

Text = str | Promise

EVERYBODY_MATCHED = _("Coordination, and the person you are proposed to")
COORDINATION = _("Coordination only")
ONLY_COMMON = _("Nobody; only the times you both have are named")
ONLY_CLOSENESS = _("Nobody; only how close two people are")


def profile_of(user: User) -> Profile:
    """The person's profile with topics and languages; an empty, unsaved one if there is none.

    Three queries, one without a profile.
    """
    found = (
        Profile.objects.filter(user=user)
        .select_related("user")
        .prefetch_related("topics", "languages")
        .first()
    )
    return found or Profile(user=user)


def languages_of(user: User) -> QuerySet[ProfileLanguage]:
    """The languages on the person's profile, as they were added. One query."""
    return ProfileLanguage.objects.filter(profile__user=user)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language of a profile with its name in the reader's language."""

    code: str
    name: str
    level: Text


def languages_spoken(profile: Profile, language: str) -> list[Spoken]:
    """The profile's languages for its own page. No query for a prefetched profile."""
    rows = profile.languages.all() if profile.pk else ()
    return [
        Spoken(row.code, language_name(row.code, language), LanguageLevel(row.level).label)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the profile in words: what is there, who sees it, where to change it."""

    key: str
    title: Text
    lines: tuple[Text, ...]
    seen_by: Text
    is_done: bool
    helps: Text = ""

    @property
    def step(self) -> str:
        """The step that changes it."""
        return "topics" if self.key in {"wanted", "offered"} else self.key


def topic_names(profile: Profile, kind: TopicKind, language: str) -> tuple[str, ...]:
    """Names of the person's topics in their order. No query for a prefetched profile."""
    if profile.pk is None:
        return ()
    known = topics()
    return tuple(
        known[row.topic].name[language]
        for row in profile.topics.all()
        if row.kind == kind and row.topic in known
    )


def languages_in_words(profile: Profile, language: str) -> tuple[str, ...]:
    """ "Deutsch", "Englisch (für ein Gespräch)". No query for a prefetched profile."""
    if profile.pk is None:
        return ()
    words = {LanguageLevel.FLUENT: "%s", LanguageLevel.CONVERSATION: gettext("%s (conversation)")}
    return tuple(
        words[LanguageLevel(row.level)] % language_name(row.code, language)
        for row in profile.languages.all()
    )


def week_in_words(profile: Profile) -> tuple[str, ...]:
    """ "Tuesday: morning, evening (some hours)", one line a day with free time."""
    mask = mask_from_hex(profile.week)
    cells, partial = set(cells_from_mask(mask)), set(partial_cells(mask))
    some_hours, lines = gettext("%s (some hours)"), []
    for day, (_short, name) in enumerate(DAYS):
        parts = []
        for part in range(len(PARTS)):
            cell = day * len(PARTS) + part
            if cell in cells:
                name_of_part = str(PART_NAMES[part])
                parts.append(some_hours % name_of_part if cell in partial else name_of_part)
        if parts:
            lines.append(f"{name}: {', '.join(parts)}")
    return tuple(lines)


def sections(profile: Profile, language: str, roles: frozenset[str]) -> list[Section]:
    """The whole profile in words, in the order of the steps. No query for a prefetched profile.

    Topics of a role the person doesn't have are left out while they are empty.
    """
    wanted = topic_names(profile, TopicKind.WANTED, language)
    offered = topic_names(profile, TopicKind.OFFERED, language)
    spoken = languages_in_words(profile, language)
    answered = len(profile.values_answers.keys() & questionnaire().items.keys())
    words = vocabulary()
    function = words.functions.words.get(profile.function)
    industry = words.industries.words.get(profile.industry)
    about = [
        profile.position,
        function.name[language] if function else "",
        industry.name[language] if industry else "",
    ]
    years = profile.experience_years
    experience = () if years is None else (_years(float(years)),)
    times = week_in_words(profile)
    zone = _("Times in %(zone)s") % {"zone": profile.user.zone_name}
    team = [profile.team, profile.reports_to_email]
    found = [
        Section("about", _("About me"), _full(about), EVERYBODY_MATCHED, bool(_full(about))),
        Section(
            "wanted",
            _("What I want to work on"),
            wanted,
            EVERYBODY_MATCHED,
            bool(wanted),
            _("Topics count most when a mentor is looked for."),
        ),
        Section(
            "offered",
            _("What I can help with"),
            offered,
            EVERYBODY_MATCHED,
            bool(offered),
            _("Topics count most when mentees are looked for."),
        ),
        Section(
            "experience",
            _("Languages and experience"),
            (*((", ".join(spoken),) if spoken else ()), *experience),
            EVERYBODY_MATCHED,
            bool(spoken),
            _("Two people need a language in common."),
        ),
        Section(
            "values-1",
            _("How I like to work"),
            (_answered(answered),) if answered else (),
            ONLY_CLOSENESS,
            answered == len(questionnaire().items),
            _("Closeness in values tells more about a good tandem than any title."),
        ),
        Section(
            "week",
            _("When I have time"),
            (*times, *((zone,) if times else ())),
            ONLY_COMMON,
            bool(times),
            _("Without times nobody can see whether you two can meet."),
        ),
        Section(
            "place",
            _("Format and place"),
            _full([str(MeetingFormat(profile.meeting_format).label), profile.site]),
            EVERYBODY_MATCHED,
            True,
        ),
        Section("team", _("Team and line manager"), _full(team), COORDINATION, any(team)),
        Section(
            "text",
            _("In my own words"),
            _full([profile.about]),
            EVERYBODY_MATCHED,
            bool(profile.about),
        ),
    ]
    unneeded = {"wanted": "mentee", "offered": "mentor"}
    return [
        section
        for section in found
        if section.is_done or not roles or unneeded.get(section.key, "") in {"", *roles}
    ]


def _full(parts: list[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


def _years(years: float) -> Text:
    shown = localize(int(years) if years == int(years) else years)
    text = ngettext("%(years)s year of experience", "%(years)s years of experience", int(years))
    return text % {"years": shown}


def _answered(count: int) -> Text:
    return gettext("%(count)d of %(all)d statements answered") % {
        "count": count,
        "all": len(questionnaire().items),
    }
