"""Administrators make and change accounts; nobody else does, and nobody is left without one."""

import re

import pytest
from django.test import Client

from chuangtu.apps.accounts import actions
from chuangtu.apps.accounts.models import Person
from chuangtu.apps.journal import queries as journal
from chuangtu.terms.viewer import Role
from tests.apps.registers import AT

pytestmark = pytest.mark.django_db
PASSWORD = "qixin-lu-1158"
LISTED = "/desk/accounts/"


def account(username, role=Role.OFFICER, name=""):
    actions.grant(username=username, role=role, name=name, password=PASSWORD, by="test", at=AT)
    return Person.objects.get(username=username)


def signed_in(person, **how):
    client = Client(**how)
    client.force_login(person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    return client


def lines_of(person):
    return journal.list_of_row(table="accounts.Person", row=str(person.pk))


@pytest.fixture
def zhangsan(db):
    return account("zhangsan", name="张三")


@pytest.fixture
def chief(db):
    return account("chief", Role.ADMINISTRATOR, "李主任")


@pytest.fixture
def desk(chief):
    return signed_in(chief)


def test_the_pages_are_for_administrators_only(officer, signed_in_visitor, stranger, zhangsan):
    one = f"{LISTED}{zhangsan.pk}/"
    for path in (LISTED, f"{LISTED}new", one):
        assert stranger.get(path).status_code == 302
        assert [each.get(path).status_code for each in (officer, signed_in_visitor)] == [403] * 2
    for path in ("new", *(f"{zhangsan.pk}/{verb}" for verb in VERBS)):
        assert officer.post(LISTED + path, {"role": "administrator"}).status_code == 403

    assert 'href="/desk/accounts/"' not in officer.get("/desk/").content.decode()
    assert len(lines_of(zhangsan)) == 1


VERBS = ("role", "deactivate", "activate", "password")


def test_the_list_finds_accounts_by_name_and_turns_pages(desk, zhangsan):
    Person.objects.bulk_create(Person(username=f"person{n:03}") for n in range(60))

    first, last = (desk.get(f"{LISTED}?page={n}").content.decode() for n in (1, 99))
    found = desk.get(f"{LISTED}?q=张").content.decode()

    assert "person010" in first
    assert "person059" not in first
    assert "共 62 个账号，第 2 页" in last
    assert "zhangsan" in found
    assert "person" not in found.partition("<table>")[2]
    assert "没有这样的账号" in desk.get(f"{LISTED}?q=nobody").content.decode()
    assert 'href="/desk/accounts/"' in desk.get("/desk/").content.decode()


def test_an_account_is_made_with_a_password_that_is_shown_once(desk):
    asked = {"username": "wangwu", "name": "王五", "role": "officer", "password": ""}
    told = desk.post(f"{LISTED}new", asked)
    password = re.search(r"<code data-password>(.+)</code>", told.content.decode())[1]
    person = Person.objects.get(username="wangwu")

    assert "no-store" in told["Cache-Control"]
    assert person.check_password(password)
    assert password not in desk.get(f"{LISTED}{person.pk}/").content.decode()
    (line,) = lines_of(person)
    assert (line.by, line.before) == ("李主任（chief）", None)
    assert line.after["role"] == "officer"
    assert password not in str(line.after)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"username": "ZhangSan"}, "已经有了"),
        ({"username": "王 五"}, "没有建立"),
        ({"username": ""}, "id_username"),
        ({"password": "12345678"}, "没有建立"),
        ({"role": "emperor"}, "id_role"),
        ({"name": "a\0b"}, "id_name"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told_and_nothing_is_made(desk, zhangsan, wrong, told):
    asked = {"username": "wangwu", "name": "王五", "role": "officer", "password": PASSWORD}
    answer = desk.post(f"{LISTED}new", asked | wrong)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Person.objects.count() == 2


def test_a_role_taken_back_ends_access_at_the_next_request(desk, zhangsan):
    theirs = signed_in(zhangsan)
    assert theirs.get("/desk/").status_code == 200

    desk.post(f"{LISTED}{zhangsan.pk}/role", {"role": "visitor"})

    assert theirs.get("/desk/").status_code == 403
    line = lines_of(zhangsan)[0]
    assert (line.before["role"], line.after["role"]) == ("officer", "visitor")


def test_djangos_own_marks_go_with_the_role(desk, zhangsan):
    Person.objects.filter(pk=zhangsan.pk).update(is_superuser=True, is_staff=True)
    theirs = signed_in(zhangsan)
    assert theirs.get("/admin/").status_code == 200

    desk.post(f"{LISTED}{zhangsan.pk}/role", {"role": "officer"})

    assert theirs.get("/admin/", follow=True).status_code == 403


def test_a_deactivated_account_loses_access_at_its_next_request_until_it_is_activated(
    desk, zhangsan
):
    theirs = signed_in(zhangsan)
    desk.post(f"{LISTED}{zhangsan.pk}/deactivate")
    gone = theirs.get("/desk/").status_code
    sign_in = {"username": "zhangsan", "password": PASSWORD}
    refused = Client().post("/accounts/sign-in/", sign_in).status_code
    desk.post(f"{LISTED}{zhangsan.pk}/activate")

    assert (gone, refused) == (302, 200)
    assert Client().post("/accounts/sign-in/", sign_in).status_code == 302
    assert [each.after["is_active"] for each in lines_of(zhangsan)] == [True, False, True]


def test_a_new_password_ends_that_persons_sessions_and_not_the_administrators_own(
    desk, chief, zhangsan
):
    theirs = signed_in(zhangsan)
    desk.post(f"{LISTED}{zhangsan.pk}/password", {"password": "another-lu-2026"})
    weak = desk.post(f"{LISTED}{zhangsan.pk}/password", {"password": "12345678"})
    elsewhere = signed_in(chief)
    desk.post(f"{LISTED}{chief.pk}/password", {"password": "another-lu-2027"})

    assert theirs.get("/desk/").status_code == 302
    assert weak.status_code == 422
    assert "没有改动" in weak.content.decode()
    assert elsewhere.get(LISTED).status_code == 302
    assert desk.get(LISTED).status_code == 200
    assert "another" not in str([each.after for each in lines_of(zhangsan)])
    assert len(lines_of(zhangsan)) == 2


def test_an_administrator_neither_demotes_nor_deactivates_himself(desk, chief):
    role = desk.post(f"{LISTED}{chief.pk}/role", {"role": "officer"})
    active = desk.post(f"{LISTED}{chief.pk}/deactivate", headers={"accept-language": "en"})

    assert "不能收回自己的管理员角色" in role.content.decode()
    assert "You cannot deactivate your own account" in active.content.decode()
    assert (role.status_code, active.status_code) == (422, 422)
    assert len(lines_of(chief)) == 1


def test_of_two_administrators_who_demote_one_another_one_is_left(chief):
    second = account("second", Role.ADMINISTRATOR)
    how = {"role": Role.VISITOR, "by": "test", "at": AT}
    actions.change_role(number=second.pk, asker=chief.pk, **how)

    # As if asked while the first was under way: the view has let it in already.
    with pytest.raises(actions.AccountError, match="no administrator any more"):
        actions.change_role(number=chief.pk, asker=second.pk, **how)

    assert Person.objects.get(pk=chief.pk).role == Role.ADMINISTRATOR


def test_demonstration_accounts_are_not_changed_and_change_nothing(desk, settings, zhangsan):
    settings.DEMO = True
    actions.ensure_demo_people(by="test", at=AT)
    demo = Person.objects.get(username="demo-admin")
    theirs = signed_in(demo)
    for verb in VERBS:
        asked = {"role": "visitor", "password": "another-lu-2026"}
        assert desk.post(f"{LISTED}{demo.pk}/{verb}", asked).status_code == 422
        assert theirs.post(f"{LISTED}{zhangsan.pk}/{verb}", asked).status_code == 422
    made = theirs.post(f"{LISTED}new", {"username": "wangwu", "role": "administrator"})

    assert made.status_code == 422
    assert "演示账号" in made.content.decode()
    assert not Person.objects.filter(username="wangwu").exists()
    assert "演示账号" in theirs.get(LISTED).content.decode()
    assert len(lines_of(demo)) == len(lines_of(zhangsan)) == 1


def test_every_change_needs_a_form_of_ours(chief, zhangsan):
    desk = signed_in(chief, enforce_csrf_checks=True)

    answers = [desk.post(f"{LISTED}{zhangsan.pk}/{verb}").status_code for verb in VERBS]

    assert [*answers, desk.post(f"{LISTED}new").status_code] == [403] * 5


def test_an_account_that_is_not_there_is_not_found(desk):
    for number in (999_999, 10**30):
        assert desk.get(f"{LISTED}{number}/").status_code == 404
        assert desk.post(f"{LISTED}{number}/deactivate").status_code == 404


def test_a_long_name_is_journalled_too():
    person = account("z" * 150)

    assert len(lines_of(person)) == 1
