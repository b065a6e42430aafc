"""Give a person a role from the console, making the account when there is none."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chuangtu.apps.accounts import actions, queries
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Role

_ROLES = {
    Role.OFFICER: "科委工作人员 officer",
    Role.ADMINISTRATOR: "管理员 administrator",
    Role.VISITOR: "访客（收回权限） visitor (takes everything back)",
}


class Command(BaseCommand):
    help = (
        "给账号授予角色；没有这个账号就建立，并询问口令。 Give an account a role; an account that"
        " is not there is made, and its password asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="of the account")
        parser.add_argument("role", choices=[each.value for each in _ROLES], help="what it may do")
        parser.add_argument("--name", default="", help="the person's full name, e.g. 张三")

    def handle(self, *args: Any, **options: Any) -> None:
        username, role = options["username"], Role(options["role"])
        try:
            is_new = actions.grant(
                username=username,
                role=role,
                name=options["name"],
                password="" if queries.is_account(username) else _ask_password(),
                by=getpass.getuser(),
                at=timezone.now(),
            )
        except ChuangtuError as error:
            raise CommandError(f"{error.zh}\n{error.en}") from error
        done = "新建账号 new account" if is_new else "账号 account"
        self.stdout.write(f"{done} {username}：{_ROLES[role]}")


def _ask_password() -> str:
    if not sys.stdin.isatty():
        # For scripts: the first line of what is piped in. Never an option: others see those.
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("口令 password: ")
    if password != getpass.getpass("再输一次 again: "):
        raise CommandError(
            "两次口令不一致，没有建立账号。\nThe passwords differ. Nothing was made."
        )
    return password
