"""The board as the templates of `ui/board` want it: rows, summary, tools, the run as a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tandemwerk.pairing.enums import MoveKind, Objective, RuleKind, RunState
from tandemwerk.pairing.models import BoardMove, MatchRun, Suggestion
from tandemwerk.pairing.plans import Board as Plans
from tandemwerk.pairing.selectors.pool import POOL_STATES, participations_incomplete
from tandemwerk.pairing.selectors.state import Loaded, board_load
from tandemwerk.pairing.words import SAME, fit_of, points, texts, unmatched_help, unmatched_text
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.ui import board as shapes

BINS = 16  # of the histogram, from BINS_FROM to 1.0
BINS_FROM = 0.2
WORST_SHOWN = 5
LEFT_OUT_SHOWN = 100
# Differences that are worth a look, in short; the detail says them in full.
WATCHED: Mapping[str, Promise] = {
    "availability_none": gettext_lazy("No common free hour"),
    "availability_little": gettext_lazy("Few common free hours"),
    "experience_behind": gettext_lazy("Less experience than the mentee"),
    "topics_none": gettext_lazy("No shared topic"),
}
WISHES = {"wish_both", "wish_mentee", "wish_mentor"}


@dataclass(frozen=True)
class BoardRead:
    """One reading of a run's board; everything the page shows is made from it without a query.

    undo, redo: the changes that come next, or None.
    """

    run: MatchRun
    loaded: Loaded
    undo: BoardMove | None
    redo: BoardMove | None

    @property
    def plans(self) -> Plans:
        return self.loaded.board

    @property
    def is_open(self) -> bool:
        return self.run.state == RunState.READY

    @cached_property
    def by_suggestion(self) -> dict[int, Suggestion]:
        return {line.pk: line for line in self.loaded.lines.values()}

    @cached_property
    def pairs(self) -> list[Suggestion]:
        """Lines with a mentor, weakest first."""
        paired = (line for line in self.loaded.lines.values() if line.mentor_id is not None)
        return sorted(paired, key=lambda line: (line.score or 0, line.pk))

    def rows(self, lines: Sequence[Suggestion]) -> list[shapes.PairRow]:
        """These pairs as rows. One query if their reasons were not read yet."""
        self.loaded.say(lines)
        return [self.row(line) for line in lines]

    def fits_of(self, mentee: int) -> dict[int, float]:
        """Fit with every mentor still there; -1 where a rule forbids the pair."""
        fits = self.plans.fits[self.plans.rows[mentee]]
        columns = self.plans.columns
        return {
            pk: -1.0 if (fit := float(fits[columns[pk]])) != fit else fit  # NaN: not allowed
            for pk in self.loaded.mentors
        }

    def mentee(self, line: Suggestion) -> shapes.Face:
        return face(line.mentee) if self.loaded.has_people else self._name(line.mentee_id)

    def mentor(self, pk: int) -> shapes.Face:
        return face(self.loaded.mentors[pk]) if self.loaded.has_people else self._name(pk)

    def _name(self, pk: int) -> shapes.Face:
        return shapes.Face(pk, self.plans.names[pk])

    def row(self, line: Suggestion) -> shapes.PairRow:
        """One pair; `line` has a mentor and its reasons."""
        mentor = self.mentor(line.mentor_id or 0)
        mentee = self.mentee(line)
        said = texts(line.reasons.get("reasons", ()), names=(mentee.name, mentor.name), limit=1)
        return shapes.PairRow(
            pk=line.pk,
            mentee=mentee,
            mentor=mentor,
            level=fit_of(line.score or 0).step,
            reason=said[0] if said else "",
            is_locked=line.is_locked,
            is_by_hand=line.is_by_hand,
            flags=self._flags(line),
        )

    def _flags(self, line: Suggestion) -> list[shapes.Flag]:
        flags = []
        if self.is_open:
            flags += [shapes.Flag("triangle-alert", t, "error") for t in self.troubles(line)]
        for entry in line.reasons.get("reasons", ()):
            if entry["code"] in WISHES:
                flags.append(shapes.Flag("star", _("A wish comes true"), "soft"))
        for entry in line.reasons.get("differences", ()):
            if entry["code"] in WATCHED:
                flags.append(shapes.Flag("flag", WATCHED[entry["code"]], "accent"))
        return flags

    def troubles(self, line: Suggestion) -> list[str]:
        """Why a pair could not be published as things stand now."""
        found = []
        for person in (line.mentee, self.loaded.mentors[line.mentor_id or 0]):
            if person.state not in POOL_STATES:
                found.append(_("%(name)s paused or left") % {"name": person.user.name})
        if line.mentee.state in POOL_STATES and not line.mentee.seats_free:
            name = {"name": line.mentee.user.name}
            found.append(_("%(name)s has a tandem or an open proposal by now") % name)
        mentor = line.mentor_id or 0
        seats = self.plans.seats.get(mentor, 0)
        if self.loaded.mentors[mentor].state in POOL_STATES and self.plans.load[mentor] > seats:
            name = {"name": self.plans.names[mentor]}
            found.append(_("%(name)s has fewer free places by now") % name)
        return found

    def lone(self, q: str = "") -> Sequence[Suggestion]:
        """Lines of mentees without a mentor whose name holds `q`, in board order."""
        return [
            line
            for line in self.loaded.lines.values()
            if line.mentor_id is None and _has(q, line.mentee.user.name)
        ]

    def lone_row(self, line: Suggestion) -> shapes.LoneRow:
        """A mentee without a mentor, why, and what could help."""
        return shapes.LoneRow(line.pk, self.mentee(line), why_text(line))

    def seats(self, q: str = "") -> list[shapes.SeatRow]:
        """Mentors with room whose name holds `q`, the roomiest first."""
        plans = self.plans
        free = [
            (-room, name, pk)
            for pk in self.loaded.mentors
            if (room := plans.free_seats(pk)) and _has(q, name := plans.names[pk])
        ]
        return [
            shapes.SeatRow(self.mentor(pk), -room, plans.seats[pk]) for room, _, pk in sorted(free)
        ]

    def summary(self) -> shapes.Summary:
        """The cohort at a glance."""
        paired = self.pairs
        self.loaded.say(paired[:WORST_SHOWN])  # the weakest here, and all of them in the overview
        scores = [line.score or 0.0 for line in paired]
        bins, counts = [0] * BINS, {3: 0, 2: 0, 1: 0}
        width = (1 - BINS_FROM) / BINS
        for score in scores:
            bins[max(0, min(BINS - 1, int((score - BINS_FROM) / width)))] += 1
            counts[fit_of(score).step] += 1
        free = [count for pk in self.loaded.mentors if (count := self.plans.free_seats(pk))]
        whole, is_best = whole_text(sum(scores), self.run.upper_bound or 0, len(paired), self.run)
        return shapes.Summary(
            matched=len(paired),
            mentees=len(self.loaded.lines),
            bins=[
                (fit_of(BINS_FROM + (at + 0.5) * width).step, number)
                for at, number in enumerate(bins)
            ],
            counts=counts,
            weakest=self.rows(paired[:1])[0] if paired else None,
            free_seats=sum(free),
            free_mentors=len(free),
            whole=whole,
            is_best=is_best,
            changes=sum(line.is_by_hand for line in self.loaded.lines.values()),
        )

    def tools(self) -> shapes.Tools:
        return shapes.Tools(
            undo=_("Undo: %(what)s") % {"what": self.move_text(self.undo)} if self.undo else "",
            redo=_("Redo: %(what)s") % {"what": self.move_text(self.redo)} if self.redo else "",
            version=self.run.version,
            is_published=not self.is_open,
        )

    def move_text(self, move: BoardMove) -> str:
        """What a change was, in a few words."""
        touched = [*move.after["lines"], *move.after["rules"]]
        names = [self.plans.names.get(entry["mentee"], "") for entry in touched]
        wording = {
            MoveKind.ASSIGN: _("%(name)s moved"),
            MoveKind.SWAP: _("%(name)s swapped"),
            MoveKind.UNASSIGN: _("%(name)s separated"),
            MoveKind.LOCK: _("%(name)s kept"),
            MoveKind.UNLOCK: _("%(name)s let go"),
            MoveKind.FORBID: _("%(name)s not with this mentor"),
            MoveKind.ALLOW: _("%(name)s allowed again"),
        }
        return wording[MoveKind(move.kind)] % {"name": names[0] if names else ""}

    def overview(self, absent: Sequence[shapes.Absent]) -> shapes.Overview:
        """The run as a group; `absent` as from `left_out`."""
        loads = [
            shapes.Load(self.mentor(pk), self.plans.load[pk], self.plans.seats.get(pk, 0))
            for pk in self.loaded.mentors
        ]
        return shapes.Overview(
            weakest=self.rows(self.pairs[:WORST_SHOWN]),
            loads=sorted(loads, key=lambda load: (-load.taken, load.mentor.name)),
            full=sum(load.taken >= load.seats for load in loads),
            incomplete=absent,
            notes=self._notes(),
        )

    def _notes(self) -> list[str]:
        """Locks of the cohort that this run could not keep."""
        if not self.is_open:
            return []
        return [
            _(
                "%(mentee)s and %(mentor)s could not be kept together: "
                "a rule or a place is against it."
            )
            % {"mentee": self.plans.names[mentee], "mentor": self.plans.names[mentor]}
            for (mentee, mentor), rule in self.loaded.rules.items()
            if rule.kind == RuleKind.LOCKED
            and mentee in self.plans.names
            and mentor in self.plans.names
            and self.plans.mentor_of.get(mentee) != mentor
        ]


def board_read(run: MatchRun) -> BoardRead:
    """Read the board of a calculated run. Six queries; reasons are read for what is shown."""
    moves = BoardMove.objects.filter(run=run)
    return BoardRead(
        run=run,
        loaded=board_load(run),
        undo=moves.filter(undone_at__isnull=True).order_by("-number").first(),
        redo=moves.filter(undone_at__isnull=False).order_by("number").first(),
    )


def board_glance(run: MatchRun) -> BoardRead:
    """As `board_read`, for a question about one pair: people by name only, nothing to undo.

    Five queries, and a third of the time.
    """
    return BoardRead(run=run, loaded=board_load(run, with_people=False), undo=None, redo=None)


def left_out(cohort: Cohort) -> list[shapes.Absent]:
    """The first hundred people of a cohort whose profile is incomplete. One query."""
    return [
        shapes.Absent(face(person, with_work=False), missing_text(person))
        for person in participations_incomplete(cohort)[:LEFT_OUT_SHOWN]
    ]


def filtered(
    read: BoardRead, *, q: str = "", level: str = "", flag: str = "", sort: str = ""
) -> list[Suggestion]:
    """Pairs that fit the filter, sorted as asked; unknown values change nothing.

    One query for all reasons if they are asked about: for a word or what is worth a look.
    """
    word = q.casefold().strip()
    if word or flag == "attention":
        read.loaded.say(read.pairs)
    kept = [
        line
        for line in read.pairs
        if (level not in {"1", "2", "3"} or fit_of(line.score or 0).step == int(level))
        and (flag != "locked" or line.is_locked)
        and (flag != "by_hand" or line.is_by_hand)
        and (flag != "attention" or any(mark.tone != "soft" for mark in read.row(line).flags))
        and (not word or word in _haystack(read.row(line)))
    ]
    names = read.plans.names
    if sort == "-fit":
        kept.reverse()
    elif sort == "mentee":
        kept.sort(key=lambda line: names[line.mentee_id].casefold())
    elif sort == "mentor":
        kept.sort(key=lambda line: names[line.mentor_id or 0].casefold())
    return kept


def face(person: Participation, *, with_work: bool = True) -> shapes.Face:
    """Name, and work and place below it; `with_work` needs the profile joined."""
    profile = getattr(person.user, "profile", None) if with_work else None
    sub = " · ".join(t for t in (profile.position, profile.site) if t) if profile else ""
    return shapes.Face(person.pk, person.user.name, sub)


def why_text(line: Suggestion) -> str:
    """Why somebody has no mentor and what could help, in two sentences."""
    why = unmatched_text(line.unmatched_reason, mentee=line.mentee.user.name)
    return f"{why}. {unmatched_help(line.unmatched_reason)}".strip()


def missing_text(person: Any) -> str:
    """What an incomplete profile lacks."""
    role = _("Mentee") if person.role == Role.MENTEE else _("Mentor")
    lacks = [
        text
        for text, is_there in (
            (_("no topic"), person.has_topic),
            (_("no language"), person.has_language),
        )
        if not is_there
    ]
    return f"{role}: {', '.join(lacks)}"


def whole_text(total: float, best: float, pairs: int, run: MatchRun) -> tuple[str, bool]:
    """The whole against the best the engine found possible, in words with small numbers."""
    found = sum(column >= 0 for column in run.mentor_of)
    numbers = {"now": localize(points(total)), "best": localize(points(best))}
    if pairs < found:
        fewer = ngettext(
            "%(n)d pair fewer than calculated", "%(n)d pairs fewer than calculated", found - pairs
        )
        return fewer % {"n": found - pairs}, False
    if run.objective != Objective.TOTAL:
        as_found = abs(total - (run.total or 0)) <= SAME
        name = {"objective": run.get_objective_display()} | numbers
        text = (
            _("%(objective)s, as calculated (%(now)s of %(best)s)")
            if as_found
            else _("%(objective)s, changed by hand (%(now)s of %(best)s)")
        )
        return text % name, as_found
    if total >= best - 1e-4:
        return (_("Best possible, proven") if run.proof else _("Best possible")), True
    if total >= best * 0.995:
        return _("Just below the best possible (%(now)s of %(best)s)") % numbers, False
    if total >= best * 0.97:
        return _("A little below the best possible (%(now)s of %(best)s)") % numbers, False
    return _("Clearly below the best possible (%(now)s of %(best)s)") % numbers, False


def _haystack(row: shapes.PairRow) -> str:
    return f"{row.mentee} {row.mentor} {row.reason}".casefold()


def _has(word: str, name: str) -> bool:
    return word.casefold().strip() in name.casefold()
