"""Addresses of the workbench, within the back office."""

from django.urls import path

from gongkai.web.applications.views import (
    act,
    case,
    desk,
    due,
    entry,
    figures,
    group,
    holidays,
    letters,
    papers,
    reminders,
    saved,
    settings,
    take_over,
)

app_name = "applications"

urlpatterns = [
    path("", due.due, name="due"),
    path("export.<slug:form>", due.export, name="export"),
    path("desk/", desk.desk, name="desk"),
    path("reminders/", reminders.choose, name="reminders"),
    path("views/", saved.save, name="save_view"),
    path("views/<int:number>/delete/", saved.delete, name="delete_view"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("month/", due.month, name="month"),
    path("assign/", due.assign, name="assign"),
    path("take-over/", take_over.take_over, name="take_over"),
    path("take-over/template.json", take_over.template, name="take_over_template"),
    path("new/", entry.register, name="register"),
    path("assistance/", entry.assistance, name="assistance"),
    path("figures/", figures.table, name="figures"),
    path("figures/<slug:row>/<slug:column>/", figures.behind, name="behind"),
    path("figures/<slug:row>/<slug:column>/export.<slug:form>", figures.export, name="export_behind"),
    path("settings/<int:agency>/", settings.settings, name="settings"),
    path("settings/<int:agency>/templates/<slug:code>.docx", settings.template, name="template"),
    path("settings/<int:agency>/templates/<slug:code>.pdf", settings.preview, name="template_preview"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/personal/", case.personal, name="personal"),
    path("<int:pk>/papers/", papers.papers, name="papers"),
    path("<int:pk>/papers/<slug:code>.<slug:form>", papers.paper, name="paper"),
    path("<int:pk>/files/<int:number>/", case.attachment, name="attachment"),
    path("<int:pk>/letters/new/<slug:code>/", letters.new, name="new_letter"),
    path("<int:pk>/letters/<int:number>/", letters.letter, name="letter"),
    path("<int:pk>/letters/<int:number>/preview.pdf", letters.preview, name="preview"),
    path("<int:pk>/letters/<int:number>/preview.png", letters.preview_picture, name="preview_picture"),
    path("<int:pk>/group/", group.group, name="group"),
    path("<int:pk>/group/<slug:name>/", group.step, name="together"),
    path("<int:pk>/group/<slug:name>/<int:about>/", group.step, name="together_on"),
    path("<int:pk>/do/<slug:name>/", act.act, name="act"),
    path("<int:pk>/do/<slug:name>/<int:about>/", act.act, name="act_on"),
]
