"""Addresses of the catalogue's screens, within the back office."""

from django.urls import path

from gongkai.web.publishing.views import imports, items, personal

app_name = "publishing"

urlpatterns = [
    path("", items.index, name="index"),
    path("new/", items.add, name="add"),
    path("personal/", personal.check, name="personal"),
    path("import/", imports.take_in, name="import"),
    path("import/template.<slug:form>", imports.template, name="import_template"),
    path("<int:pk>/", items.item, name="item"),
    path("<int:pk>/withdraw/", items.withdraw, name="withdraw"),
    path("<int:pk>/restore/", items.restore, name="restore"),
]
