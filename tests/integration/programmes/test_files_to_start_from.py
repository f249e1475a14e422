"""Files on the import page: an empty list with all columns, and the demo's samples."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tandemwerk.matching.tables import read_table
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.services.export import export_columns
from tandemwerk.programmes.services.import_columns import columns_guess

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_empty_list_has_every_column_and_an_import_understands_them(desk, role, kind):
    place = reverse(f"programmes:list_template_{kind}", args=[desk.cohort.pk])
    response = desk.get(place, {"role": role})
    assert f'.{kind}"' in response["Content-Disposition"]
    if kind == "csv":
        header = read_table(response.content, "list.csv").header
    else:
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert sheet.max_row == 1
        header = [cell.value for cell in sheet[1]]
    found = columns_guess(list(header), role)
    assert list(found.values()) == [column.key for column in export_columns(role)]


def test_the_import_page_offers_the_samples_in_the_demo_only(desk, settings):
    place = reverse("programmes:import_upload", args=[desk.cohort.pk])
    sample = reverse("demo:sample", args=["mentees.xlsx"])
    assert "template.xlsx?role=mentor" in desk.get(place).text
    assert sample not in desk.get(place).text
    assert desk.get(sample).status_code == 404
    settings.DEMO = True
    assert sample in desk.get(place).text
    assert load_workbook(io.BytesIO(desk.get(sample).content)).active.max_row == 61


@pytest.mark.parametrize("name", ["people.csv", "mentees.txt", "..%2Fstory.toml", "mentees"])
def test_there_are_no_other_samples(desk, settings, name):
    settings.DEMO = True
    assert desk.get(f"/demo/samples/{name}").status_code == 404
