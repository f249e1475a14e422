import os
import select
import signal
import time
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.models import Profile, ProfileTopic, User
from tandemwerk.people.services.profile import ProfileValues, profile_apply
from tandemwerk.programmes.enums import ImportState, Role, RowOutcome
from tandemwerk.programmes.errors import (
    ImportColumnMissing,
    ImportColumnTwice,
    ImportHasErrors,
    ImportNothingToDo,
    ImportNotReady,
)
from tandemwerk.programmes.jobs import import_apply, import_check, invitations_send
from tandemwerk.programmes.models import ImportBatch, ImportRow, Invitation, Participation
from tandemwerk.programmes.selectors.imports import import_counts
from tandemwerk.programmes.services.imports import (
    import_discard,
    import_map,
    import_take_over,
    import_upload,
)
from tests.factories.people import ProfileFactory, UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory
from tests.integration.programmes.lists import mentors_csv

NOW = datetime(2026, 8, 20, 9, tzinfo=UTC)


@pytest.fixture
def coordinator(db):
    return CoordinatorFactory(programme__default_seats=2)


@pytest.fixture
def cohort(coordinator):
    return CohortFactory(programme=coordinator.programme)


def upload(cohort, data, role=Role.MENTOR, **changes):
    by = cohort.programme.coordinators.get().user
    given = {"file_name": "list.csv", "locale": "de", "send_invitations": False} | changes
    return import_upload(cohort=cohort, role=role, data=data, by=by, now=NOW, **given)


def check(batch, mapping=None):
    mapping = mapping or {int(index): key for index, key in batch.mapping.items()}
    import_map(batch=batch, mapping=mapping, by=batch.created_by, now=NOW)
    import_check.func(batch_pk=batch.pk)
    batch.refresh_from_db()
    return batch


def take_over(batch, leave_errors=False):
    import_take_over(batch=batch, leave_errors=leave_errors, by=batch.created_by, now=NOW)
    import_apply.func(batch_pk=batch.pk)
    batch.refresh_from_db()
    return batch


def counts(batch):
    return {str(outcome): count for outcome, count in import_counts(batch).items() if count}


def test_a_list_becomes_people(cohort):
    batch = check(upload(cohort, mentors_csv(3)))
    assert (batch.state, batch.rows_done, counts(batch)) == ("checked", 3, {"new": 3})
    assert not Participation.objects.exists()
    take_over(batch)
    assert batch.state == ImportState.DONE
    person = Participation.objects.select_related("user__profile").get(
        user__email="person2@list.example"
    )
    assert (person.role, person.state, person.seats) == ("mentor", "invited", 3)
    assert person.import_batch == batch
    user = person.user
    assert (user.given_name, user.family_name, user.locale) == ("Aylin 2", "Hofmann", "de")
    assert not user.has_usable_password()
    assert user.profile.function == "finance"
    assert user.profile.topics.get().kind == "offered"
    assert sorted(user.profile.languages.values_list("code", flat=True)) == ["de", "en"]
    acts = list(AuditEntry.objects.order_by("pk").values_list("action", "details"))
    assert acts[-1] == ("import.apply", {"people": 3, "participations": 3, "updated": 0})


def test_places_default_to_the_programmes(cohort):
    take_over(check(upload(cohort, b"E-Mail;Name\na@x.example;Ada Beck\n")))
    assert Participation.objects.get().seats == 2


def test_without_a_mail_address_there_is_no_import(cohort):
    batch = upload(cohort, b"Vorname;Nachname\nAda;Beck\n")
    with pytest.raises(ImportColumnMissing):
        check(batch)


def test_one_column_for_each_thing_but_several_for_topics(cohort):
    batch = upload(cohort, b"a;b;c;d\nada@x.example;Beck;Verhandeln;Konflikte\n")
    with pytest.raises(ImportColumnTwice):
        check(batch, {0: "email", 1: "last_name", 2: "last_name"})
    check(batch, {0: "email", 1: "last_name", 2: "topics", 3: "topics"})
    assert batch.state == ImportState.CHECKED


