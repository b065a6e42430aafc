"""Facts of the machine a benchmark ran on, printed above its numbers."""

from __future__ import annotations

import os
import platform
import resource
import sys
from pathlib import Path


def machine() -> dict[str, str]:
    """What a reader needs to weigh the numbers: processor, memory, system, Python."""
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "cores": str(os.cpu_count()),
        "memory": f"{_memory_kib() / 1024**2:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load before": " ".join(f"{each:.1f}" for each in os.getloadavg()),
    }


def peak_mb() -> float:
    """The most memory this process ever held, shared file pages included, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def private_mb() -> float:
    """The memory of this process that no other shares, in MB."""
    return float(_line("/proc/self/smaps_rollup", "Private_Dirty", "0 kB").split()[0]) / 1024


def _memory_kib() -> int:
    return int(_line("/proc/meminfo", "MemTotal", "0 kB").split()[0])


def _line(path: str, name: str, absent: str = "") -> str:
    """The value after `name:` in one of the kernel's text files."""
    file = Path(path)
    if file.exists():
        for line in file.read_text().splitlines():
            key, _, value = line.partition(":")
            if key.strip() == name:
                return value.strip()
    return absent


def main() -> None:
    for name, value in machine().items():
        sys.stdout.write(f"{name:12} {value}\n")


if __name__ == "__main__":
    main()
