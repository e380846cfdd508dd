"""The build of the wheel: the law goes in compiled too, so that it need not be read from YAML at every start."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Compiles the data of the checkout for a wheel; an editable installation reads the YAML as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled files to the wheel."""
        if version == "editable":
            return
        sys.path[:0] = [str(Path(self.root, "src")), str(Path(self.root, "tools"))]
        from compile_data import write_compiled

        self.folder = TemporaryDirectory()
        for file in write_compiled(Path(self.folder.name)):
            build_data["force_include"][str(file)] = f"victims_code/data/compiled/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind."""
        if version != "editable":
            self.folder.cleanup()