def test_columns_may_be_chosen_again(cohort):
    batch = upload(cohort, b"a;b\nada@x.example;Beck\n")
    check(batch, {0: "last_name", 1: "email"})
    assert counts(batch) == {"error": 1}
    check(batch, {0: "email", 1: "last_name"})
    assert counts(batch) == {"new": 1}


def test_rows_with_errors_stay_behind_only_if_somebody_says_so(cohort):
    data = mentors_csv(2) + b"\r\nwrong;Ada;Beck;;;;;;;\r\n"
    batch = check(upload(cohort, data))
    assert counts(batch) == {"new": 2, "error": 1}
    with pytest.raises(ImportHasErrors):
        take_over(batch)
    take_over(batch, leave_errors=True)
    assert Participation.objects.count() == 2


def test_nothing_to_take_over(cohort):
    batch = check(upload(cohort, b"E-Mail;Name\nwrong;Ada Beck\n"))
    with pytest.raises(ImportNothingToDo):
        take_over(batch, leave_errors=True)


def test_the_same_address_twice_is_an_error_of_the_second_row(cohort):
    data = b"E-Mail;Name\nada@x.example;Ada Beck\nADA@x.example;Ada Beck\n"
    batch = check(upload(cohort, data))
    second = batch.rows.get(number=3)
    assert second.errors == [{"field": "email", "code": "email_twice", "params": {"row": 2}}]


def test_the_same_name_with_another_address_is_a_warning(cohort):
    ParticipationFactory(
        cohort=cohort,
        joined_at=NOW,
        user=ProfileFactory(user__given_name="Ada", user__family_name="Beck").user,
    )
    data = b"E-Mail;Name\nada@x.example;Ada Beck\nbo@x.example;Bo Li\nbo2@x.example;Bo Li\n"
    batch = check(upload(cohort, data))
    warned = [row.number for row in batch.rows.all() if row.warnings]
    assert warned == [2, 4]
    assert counts(batch) == {"new": 3}


def test_importing_again_changes_nothing(cohort):
    take_over(check(upload(cohort, mentors_csv(5))))
    batch = check(upload(cohort, mentors_csv(5)))
    assert counts(batch) == {"unchanged": 5}
    before = Profile.objects.order_by("pk").values_list("updated_at", flat=True)[0]
    take_over(batch)
    assert Participation.objects.count() == User.objects.exclude(pk=batch.created_by_id).count()
    assert Profile.objects.order_by("pk").values_list("updated_at", flat=True)[0] == before


def test_a_corrected_list_updates_people_without_an_account(cohort):
    take_over(check(upload(cohort, mentors_csv(2))))
    changed = mentors_csv(2).decode().replace("Leitung 1;", "Werkleitung;").replace(";2\r", ";4\r")
    changed = changed.removesuffix(";2") + ";4"
    batch = check(upload(cohort, changed.encode()))
    assert counts(batch) == {"unchanged": 1, "update": 1}
    take_over(batch)
    person = Participation.objects.select_related("user__profile").get(
        user__email="person1@list.example"
    )
    assert (person.user.profile.position, person.seats) == ("Werkleitung", 4)


def test_people_with_an_account_keep_what_is_theirs(cohort):
    user = ProfileFactory(
        user__email="person0@list.example",
        user__given_name="Leni",
        user__last_login=NOW,
        position="Chefin",
    ).user
    ParticipationFactory(cohort=cohort, user=user, role="mentor", seats=1, joined_at=NOW)
    batch = check(upload(cohort, mentors_csv(1)))
    assert counts(batch) == {"update": 1}
    take_over(batch)
    user.refresh_from_db()
    assert user.given_name == "Leni"
    profile = user.profile
    assert profile.position == "Chefin"
    assert profile.team == "Team 0"
    assert not profile.topics.exists()


def test_an_import_does_not_spy_on_accounts_of_other_organisations(cohort):
    stranger = ProfileFactory(user__email="person0@list.example", position="").user
    ParticipationFactory(user=stranger, role="mentee")
    batch = check(upload(cohort, mentors_csv(1)))
    assert counts(batch) == {"new": 1}
    take_over(batch)
    stranger.refresh_from_db()
    assert stranger.given_name != "Lena 0"
    assert Participation.objects.filter(user=stranger, cohort=cohort).exists()


