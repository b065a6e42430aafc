"""The console command `chuangtu`: a verb, then its options; every verb is a management command."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from chuangtu.terms.errors import ChuangtuError

USAGE = """创图 Chuangtu — 一张图、一本册、一个窗口、一份规划
A district's innovation on one map, one register, one window and one plan.

  chuangtu demo              set up the demonstration district and serve it
  chuangtu serve             serve the platform that CHUANGTU_DATA holds
  chuangtu init CODE         set up a district by its six-digit code, e.g. 310112
  chuangtu template KIND     write an import template for a kind of record
  chuangtu import FILE       import a file into the register
  chuangtu export            export any selection of records
  chuangtu grant NAME ROLE   make somebody an officer or administrator, or take it back
  chuangtu publish           build a new snapshot of the register for all readers
  chuangtu resolve           look for organizations that stand in the register twice
  chuangtu backup FILE       back up all data and files into one file, while it runs
  chuangtu restore FILE      put a backup into a new, empty installation
  chuangtu doctor            say what is wrong with this installation and how to mend it

`chuangtu VERB --help` explains a verb. CHUANGTU_DATA names the data folder (default
./chuangtu-data), DATABASE_URL a PostgreSQL database (default SQLite), PORT the port (8000).
"""
VERBS = (
    "demo", "serve", "init", "template", "import", "export", "grant", "publish",
    "resolve", "backup", "restore", "doctor",
)  # fmt: skip
_MORE = (
    "worker", "migrate", "createsuperuser", "changepassword", "shell",
    "axes_reset", "axes_reset_ip", "axes_reset_username",
)  # fmt: skip


def main() -> None:
    """Run one verb; without a known verb, say what there is."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return
    verb = arguments[0]
    if verb not in VERBS + _MORE:
        print(f"chuangtu: 没有“{verb}”这个命令。 There is no verb '{verb}'.\n", file=sys.stderr)
        print(USAGE, end="", file=sys.stderr)
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangtu.site.settings")
    for each in (signal.SIGTERM, signal.SIGHUP):
        # One that is ignored stays so: that is how `nohup` works.
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, _end)
    sys.exit(_run(arguments))


def _end(number: int, _frame: FrameType | None) -> None:
    """End as a failure does, so that what is half written is taken away again."""
    sys.exit(128 + number)


def _run(arguments: list[str]) -> int:
    from django.conf import settings
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(["chuangtu", *arguments])
    except ChuangtuError as refusal:
        print(f"{refusal.zh}\n{refusal.en}", file=sys.stderr)
    except DatabaseError as failure:
        line = str(failure).splitlines()[0]
        print(
            f"数据库出错：{line}\n请运行“chuangtu doctor”查看原因。\n"
            f"The database failed: {line}\nRun 'chuangtu doctor' to see why.",
            file=sys.stderr,
        )
    except OSError as failure:
        what = f"{failure.strerror or failure}: {failure.filename or settings.DATA}"
        print(
            f"读写文件失败（{what}）。请看路径对不对、磁盘有没有空间、目录能不能写，"
            "或运行“chuangtu doctor”。\n"
            f"A file cannot be read or written ({what}). Look whether the path is right, the disk"
            " has room and the folder can be written, or run 'chuangtu doctor'.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        return 130
    else:
        return 0
    return 1


if __name__ == "__main__":
    main()
