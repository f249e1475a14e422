"""Build hook of the wheel: the built front end and the compiled translations must be inside."""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Refuse a wheel whose pages would come without style or in only one language."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the translations; raise if the front end was not built. Editable: nothing."""
        if version == "editable":
            return
        package = Path(self.root, "src", "tandemwerk")
        dist = package / "ui" / "static" / "dist"
        for suffix in (".css", ".js"):
            if not any(dist.rglob(f"*{suffix}")):
                raise RuntimeError(f"No {suffix} file in {dist}: run `make setup` first.")
        for source in package.rglob("locale/*/LC_MESSAGES/*.po"):
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