def test_somebody_of_the_same_organisation_is_recognised(cohort):
    other = CohortFactory(programme__organisation=cohort.programme.organisation)
    user = ProfileFactory(user__email="person0@list.example").user
    ParticipationFactory(cohort=other, user=user)
    assert counts(check(upload(cohort, mentors_csv(1)))) == {"known": 1}


def test_a_mentee_may_be_a_mentor_too(cohort):
    user = ProfileFactory(user__email="person0@list.example").user
    ParticipationFactory(cohort=cohort, user=user, role="mentee")
    take_over(check(upload(cohort, mentors_csv(1))))
    assert sorted(user.participations.values_list("role", flat=True)) == ["mentee", "mentor"]


def test_whoever_left_stays_away(cohort):
    take_over(check(upload(cohort, mentors_csv(1))))
    Participation.objects.update(state="withdrawn")
    batch = check(upload(cohort, mentors_csv(1)))
    assert batch.rows.get().warnings[0]["code"] == "is_withdrawn"
    take_over(batch)
    assert Participation.objects.get().state == "withdrawn"


def test_places_never_fall_below_what_is_taken(cohort):
    take_over(check(upload(cohort, mentors_csv(3))))
    Participation.objects.filter(user__email="person2@list.example").update(seats_taken=3)
    data = b"E-Mail;Name;Pl\xc3\xa4tze\nperson2@list.example;Aylin 2 Hofmann;1\n"
    batch = check(upload(cohort, data))
    assert batch.rows.get().errors[0]["code"] == "seats_below_taken"


def test_places_taken_since_the_check_win(cohort):
    take_over(check(upload(cohort, mentors_csv(3))))
    data = b"E-Mail;Name;Pl\xc3\xa4tze\nperson2@list.example;Aylin 2 Hofmann;1\n"
    batch = check(upload(cohort, data))
    Participation.objects.filter(user__email="person2@list.example").update(seats_taken=3)
    take_over(batch)
    person = Participation.objects.get(user__email="person2@list.example")
    assert (batch.state, person.seats) == ("done", 3)


def test_jobs_may_run_twice(cohort):
    batch = check(upload(cohort, mentors_csv(3), send_invitations=True))
    import_check.func(batch_pk=batch.pk)
    take_over(batch)
    import_apply.func(batch_pk=batch.pk)
    for _time in range(2):
        invitations_send.func(cohort_pk=cohort.pk, batch_pk=batch.pk, by_pk=batch.created_by_id)
    assert Participation.objects.count() == 3
    assert OutboxMail.objects.count() == Invitation.objects.count() == 3
    assert AuditEntry.objects.filter(action="import.apply").count() == 1


def test_somebody_added_since_the_check_is_not_doubled(cohort):
    batch = check(upload(cohort, mentors_csv(2)))
    user = UserFactory(email="person1@list.example")
    ParticipationFactory(cohort=cohort, user=user, role="mentor")
    take_over(batch)
    assert Participation.objects.count() == 2
    assert User.objects.filter(email=user.email).count() == 1


def test_a_list_that_moved_on_is_left_alone(cohort):
    batch = check(upload(cohort, mentors_csv(1)))
    take_over(batch)
    for act in (import_map, import_take_over):
        extra = {"mapping": {0: "email"}} if act is import_map else {"leave_errors": True}
        with pytest.raises((ImportNotReady, ImportNothingToDo)):
            act(batch=batch, by=batch.created_by, now=NOW, **extra)
    with pytest.raises(ImportNotReady):
        import_discard(batch=batch, by=batch.created_by, now=NOW)


