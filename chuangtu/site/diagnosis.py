"""What may be wrong with an installation, and the remedies; read by `chuangtu doctor`."""

from __future__ import annotations

import argparse
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.site import environment
from chuangtu.site.listening import PortRefusedError, refuse_unless_free

LOW_SPACE_BYTES = 2 * 1024**3
"""A new snapshot stands beside the old one: below this, building one may fill the disk."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `remedy` is empty when all is well."""

    subject: str
    is_well: bool
    found: str
    remedy: str = ""


def examine(*, with_journal: bool) -> list[Finding]:
    """Look at everything that can be looked at; a fault found early stops what depends on it."""
    missing = _nothing_there()
    if missing:
        return [missing]
    findings = [_data_folder(), _space(), _secret(), _assets(), _port(), *_exposure()]
    database = _database()
    findings.append(database)
    if not database.is_well:
        return findings
    migrations = _migrations()
    findings.append(migrations)
    if not migrations.is_well:
        return findings
    checks: list[Callable[[], Finding]] = [_district, _snapshot, _names]
    if with_journal:
        checks.append(journal_chain)
    return findings + [check() for check in checks]


def _nothing_there() -> Finding | None:
    """Looking must not make what is looked for: SQLite makes a file when it is opened."""
    is_file = connection.vendor == "sqlite"
    is_there = not is_file or os.path.isfile(connection.settings_dict["NAME"])
    if is_there and os.path.isdir(settings.DATA):
        return None
    return Finding(
        "数据目录 data folder",
        False,
        f"{settings.DATA} 里还没有设置平台 nothing is set up there",
        "如果平台装在别处，请用 CHUANGTU_DATA 指明；新装请运行“chuangtu init 区划代码”，"
        "试用请运行“chuangtu demo”。"
        " If it is elsewhere, name that folder in CHUANGTU_DATA; to set it up here run"
        " 'chuangtu init CODE', to try it 'chuangtu demo'.",
    )


def _data_folder() -> Finding:
    if os.access(settings.DATA, os.R_OK | os.W_OK | os.X_OK):
        return Finding("数据目录 data folder", True, str(settings.DATA))
    return Finding(
        "数据目录 data folder",
        False,
        f"{settings.DATA} 不可写 is not writable",
        f"把目录交给运行平台的用户：chown -R USER {settings.DATA}，或用 CHUANGTU_DATA 换一个目录。"
        " Give the folder to the user who runs the platform, or name another in CHUANGTU_DATA.",
    )


def _space() -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    found = f"{free / 1024**3:.1f} GiB"
    if free >= LOW_SPACE_BYTES:
        return Finding("磁盘 disk", True, found)
    return Finding(
        "磁盘 disk",
        False,
        f"只剩 only {found}",
        "清理磁盘，或把 CHUANGTU_DATA 移到更大的磁盘；新快照要与旧快照并存。"
        " Free some space or move CHUANGTU_DATA: a new snapshot stands beside the old one.",
    )


def _secret() -> Finding:
    kept = settings.DATA / "secret-key"
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        return Finding(
            "密钥 secret key",
            False,
            f"{kept} 他人可读 can be read by others",
            f"chmod 600 {kept}",
        )
    return Finding("密钥 secret key", True, "只有本用户可读 private")


def _assets() -> Finding:
    if settings.VITE_MANIFEST.exists():
        return Finding("页面资源 page assets", True, "已构建 built")
    return Finding(
        "页面资源 page assets",
        False,
        "没有构建 not built",
        "源码安装请运行“make install”；否则请重新安装安装包。"
        " From a checkout run 'make install'; otherwise install the wheel again.",
    )


