"""The sample lists as files to try an import with: as CSV, and as the same table for Excel."""

from importlib import resources
from pathlib import Path

from tablib import Dataset

from tandemwerk.demo.errors import SampleExists
from tandemwerk.matching.tables import read_table

LISTS = ("mentees.csv", "mentors.csv", "mentees-foreign.csv", "mentors-foreign.csv", "broken.csv")


def samples_write(*, folder: Path) -> list[Path]:
    """Write every list into `folder` (made if it is new); returns the files in order.

    Raises SampleExists, and writes nothing, if one of them is there already.
    """
    files: dict[Path, bytes] = {}
    source = resources.files("tandemwerk.demo").joinpath("samples")
    for name in LISTS:
        data = source.joinpath(name).read_bytes()
        files[folder / name] = data
        files[(folder / name).with_suffix(".xlsx")] = as_excel(data, name)
    if taken := [path for path in files if path.exists()]:
        raise SampleExists(file=taken[0])
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        path.write_bytes(content)
    return list(files)


def sample_read(name: str) -> bytes | None:
    """One list as a file, "mentees.csv" or "mentees.xlsx"; None if there is no such list."""
    wanted = Path(name)
    csv = wanted.with_suffix(".csv").name
    if csv not in LISTS or wanted.suffix not in {".csv", ".xlsx"}:
        return None
    data = resources.files("tandemwerk.demo").joinpath("samples", csv).read_bytes()
    return data if wanted.suffix == ".csv" else as_excel(data, csv)


def as_excel(data: bytes, name: str) -> bytes:
    """The table of a CSV file as an Excel workbook with one sheet; whole numbers as numbers."""
    table = read_table(data, name)
    width = len(table.header)
    sheet = Dataset(headers=list(table.header), title=Path(name).stem)
    for row in table.rows:
        cells = [int(cell) if cell.isascii() and cell.isdigit() else cell for cell in row[:width]]
        sheet.append([*cells, *[""] * (width - len(cells))])
    workbook = sheet.export("xlsx", escape=True)
    assert isinstance(workbook, bytes)  # noqa: S101 - a workbook is no text
    return workbook