def test_a_list_can_be_thrown_away_before(cohort):
    batch = check(upload(cohort, mentors_csv(1)))
    import_discard(batch=batch, by=batch.created_by, now=NOW)
    assert not ImportBatch.objects.exists()
    assert not ImportRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_middle_changes_nothing():
    coordinator = CoordinatorFactory()
    batch = check(upload(CohortFactory(programme=coordinator.programme), mentors_csv(1200)))
    # The last chunk breaks when its profiles are written; two chunks have gone through by then.
    row = batch.rows.get(number=1150)
    row.values["topics"] = ["no-such-topic"]
    row.save()
    import_take_over(batch=batch, leave_errors=False, by=batch.created_by, now=NOW)
    call_command("worker", batch=True)
    batch.refresh_from_db()
    assert (batch.state, batch.error_code) == ("failed", "import_failed")
    assert not Participation.objects.exists()
    assert User.objects.count() == 1
    assert not ProfileTopic.objects.exists()
    # Corrected, the same list goes through.
    check(batch)
    assert take_over(batch).state == ImportState.DONE
    assert Participation.objects.count() == 1200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", ["people_user", "people_profile", "programmes_participation"])
def test_a_killed_worker_leaves_nothing_and_the_next_one_finishes(at):
    coordinator = CoordinatorFactory()
    batch = check(upload(CohortFactory(programme=coordinator.programme), mentors_csv(700)))
    import_take_over(batch=batch, leave_errors=False, by=batch.created_by, now=NOW)
    kill_in_the_middle(batch.pk, at)
    batch.refresh_from_db()
    assert batch.state == ImportState.APPLYING
    assert (Participation.objects.count(), User.objects.count()) == (0, 1)
    import_apply.func(batch_pk=batch.pk)
    assert (Participation.objects.count(), User.objects.count()) == (700, 701)


def kill_in_the_middle(batch_pk, table):
    """Take over in a process of its own; kill -9 once it has begun to fill the table again."""
    connection.close()
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        _work_until_killed(batch_pk, table, writes)
    os.close(writes)
    ready, _w, _x = select.select([reads], [], [], 60)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert ready, "the worker never came to the middle"
    assert os.read(reads, 1) == b"x"
    os.close(reads)


def _work_until_killed(batch_pk, table, writes):
    seen = []

    def watch(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith(f'INSERT INTO "{table}"'):
            seen.append(sql)
            if len(seen) == 2:
                os.write(writes, b"x")
                time.sleep(120)  # waits for its own end
        return result

    with connection.execute_wrapper(watch):
        import_apply.func(batch_pk=batch_pk)
    os._exit(1)


@pytest.mark.parametrize("count", [1, 3])
def test_check_and_take_over_cost_a_fixed_number_of_queries(
    cohort, count, django_assert_max_num_queries
):
    batch = upload(cohort, mentors_csv(count))
    mapping = {int(index): key for index, key in batch.mapping.items()}
    import_map(batch=batch, mapping=mapping, by=batch.created_by, now=NOW)
    with django_assert_max_num_queries(13):
        import_check.func(batch_pk=batch.pk)
    batch.refresh_from_db()
    import_take_over(batch=batch, leave_errors=False, by=batch.created_by, now=NOW)
    with django_assert_max_num_queries(24):
        import_apply.func(batch_pk=batch.pk)


def test_a_known_persons_profile_counts_as_it_is_written(cohort):
    """The comparison knows every field that an import writes."""
    take_over(check(upload(cohort, mentors_csv(1))))
    user = User.objects.get(email="person0@list.example")
    profile_apply(user=user, values=ProfileValues(site="Kiel", about="Moin"), now=NOW)
    data = (
        "E-Mail;Nachname;Standort;Text;Format;Verfügbarkeit;Branche;Führungskraft\n"
        "person0@list.example;Hofmann;Kiel;Moin;online;Di 14-18;Chemie;boss@x.example\n"
    ).encode()
    batch = check(upload(cohort, data))
    assert counts(batch) == {"update": 1}
    take_over(batch)
    profile = Profile.objects.get(user=user)
    assert profile.reports_to_email == "boss@x.example"
    assert profile.meeting_format == "online"
    assert profile.week
    assert counts(check(upload(cohort, data))) == {"unchanged": 1}


def test_outcomes_fit_their_column():
    assert max(map(len, RowOutcome.values)) <= 10
