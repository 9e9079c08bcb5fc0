"""Addresses of the public showcase."""

from django.urls import path

from feidi.portals.public.showcase import checkups, costs, events, inquiries, views

app_name = "showcase"
urlpatterns = [
    path("", views.site_list, name="site_list"),
    path("<slug:code>/", views.site_view, name="site_view"),
    path("<slug:code>/home/", views.window_view, name="window_view"),
    path("<slug:code>/spaces/", views.space_view, name="space_view"),
    path("<slug:code>/on-show/", views.show_list, name="show_list"),
    path("<slug:code>/on-show/<str:uid>/", views.show_view, name="show_view"),
    path("<slug:code>/news/", views.news_list, name="news_list"),
    path("<slug:code>/news/<str:uid>/", views.news_view, name="news_view"),
    path("<slug:code>/hall/", views.exhibit_list, name="exhibit_list"),
    path("<slug:code>/hall/<str:uid>/", views.exhibit_view, name="exhibit_view"),
    path("<slug:code>/results/", views.result_view, name="result_view"),
    path("<slug:code>/policies/", checkups.policy_list, name="policy_list"),
    path("<slug:code>/policies/check/", checkups.policy_check, name="policy_check"),
    path("<slug:code>/costs/", costs.cost_view, name="cost_view"),
    path("<slug:code>/events/", events.event_list, name="event_list"),
    path("<slug:code>/contact/", views.contact_view, name="contact_view"),
    path("<slug:code>/ask/<str:kind>/", inquiries.inquiry_new, name="inquiry_new"),
    path("<slug:code>/ask/<str:kind>/sent/", inquiries.inquiry_sent, name="inquiry_sent"),
    path("<slug:code>/notices/<str:which>/", views.notice_view, name="notice_view"),
    path("<slug:code>/pictures/<str:uid>/<str:size>.jpg", views.picture_view, name="picture_view"),
]
