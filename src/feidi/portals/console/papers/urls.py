"""Addresses of the Friday button, papers and bound forms."""

from django.urls import path

from feidi.portals.console.papers.views import forms, friday, papers

app_name = "papers"
urlpatterns = [
    path("", friday.friday_view, name="friday_view"),
    path("runs/<str:uid>/", friday.run_view, name="run_view"),
    path("runs/<str:uid>/card/", friday.card_view, name="card_view"),
    path("runs/<str:uid>/card.png", friday.card_image, name="card_image"),
    path("issued/", papers.paper_list, name="paper_list"),
    path("issued/new/", papers.paper_new, name="paper_new"),
    path("issued/<str:uid>/", papers.paper_view, name="paper_view"),
    path("issued/<str:uid>/check/", papers.paper_check, name="paper_check"),
    path("issued/<str:uid>/void/", papers.paper_void, name="paper_void"),
    path("forms/", forms.form_list, name="form_list"),
    path("forms/new/", forms.form_new, name="form_new"),
    path("forms/<str:uid>/", forms.form_view, name="form_view"),
    path("forms/<str:uid>/bind/", forms.form_bind, name="form_bind"),
    path("forms/<str:uid>/unbind/", forms.form_unbind, name="form_unbind"),
    path("forms/<str:uid>/move/", forms.form_move, name="form_move"),
    path("forms/<str:uid>/revise/", forms.form_revise, name="form_revise"),
    path("forms/<str:uid>/preview/", forms.form_preview, name="form_preview"),
    path("forms/<str:uid>/void/", forms.form_void, name="form_void"),
]
