"""Default-closed pages, one rendering of a refusal, 404 for what is not there for this actor."""

from __future__ import annotations

import pytest
from django.test import Client

from feidi.kernel.identity.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portals.ui.refusing_urls")]
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/ui/gallery?cols=name"}


def test_a_view_is_closed_to_the_signed_out_unless_it_says_otherwise() -> None:
    response = Client().get("/refusing")
    assert response.headers["Location"] == "/account/login?next=/refusing"


def test_an_htmx_request_of_the_signed_out_moves_the_whole_page_and_comes_back_to_it() -> None:
    response = Client().get("/refusing", headers=HTMX)
    assert response.headers["HX-Redirect"] == "/account/login?next=%2Fui%2Fgallery%3Fcols%3Dname"


def test_a_refusal_is_a_page_that_says_what_why_and_how_to_fix_it(visitor: Client) -> None:
    response = visitor.get("/refusing")
    page = response.content.decode()
    assert response.status_code == 409
    assert "“云帆”还不能推进到“签约”" in page
    assert "第 7 行" in page
    assert "缺少&lt;合同&gt;" in page
    assert "在“证据”里上传，或请企业提供。" in page
    assert "补齐下面各项后再推进" in page


def test_a_refusal_of_an_htmx_request_is_a_fragment_put_into_the_refusal_area(visitor: Client) -> None:
    response = visitor.post("/refusing", headers=HTMX)
    page = response.content.decode()
    assert (response.status_code, response.headers["HX-Retarget"]) == (409, "#refusal")
    assert page.strip().startswith('<div class="refusal"')
    assert "缺少&lt;合同&gt;" in page


def test_a_row_that_is_not_there_for_this_actor_is_not_found(visitor: Client) -> None:
    response = visitor.get("/invisible")
    assert response.status_code == 404
    assert "没有这一页，或者您看不到它" in response.content.decode()


def test_a_forbidden_page_says_that_a_role_is_missing(visitor: Client) -> None:
    response = visitor.get("/forbidden")
    assert response.status_code == 403
    assert "您的角色不能做这件事" in response.content.decode()


def test_a_fault_shows_a_page_of_its_own_without_details(visitor: Client) -> None:
    visitor.raise_request_exception = False
    page = visitor.get("/broken").content.decode()
    assert "系统出错，刚才的操作没有保存" in page
    assert "a fault of ours" not in page


def test_who_must_change_the_password_sees_nothing_else_first(visitor: Client, user: User) -> None:
    user.must_change_password = True
    user.save(update_fields=["must_change_password"])
    assert visitor.get("/ui/gallery").headers["Location"] == "/account/password"
    assert "第一次登录" in visitor.get("/account/password").content.decode()


def test_language_is_the_devices_then_the_users_then_chinese(visitor: Client, user: User) -> None:
    assert '<html lang="zh-hans"' in Client().get("/account/login", headers={"Accept-Language": "en"}).content.decode()
    user.language = "en"
    user.save(update_fields=["language"])
    assert '<html lang="en"' in visitor.get("/ui/menu").content.decode()
    visitor.cookies["django_language"] = "zh-hans"
    assert '<html lang="zh-hans"' in visitor.get("/ui/menu").content.decode()
