"""The console command `chuangtu`."""

from __future__ import annotations


def main() -> None:
    print("chuangtu")
