"""In which coordinate system the rows of a file are taken, where one was chosen for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chuangtu.apps.imports.facts import Row, chosen_crs
from chuangtu.engines.tables.model import Table
from chuangtu.rulebook.lists import choices
from chuangtu.terms.coordinates import read_crs
from chuangtu.terms.errors import ParameterError


@dataclass
class Systems:
    """Counts the rows that name no system, and those that name another than is used for these.

    Attributes:
        code: of the system of rows that name none; empty where none was chosen for the file.
    """

    code: str
    taken: int = 0
    kept: int = 0

    @classmethod
    def chosen(cls, tables: Sequence[Table], crs: str) -> Systems:
        """For a file and the system chosen for it, if any."""
        return cls(chosen_crs(tables[0], crs) if crs else "")

    def meet(self, row: Row) -> None:
        """Take note of a row."""
        if not self.code:
            return
        if row.has_chosen_crs:
            self.taken += 1
        elif "longitude" in row.values and self._is_other(str(row.values.get("crs", ""))):
            self.kept += 1

    def _is_other(self, said: str) -> bool:
        try:
            return read_crs(said).value != self.code
        except ParameterError:
            # The register says what is wrong with it.
            return False

    def told(self) -> list[dict[str, str]]:
        """What a person should know of it, in both languages."""
        name = next((each.zh for each in choices("crs") if each.code == self.code), self.code)
        found = []
        if self.taken:
            found.append(
                {
                    "zh": f"有 {self.taken} 行的经纬度没有写明坐标系，按 {name} 读取。"
                    "如选错了，请“重新核对列”另选。",
                    "en": f"Rows whose position names no coordinate system, read in {name}:"
                    f" {self.taken}. If that is the wrong one, check the columns again and choose"
                    " another.",
                }
            )
        if self.kept:
            found.append(
                {
                    "zh": f"有 {self.kept} 行自己写明了另一种坐标系，不是 {name}，"
                    "以行内写明的为准。如写错了，请改正文件后重新上传。",
                    "en": f"Rows that name another coordinate system than {name}: {self.kept}."
                    " What the row names is used. If that is wrong, correct the"
                    " file and upload it again.",
                }
            )
        return found
