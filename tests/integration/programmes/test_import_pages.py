import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

import tandemwerk.demo
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.jobs import import_apply, import_check, invitations_send
from tandemwerk.programmes.models import ImportBatch, Invitation, Participation
from tandemwerk.programmes.selectors.imports import import_counts
from tandemwerk.programmes.selectors.people import people_for_export
from tandemwerk.programmes.services.export import export_csv, export_xlsx
from tandemwerk.programmes.services.imports import import_map, import_upload
from tests.integration.programmes.lists import mentors_csv

SAMPLES = Path(tandemwerk.demo.__file__).parent / "samples"
pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"programmes:{name}", args=args)


def upload(desk, data, name="list.csv", role="mentor", **changes):
    given = {"role": role, "locale": "de", "file": SimpleUploadedFile(name, data)} | changes
    return desk.post(url("import_upload", desk.cohort.pk), given)


def check(desk, batch, **changes):
    page = url("import_columns", desk.cohort.pk, batch.pk)
    data = {f.html_name: f.value() for f in desk.get(page).context["form"]} | changes
    response = desk.post(page, data)
    if response.status_code == 302:
        import_check.func(batch_pk=batch.pk)
        batch.refresh_from_db()
    return response


def test_from_file_to_people(desk):
    data = mentors_csv(3) + b"\r\nwrong address;Ada;Beck;;;;;;;\r\n"
    response = upload(desk, data, send_invitations="on")
    batch = ImportBatch.objects.get()
    assert response.url == url("import_columns", desk.cohort.pk, batch.pk)
    page = url("import_detail", desk.cohort.pk, batch.pk)
    assert desk.get(page).url == response.url
    assert check(desk, batch).url == page
    preview = desk.get(page)
    assert "“wrong address” is not a mail address" in preview.text
    assert "Take over 3, leave 1" in preview.text
    assert "wrong address" in desk.get(page, {"show": "error"}).text
    assert "person0" not in desk.get(page, {"show": "error"}).text  # good rows are folded away
    assert "person0" not in desk.get(page).text
    assert "person0" in desk.get(page, {"show": "all"}).text
    take_over = url("import_take_over", desk.cohort.pk, batch.pk)
    assert desk.post(take_over).status_code == 409
    assert desk.post(take_over, {"leave_errors": "yes"}).url == page
    import_apply.func(batch_pk=batch.pk)
    progress = url("import_progress", desk.cohort.pk, batch.pk)
    assert "Invitations are being written" in desk.get(progress, {"of": "letters"}).text
    invitations_send.func(cohort_pk=desk.cohort.pk, batch_pk=batch.pk, by_pk=desk.user.pk)
    assert "3 invitations are in the outbox" in desk.get(page).text
    assert Invitation.objects.count() == 3
    assert "person2@<wbr>list.example" in desk.get(url("participation_list", desk.cohort.pk)).text


def test_work_is_watched_and_found_again(desk):
    upload(desk, mentors_csv(3))
    batch = ImportBatch.objects.get()
    progress = url("import_progress", desk.cohort.pk, batch.pk)
    page = url("import_detail", desk.cohort.pk, batch.pk)
    for state in ("checking", "applying"):
        ImportBatch.objects.update(state=state, rows_done=2)
        assert "<progress" in desk.get(page).text
        assert desk.get(progress).status_code == 200
        assert desk.get(url("import_columns", desk.cohort.pk, batch.pk)).url == page
    ImportBatch.objects.update(state="checked")
    response = desk.get(progress)
    assert (response.status_code, response["HX-Redirect"]) == (204, page)
    ImportBatch.objects.update(state="failed")
    assert "Nothing was changed" in desk.get(page).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"E-Mail;Name\r\n", "no rows below its headings"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"%PDF-1.7", "not a CSV or XLSX"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_bad_files_are_refused_at_their_field(desk, data, said):
    response = upload(desk, data)
    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert said in response.text
    assert not ImportBatch.objects.exists()


def test_columns_need_a_mail_address(desk):
    upload(desk, b"a;b\nada@x.example;Beck\n")
    batch = ImportBatch.objects.get()
    response = check(desk, batch, column_1="last_name")
    assert response.status_code == 422
    assert "mail address" in response.text
    twice = check(desk, batch, column_0="email", column_1="email")
    assert twice.status_code == 422
    assert check(desk, batch, column_0="email", column_1="last_name").status_code == 302


