"""Import contracts of our own: the front door of an app, and the purity of the pure packages."""

import sys
from collections.abc import Iterator

import grimp
from importlinter import Contract, ContractCheck, fields, output


class FrontDoorContract(Contract):
    """From another app only its public modules may be imported, e.g. `services`, `selectors`.

    `open_apps` may be imported as a whole (`core`, `ui`); `free_importers` may import anything.
    Only direct imports are looked at: what lies behind the door is the app's own business.
    """

    type_name = "front_door"

    root = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    open_apps = fields.SetField(subfield=fields.StringField(), required=False)
    free_importers = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Keep the contract if no import climbs in through a window."""
        found = sorted(self._windows(graph))
        return ContractCheck(kept=not found, metadata={"windows": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import and the lines it stands on."""
        for importer, imported, lines in check.metadata["windows"]:
            places = ", ".join(str(line) for line in lines)
            output.print_error(f"{importer} -> {imported} (l. {places})", bold=False)

    def _windows(self, graph: grimp.ImportGraph) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        prefix = f"{self.root}."
        for importer in graph.modules:
            if not importer.startswith(prefix):
                continue
            importing_app = importer.split(".")[1]
            if importing_app in (self.free_importers or ()):
                continue
            for imported in graph.find_modules_directly_imported_by(importer):
                parts = imported.split(".")
                if parts[0] != self.root or len(parts) < 3 or parts[1] == importing_app:
                    continue
                if parts[1] in (self.open_apps or ()) or parts[2] in self.doors:  # type: ignore[operator]  # the field holds a set at run time
                    continue
                details = graph.get_import_details(importer=importer, imported=imported)
                yield importer, imported, tuple(detail["line_number"] for detail in details)


class PureContract(Contract):
    """Pure packages import the standard library, the `libraries` named here, and themselves.

    Packages that don't exist yet are passed over, so a plan can be written down before the code.
    """

    type_name = "pure"

    packages = fields.ListField(subfield=fields.StringField())
    libraries = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Keep the contract if no pure package knows anything it should not."""
        found = sorted(
            (module, imported)
            for package in self.packages  # type: ignore[attr-defined]  # a list at run time
            for module in _modules_of(graph, package)
            for imported in graph.find_modules_directly_imported_by(module)
            if not self._may_know(package, imported)
        )
        return ContractCheck(kept=not found, metadata={"impure": found})

    def _may_know(self, package: str, imported: str) -> bool:
        top = imported.split(".")[0]
        return (
            imported == package
            or imported.startswith(f"{package}.")
            or top in sys.stdlib_module_names
            or top in (self.libraries or ())
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that spoils a pure package."""
        for importer, imported in check.metadata["impure"]:
            output.print_error(f"{importer} -> {imported}", bold=False)


def _modules_of(graph: grimp.ImportGraph, package: str) -> set[str]:
    if package not in graph.modules:
        return set()
    return {package, *graph.find_descendants(package)}
