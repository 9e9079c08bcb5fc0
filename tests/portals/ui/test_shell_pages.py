"""Base layout, sign-in page, refusals: what a visitor sees."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_signed_out_visitor_is_sent_to_the_sign_in_page_and_back() -> None:
    response = Client().get("/ui/menu", follow=True)
    assert response.redirect_chain == [("/account/login?next=/ui/menu", 302)]
    page = response.content.decode()
    assert "登录名" in page
    assert 'name="next" value="/ui/menu"' in page
    assert "非涉密系统，严禁录入、上传国家秘密、工作秘密" in page