def test_a_list_can_be_thrown_away(desk):
    upload(desk, mentors_csv(1))
    batch = ImportBatch.objects.get()
    assert desk.post(url("import_discard", desk.cohort.pk, batch.pk)).status_code == 302
    assert not ImportBatch.objects.exists()


def test_the_list_of_errors_is_harmless_and_complete(desk):
    data = b'E-Mail;Name\r\nnope;"=HYPERLINK(1)"\r\nada@x.example;Ada Beck\r\n'
    upload(desk, data)
    batch = ImportBatch.objects.get()
    check(desk, batch)
    response = desk.get(url("import_errors", desk.cohort.pk, batch.pk))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=","))
    assert rows[0] == ["E-Mail", "Name", "Row", "What is wrong"]
    assert rows[1][:3] == ["nope", "'=HYPERLINK(1)", "2"]
    assert len(rows) == 2


def taken_over(desk, data, role, name="list.csv"):
    batch = import_upload(
        cohort=desk.cohort,
        role=role,
        file_name=name,
        data=data,
        locale="de",
        send_invitations=False,
        by=desk.user,
        now=desk.user.created_at,
    )
    mapping = {int(index): key for index, key in batch.mapping.items()}
    import_map(batch=batch, mapping=mapping, by=desk.user, now=desk.user.created_at)
    import_check.func(batch_pk=batch.pk)
    batch.refresh_from_db()
    counts = {str(outcome): count for outcome, count in import_counts(batch).items() if count}
    ImportBatch.objects.filter(pk=batch.pk).update(state="applying")
    import_apply.func(batch_pk=batch.pk)
    return counts, batch


@pytest.mark.parametrize(
    ("sample", "role", "people"),
    [("mentees", Role.MENTEE, 60), ("mentors", Role.MENTOR, 45)],
)
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("make", [export_csv, export_xlsx])
def test_what_goes_out_comes_in_again_without_a_change(desk, sample, role, people, language, make):
    counts, _batch = taken_over(desk, (SAMPLES / f"{sample}.csv").read_bytes(), role)
    assert counts == {"new": people}
    with translation.override(language):
        data = make(people_for_export(desk.cohort, role), role)
    assert taken_over(desk, data, role)[0] == {"unchanged": people}


@pytest.mark.parametrize(
    ("sample", "role"), [("mentees-foreign", Role.MENTEE), ("mentors-foreign", Role.MENTOR)]
)
def test_foreign_headings_are_mostly_understood(desk, sample, role):
    counts, batch = taken_over(desk, (SAMPLES / f"{sample}.csv").read_bytes(), role)
    assert set(counts) == {"new"}
    assert {"email", "first_name", "last_name", "topics", "languages"} <= set(
        batch.mapping.values()
    )


def test_the_broken_sample_names_each_fault(desk):
    _counts, batch = taken_over(desk, (SAMPLES / "broken.csv").read_bytes(), Role.MENTOR)
    found = {
        row.number: [p["code"] for p in row.errors] + [p["code"] for p in row.warnings]
        for row in batch.rows.all()
    }
    assert found == {
        2: [],
        3: ["email_invalid"],
        4: ["name_missing"],
        5: ["email_twice"],
        6: ["topics_unknown"],
        7: ["seats_unreadable"],
        8: [],
        9: ["availability_unreadable"],
        10: ["too_long"],
        11: [],
    }


def test_formulas_are_harmless_on_the_way_out(desk):
    data = b'E-Mail;Nachname;Text\nada@x.example;Beck;"=1+1"\n-x@x.example;Li;@cmd\n'
    taken_over(desk, data, Role.MENTEE)
    text = export_csv(people_for_export(desk.cohort, Role.MENTEE), Role.MENTEE).decode()
    assert "'=1+1" in text
    assert "'@cmd" in text
    assert "'-x@x.example" in text
    book = load_workbook(
        io.BytesIO(export_xlsx(people_for_export(desk.cohort, Role.MENTEE), Role.MENTEE))
    )
    kinds = {cell.data_type for row in book.active for cell in row if cell.value}
    assert kinds == {"s"}
    assert taken_over(desk, text.encode(), Role.MENTEE)[0] == {"unchanged": 2}
    assert User.objects.get(email="ada@x.example").profile.about == "=1+1"


def test_a_workbook_works_like_a_csv(desk):
    book = Workbook()
    for row in csv.reader(io.StringIO(mentors_csv(3).decode()), delimiter=";"):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    assert taken_over(desk, target.getvalue(), Role.MENTOR)[0] == {"new": 3}
    assert Participation.objects.count() == 3
