"""Addresses of the public site."""

from django.urls import path, register_converter

from gongkai.web.portal.accounts.views import entrance, mine
from gongkai.web.portal.api import api
from gongkai.web.portal.applications import draft, offering, onward, papers, tracking
from gongkai.web.portal.applications import views as applications
from gongkai.web.portal.converters import KeyConverter
from gongkai.web.portal.views import agencies, catalogue, comparison, downloads, feeds, home, reports, site

register_converter(KeyConverter, "key")
app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("agencies/", agencies.register, name="agencies"),
    path("agencies/<slug:slug>/", agencies.agency, name="agency"),
    path("agencies/<slug:slug>/catalogue/", catalogue.catalogue, name="catalogue"),
    path("agencies/<slug:slug>/catalogue/<key:pk>/", catalogue.item, name="item"),
    path("agencies/<slug:slug>/reports.atom", feeds.AgencyFeed(), name="agency_feed"),
    path("agencies/<slug:slug>/reports/<int:year>/", reports.report, name="report"),
    path("agencies/<slug:slug>/reports/<int:year>/<slug:fmt>/", downloads.download, name="download"),
    path("reports/", reports.column, name="reports"),
    path("reports/<int:year>/", reports.column, name="reports_of_year"),
    path("reports.atom", feeds.ReportsFeed(), name="feed"),
    path("compare/", comparison.compare, name="compare"),
    path("apply/", applications.choose, name="apply"),
    path("apply/puzzle/", applications.puzzle, name="puzzle"),
    path("apply/track/", tracking.Track.as_view(), name="track"),
    path("apply/case/", tracking.followed, name="followed"),
    path("apply/case/leave/", tracking.leave, name="leave_case"),
    path("apply/case/papers/<key:pk>/", tracking.paper, name="paper"),
    path("apply/case/own/<slug:code>.<slug:form>", papers.own, name="own_paper"),
    path("apply/draft/<slug:key>/", draft.DraftPage.as_view(), name="draft"),
    path("apply/draft/<slug:key>/see/", offering.see, name="see_offer"),
    path("apply/draft/<slug:key>/receipt.<slug:form>", papers.sent, name="receipt_paper"),
    path("apply/case/onward/<key:pk>/", onward.go, name="onward"),
    path("apply/case/<slug:name>/", tracking.act, name="act_on_case"),
    path("apply/mine/", entrance.AccountPage.as_view(), name="account"),
    path("apply/mine/code/", entrance.CodePage.as_view(), name="account_code"),
    path("apply/mine/leave/", entrance.leave, name="account_leave"),
    path("apply/mine/delete/", entrance.Delete.as_view(), name="account_delete"),
    path("apply/mine/particulars/", mine.ParticularsPage.as_view(), name="account_particulars"),
    path("apply/mine/add/", mine.add, name="account_add"),
    path("apply/mine/<key:pk>/open/", mine.open_case, name="account_open"),
    path("apply/mine/<key:pk>/remove/", mine.remove, name="account_remove"),
    path("apply/mine/undo/", mine.undo, name="account_undo"),
    path("apply/to/<slug:slug>/", applications.Apply.as_view(), name="apply_to"),
    path("apply/to/<slug:slug>/form.<slug:form>", papers.blank, name="blank_form"),
    path("search/", home.search, name="search"),
    path("data/", site.data, name="data"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("feedback/", site.feedback, name="feedback"),
    path("display/", site.switch_display, name="display"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", site.robots, name="robots"),
    path("api/v1/", api.urls),
]