def _port() -> Finding:
    """Whether `serve` could listen; a port in use is no fault, this platform may be serving."""
    try:
        number = environment.port(os.environ.get("PORT", "8000"))
        refuse_unless_free("127.0.0.1", number)
    except argparse.ArgumentTypeError as refusal:
        return Finding("端口 port", False, os.environ["PORT"][:30], str(refusal))
    except PortRefusedError as refusal:
        if not refusal.is_taken:
            remedy = f"{refusal.zh} {refusal.en}"
            return Finding("端口 port", False, f"{number} 不可用 cannot be used", remedy)
        found = f"{number} 已被占用 is taken（平台运行时属正常 as it is while the platform runs）"
        return Finding("端口 port", True, found)
    return Finding("端口 port", True, f"{number} 空闲 is free")


def _exposure() -> list[Finding]:
    findings = []
    if settings.DEBUG:
        findings.append(
            Finding(
                "调试 debug",
                False,
                "CHUANGTU_DEBUG=1",
                "正式运行请去掉 CHUANGTU_DEBUG。 Unset CHUANGTU_DEBUG in production.",
            )
        )
    public = [host for host in settings.ALLOWED_HOSTS if host not in _LOCAL]
    if public and not settings.HTTPS:
        findings.append(
            Finding(
                "加密 HTTPS",
                False,
                f"{', '.join(public)} 未用 HTTPS without HTTPS",
                "在反向代理上启用 HTTPS 并设置 CHUANGTU_HTTPS=1。"
                " Terminate HTTPS at the proxy and set CHUANGTU_HTTPS=1.",
            )
        )
    return findings


_LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def _database() -> Finding:
    try:
        connection.ensure_connection()
    except DatabaseError as failure:
        return Finding(
            "数据库 database",
            False,
            str(failure).splitlines()[0],
            "检查 DATABASE_URL 和数据库服务。 Check DATABASE_URL and that the server runs.",
        )
    return Finding("数据库 database", True, connection.vendor)


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not behind:
        return Finding("数据表 tables", True, "最新 up to date")
    return Finding(
        "数据表 tables",
        False,
        f"差 {len(behind)} 步 {len(behind)} steps behind",
        "chuangtu migrate",
    )


def _district() -> Finding:
    district = places.get_district()
    if district is None:
        return Finding("区划 district", False, "尚未设置 not set up", "chuangtu init 310112")
    return Finding("区划 district", True, f"{district.code} {district.name}")


def _snapshot() -> Finding:
    status = snapshots.status()
    if status.is_readable:
        return Finding("快照 snapshot", True, status.found)
    return Finding("快照 snapshot", False, status.found, "chuangtu publish")


def _names() -> Finding:
    """Whether a record is named after somebody whose it is not: earlier versions left such."""
    misnamed = registry.list_misnamed()
    if not misnamed:
        return Finding("名称 names", True, "与所指单位一致 those of the parties they say")
    numbers = ", ".join(map(str, misnamed))
    return Finding(
        "名称 names",
        False,
        f"用了别的单位的名称 named after another party: {numbers}",
        "请在这些记录的表单里清空“名称”再保存，名称随即按持有单位重新组成；名称另有所指的可以不改。"
        " Empty the name in the form of each and save: it is then made of its own party's."
        " One that is meant so may stay.",
    )


def journal_chain() -> Finding:
    """Whether every line of the journal follows from the one before, up to its head."""
    broken = journal.find_broken()
    if broken is None:
        return _journal_head()
    return Finding(
        "日志链 journal chain",
        False,
        f"第 {broken.pk} 条起不符 broken from line {broken.pk} ({broken})",
        "该条或其之前的内容被改动过：请从备份核对这一条。"
        " That line or the one before was altered: compare it with a backup.",
    )


def _journal_head() -> Finding:
    """The chain is whole as far as it goes: does it go as far as it was written?"""
    if journal.is_head_right():
        return Finding("日志链 journal chain", True, "完整 unbroken")
    return Finding(
        "日志链 journal chain",
        False,
        "链首与最后一条不符 the head is missing or is not that of the last line",
        "末尾的日志可能被删除，或链首被改动：请停止写入，用备份核对最后几条。"
        " The last lines may have been removed, or the head altered: stop writing and compare"
        " the last lines with a backup.",
    )
