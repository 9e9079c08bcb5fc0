"""Addresses of what an organization shows of itself."""

from django.urls import path

from feidi.portals.workspace.showcase import views

app_name = "showcase"
urlpatterns = [
    path("", views.sheet_list, name="sheet_list"),
    path("products/new/", views.product_new, name="product_new"),
    path("products/<str:uid>/", views.product_edit, name="product_edit"),
    path("open/<slug:outpost>/<str:kind>/<str:uid>/", views.sheet_open, name="sheet_open"),
    path("<str:uid>/", views.sheet_edit, name="sheet_edit"),
    path("<str:uid>/withdraw/", views.sheet_withdraw, name="sheet_withdraw"),
]
