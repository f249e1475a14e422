"""A tandem's whole life in any order: what people do, what the clock does, what always holds."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db.models import Count, Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.models import Block
from tandemwerk.people.services.blocks import block_lift
from tandemwerk.rooms.enums import NoteKind, ReviewOccasion
from tandemwerk.rooms.models import Agreement, Review, RoomKey, content_models
from tandemwerk.rooms.selectors.notes import notes_of, notes_read
from tandemwerk.rooms.selectors.reviews import reviews_read
from tandemwerk.rooms.selectors.room import Room, room_keys, room_of, rooms_visible_to
from tandemwerk.rooms.selectors.search import room_find
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.agreement import agreement_propose, agreement_sign
from tandemwerk.rooms.services.closing import closing_words
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.rooms.services.notes import note_add, note_write
from tandemwerk.rooms.services.reviews import review_answer, review_begin
from tandemwerk.rooms.services.shredding import removed_purge, rooms_over, rooms_shred
from tandemwerk.rooms.services.writing import row_remove
from tandemwerk.tandems.enums import CheckInAnswer, HelpTopic, JoiningState, TandemState
from tandemwerk.tandems.jobs import close_due, expire_due
from tandemwerk.tandems.journey.states import TABLE
from tandemwerk.tandems.models import Joining, Tandem, TandemMember
from tandemwerk.tandems.selectors.joining import candidates_for, joinings_for
from tandemwerk.tandems.selectors.mine import OPEN
from tandemwerk.tandems.selectors.signals import RUNNING
from tandemwerk.tandems.selectors.visible import room_day, tandems_visible_to
from tandemwerk.tandems.services.blocking import tandem_block
from tandemwerk.tandems.services.check_ins import check_in_answer
from tandemwerk.tandems.services.closing import closing_begin, closing_confirm, closing_take_back
from tandemwerk.tandems.services.help import help_ask
from tandemwerk.tandems.services.joining import (
    joining_accept,
    joining_decline,
    joining_propose,
    joinings_expire,
)
from tandemwerk.tandems.services.nudges import nudges_send
from tandemwerk.tandems.services.pausing import tandem_pause, tandem_resume
from tandemwerk.tandems.services.reminders import reminders_send
from tests.factories.programmes import ParticipationFactory
from tests.integration.rooms.life import MEANT, SIDE, WHICH, Life, after_news

CANARY = "Kanarienvogel"  # begins everything that is written in rooms here
WAYS = {(str(before), str(step.to)) for (before, _act), step in TABLE.items()}
READABLE = {TandemState.ACTIVE, TandemState.CLOSING, TandemState.CLOSED, TandemState.DISSOLVED}
A_WEEK = timedelta(days=7)


WRITING = {"note", "note_changes", "agreement", "look_back", "last_words"}


class WholeLife(Life):
    """With the room, signals, pauses, further members, blocks, the end and what comes after it.

    Everything goes through the doors that pages have: `tandems_visible_to`, `rooms_visible_to`,
    `joinings_for`. Some rooms stay open, as in a page that somebody opened long ago.
    """

    seen: ClassVar[Counter[str]] = Counter()  # what really happened, in all lives

    def __init__(self) -> None:
        super().__init__()
        third = ParticipationFactory(cohort=self.cohort, role="mentor")
        self.everybody = [p.user for p in (self.mentor, third, *self.mentees)]
        self.number = 0
        self.private: dict[str, int] = {}  # words of a private note: whose they are
        self.held: list[Room] = []
        self.reminded: dict[str, Any] = {}
        self.mails_seen = 0

    @initialize(seats=st.sampled_from([1, 2, 0]))
    def most_begin_with_a_tandem(self, seats: int) -> None:
        self.change_seats(max(seats, 1))
        for which in range(seats):
            self.begin(which)
            for side in ("mentee", "mentor"):
                self.note(which, side, 1)  # a private one

    # The room ------------------------------------------------------------------------------------

    def words(self) -> str:
        self.number += 1
        return f"{CANARY}{self.number:03d}x"

    def room(self, which: int, side: str) -> Room | None:
        """The room as one of the tandem has it open, who left included; None if it is closed."""
        people = TandemMember.objects.filter(role=side, tandem__activated_at__isnull=False)
        if not (members := list(people.order_by("pk").select_related("user"))):
            return None
        member = members[which % len(members)]
        found = rooms_visible_to(member.user, self.now).filter(pk=member.tandem_id).first()
        return found and room_of(found, member.user)

    def write(self, room: Room | None, service: Callable[..., Any], **more: Any) -> Any:
        """Write if the door is open; that works only while the tandem runs for the writer."""
        if room is None:
            return None
        may = TandemMember.objects.filter(
            pk=room.me.pk, left_at=None, tandem__state__in=("active", "closing")
        ).exists()
        done = self.attempt(lambda: service(room=room, now=self.now, **more))
        assert may or done is None, "written where nobody writes any more"
        self.seen[f"{service.__name__} {'done' if may else 'refused'}"] += 1
        return done

    @rule(which=WHICH, side=SIDE, number=WHICH, what=st.sampled_from(sorted(WRITING)))
    def write_something(self, which: int, side: str, number: int, what: str) -> None:
        getattr(self, what)(which, side, number)

    def note(self, which: int, side: str, number: int) -> None:
        kind = NoteKind.PRIVATE if number % 2 else NoteKind.SHARED
        room, text = self.room(which, side), self.words()
        made = self.write(room, note_add, text=text, kind=kind)
        if room is not None and made is not None and kind == NoteKind.PRIVATE:
            self.private[text] = room.me.user_id

    def note_changes(self, which: int, side: str, number: int) -> None:
        room, text = self.room(which, side), self.words()
        note = None if room is None else notes_of(room).order_by("pk").first()
        if room is None or note is None:
            return
        if number == 0:
            self.write(room, row_remove, row=note)
            return
        done = self.write(room, note_write, note=note, title="", text=text)
        if done is not None and note.kind == NoteKind.PRIVATE:
            self.private[text] = room.me.user_id

    @rule(which=WHICH, side=SIDE)
    def leave_a_page_open(self, which: int, side: str) -> None:
        room = self.room(which, side)
        if room is not None:
            self.held.append(room)

    @precondition(lambda self: self.held)
    @rule(number=WHICH, is_goal=st.booleans())
    def write_late(self, number: int, is_goal: bool) -> None:
        room, text = self.held[number % len(self.held)], self.words()
        if is_goal:
            self.write(room, goal_add, words=GoalWords(title=text))
        else:
            self.write(room, action_item_add, text=text)

    def agreement(self, which: int, side: str, number: int) -> None:
        """Sign what is proposed, or propose something."""
        room, text = self.room(which, side), self.words()
        rows = list(room.rows(Agreement).order_by("-number")) if room else []
        if rows and number < 4:
            self.write(room, agreement_sign, agreement=rows[number // 3 % len(rows)])
        else:
            self.write(room, agreement_propose, text=text, filled={})

    def look_back(self, which: int, side: str, _number: int) -> None:
        room, text = self.room(which, side), self.words()
        row = room.rows(Review).order_by("-created_at").first() if room else None
        if row is None:
            self.write(room, review_begin, occasion=ReviewOccasion.BETWEEN, questions=[text])
        else:
            self.write(room, review_answer, review=row, answers=[text], is_finished=True)

    def last_words(self, which: int, side: str, _number: int) -> None:
        self.write(self.room(which, side), closing_words, thanks=self.words(), stays="")

    # Signals, pauses, further people -----------------------------------------------------------

    @rule(which=WHICH, side=SIDE, number=WHICH)
    def tell(self, which: int, side: str, number: int) -> None:
        """Help, a check-in, a pause or its end."""
        if number == 0:
            self.act(help_ask, which, side, topics=[HelpTopic.TALK], words="Bitte")
        elif number == 1:
            self.act(tandem_resume, which, side)
        elif number < 4:
            answer = list(CheckInAnswer)[number % 2]
            self.act(check_in_answer, which, side, key="first-month-check", answer=answer)
        else:
            until = (self.now + timedelta(days=(-1, 20)[number - 4])).date()
            self.act(tandem_pause, which, side, until=until)

    @rule(which=WHICH, number=WHICH)
    def ask_to_join(self, which: int, number: int) -> None:
        tandem, _user = self.choose(which, "mentee")
        people = list(candidates_for(tandem))
        if people:
            new = people[number % len(people)]
            self.attempt(lambda: joining_propose(
                tandem=tandem, participation=new, by=self.coordinator, now=self.now))  # fmt: skip

    @rule(number=WHICH, is_yes=st.integers(0, 4))
    def answer_joining(self, number: int, is_yes: int) -> None:
        """Mostly everybody says yes; else one says no."""
        for turn in range(len(self.everybody)):
            user = self.everybody[(number + turn) % len(self.everybody)]
            for joining in joinings_for(user):
                service = joining_accept if is_yes else joining_decline
                self.attempt(lambda: service(joining=joining, by=user, now=self.now))  # noqa: B023

    # Blocks and ends ---------------------------------------------------------------------------

    @rule(which=WHICH, side=SIDE, number=WHICH, is_meant=MEANT)
    def block_somebody(self, which: int, side: str, number: int, is_meant: bool) -> None:
        if not is_meant:
            return
        tandem, user = self.choose(which, side)
        others = [m.user for m in tandem.members.all() if m.user != user and m.left_at is None]
        if others:
            whom = others[number % len(others)]
            self.act(tandem_block, which, side, whom=whom)

    @precondition(lambda self: Block.objects.exists())
    @rule()
    def take_block_back(self) -> None:
        block_lift(block=Block.objects.order_by("pk")[0])

    @rule(which=WHICH, side=SIDE, number=WHICH)
    def end_as_planned(self, which: int, side: str, number: int) -> None:
        """One begins it, takes it back or confirms it; or both go all the way."""
        if number in {0, 4, 5}:
            self.act(closing_begin, which, side)
        if number == 1:
            self.act(closing_take_back, which, side)
        if number > 1:
            self.act(closing_confirm, which, side)
        if number > 3:
            self.act(closing_confirm, which, "mentee" if side == "mentor" else "mentor")

    @rule(days=st.sampled_from([20, 45, 95]))
    def much_time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.clock_runs()

    @rule()
    def clock_runs(self) -> None:
        """As the hourly jobs do it; run twice nothing more happens."""
        before = self.states()
        for turn in range(2):
            done = [expire_due(self.now), close_due(self.now), joinings_expire(self.now)]
            done += [reminders_send(now=self.now), nudges_send(now=self.now)]
            done += [rooms_shred(self.now), removed_purge(self.now)]
            self.seen["reminded"] += not turn and bool(done[3] + done[4])
        assert not any(done), "running twice changes nothing more"
        assert not rooms_over(self.now).exists()
        self.seen["shredded"] += self.tandems().filter(shredded_at=self.now).exists()
        self.transitions(before)
        self.news += 1

    # How an act is tried -----------------------------------------------------------------------

    def act(self, service: Callable[..., Any], which: int, side: str, **more: Any) -> None:
        """Through the door of the tandem's pages."""
        tandem, user = self.choose(which, side)
        if tandems_visible_to(user).filter(pk=tandem.pk).exists():
            self.seen[service.__name__] += 1
            super().act(service, which, side, **more)

    def attempt(self, act: Callable[[], Any]) -> Any:
        before = self.states()
        done = super().attempt(act)
        self.transitions(before)
        return done

    def states(self) -> dict[int, tuple[str, int]]:
        """State and number of people, by tandem."""
        rows = self.tandems().annotate(people=Count("members"))
        return {pk: (state, people) for pk, state, people in rows.values_list(
            "pk", "state", "people")}  # fmt: skip

    def transitions(self, before: dict[int, tuple[str, int]]) -> None:
        """Every tandem went one documented step at most, and nobody entered one that had ended."""
        for pk, (state, people) in self.states().items():
            was, there = before.get(pk, (state, people))
            assert was == state or (was, state) in WAYS, (was, state)
            assert people == there or state in RUNNING, "joined after the end"
            self.seen[state] += was != state
            self.seen["joined"] += people > there

    # What always holds ---------------------------------------------------------------------------

    @invariant()
    @after_news
    def exactly_the_members_have_an_open_door(self) -> None:
        for user in (*self.everybody, *self.outside):
            open_to = {
                member.tandem_id
                for member in TandemMember.objects.filter(user=user, left_at=None).select_related(
                    "tandem"
                )
                if self.is_readable(member.tandem)
            }
            seen = set(rooms_visible_to(user, self.now).values_list("pk", flat=True))
            assert seen == open_to

    def is_readable(self, tandem: Tandem) -> bool:
        if tandem.activated_at is None or tandem.shredded_at or tandem.state not in READABLE:
            return False
        return tandem.readable_until is None or room_day(self.now) <= tandem.readable_until

    @invariant()
    @after_news
    def private_notes_stay_with_their_writer(self) -> None:
        if not self.private:
            return
        for user in self.everybody:
            for tandem in rooms_visible_to(user, self.now):
                room = room_of(tandem, user)
                said = " ".join(note.text for note in notes_read(room))
                said += " ".join(hit.found + hit.after for hit in room_find(room, CANARY))
                foreign = [text for text, owner in self.private.items() if owner != user.pk]
                assert not [text for text in foreign if text in said]
                reviews_read(room)

    @invariant()
    @after_news
    def of_a_shredded_room_nothing_is_left(self) -> None:
        gone = self.tandems().filter(shredded_at__isnull=False)
        assert not RoomKey.objects.filter(tandem__in=gone).exists()
        for model in content_models():
            assert not model._base_manager.filter(tandem__in=gone).exists(), model
        assert all(room_keys(tandem) == {} for tandem in gone)

    @invariant()
    @after_news
    def who_blocked_shares_nothing_open(self) -> None:
        for block in Block.objects.all():
            pair = Q(user=block.blocker) | Q(user=block.blocked)
            present = TandemMember.objects.filter(pair, left_at=None, tandem__state__in=OPEN)
            tandems = list(present.values_list("tandem", flat=True))
            assert len(tandems) == len(set(tandems))
            for new, there in ((block.blocker, block.blocked), (block.blocked, block.blocker)):
                asked = Joining.objects.filter(state=JoiningState.OPEN, participation__user=new)
                assert not asked.filter(
                    tandem__in=TandemMember.objects.filter(user=there, left_at=None).values(
                        "tandem"
                    )
                ).exists()

    @invariant()
    @after_news
    def mails_are_rare_and_say_nothing_of_the_room(self) -> None:
        new = OutboxMail.objects.filter(pk__gt=self.mails_seen).order_by("pk")
        for mail in new:
            self.mails_seen = mail.pk
            assert CANARY not in mail.subject + mail.text + mail.html
            if mail.kind in {"tandem_reminder", "tandem_nudge"}:
                last = self.reminded.get(mail.to)
                assert last is None or mail.created_at - last >= A_WEEK
                self.reminded[mail.to] = mail.created_at


CALM = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": True,  # a red run must stay red
    "database": None,
}


def lives(examples: int, steps: int) -> Counter[str]:
    """Live that many lives of that many steps at most; returns what happened how often."""
    WholeLife.seen.clear()
    how = settings(max_examples=examples, stateful_step_count=steps, **CALM)
    run_state_machine_as_test(WholeLife, settings=how)
    return +WholeLife.seen  # without what happened never


@pytest.mark.django_db
def test_a_life_in_any_order():
    seen = lives(4, 25)
    assert seen["active"]
    assert any(what.endswith(" done") for what in seen), "nobody wrote anything"


@pytest.mark.slow
@pytest.mark.django_db
def test_many_long_lives_in_any_order():
    seen = lives(150, 60)
    assert {"closing", "closed", "shredded", "reminded", "dissolved", "declined"} <= seen.keys()
    assert {"note_add done", "goal_add refused", "agreement_sign done", "joined"} <= seen.keys()
    assert {"tandem_block", "tandem_pause", "check_in_answer", "help_ask"} <= seen.keys()
