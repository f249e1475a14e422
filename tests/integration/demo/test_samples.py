"""The sample lists as files: the Excel twin says what the CSV says."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tandemwerk.demo.services.samples import LISTS
from tandemwerk.matching.tables import read_table
from tandemwerk.programmes.services.import_files import sheet_read


def test_every_list_is_written_twice(tmp_path: Path) -> None:
    out = StringIO()
    call_command("demo_samples", str(tmp_path / "new"), stdout=out)
    files = [Path(line) for line in out.getvalue().splitlines()]
    assert {file.name for file in files} == {
        name.replace(".csv", ending) for name in LISTS for ending in (".csv", ".xlsx")
    }
    assert all(file.stat().st_size > 500 for file in files)


@pytest.mark.parametrize("name", [name for name in LISTS if name != "broken.csv"])
def test_excel_and_csv_are_the_same_list(tmp_path: Path, name: str) -> None:
    call_command("demo_samples", str(tmp_path), stdout=StringIO())
    plain = read_table((tmp_path / name).read_bytes(), name)
    excel = (tmp_path / name).with_suffix(".xlsx")
    twin = sheet_read(excel.read_bytes(), file_name=excel.name)
    assert list(twin.header) == list(plain.header)
    assert len(twin.rows) == len(plain.rows)
    for left, right in zip(twin.rows, plain.rows, strict=True):
        assert [cell.strip() for cell in left] == [cell.strip() for cell in right]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "mentors.xlsx"
    mine.write_text("mine")
    with pytest.raises(CommandError, match=r"mentors\.xlsx"):
        call_command("demo_samples", str(tmp_path))
    assert mine.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [mine]


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        call_command("demo_samples", str(tmp_path / "file" / "folder"))
