"""Addresses of the reports' screens, within the back office."""

from django.urls import path

from gongkai.web.reporting.views import act, board, files, review, rollup, upload

app_name = "reporting"

urlpatterns = [
    path("", board.board, name="board"),
    path("export.<str:form>", board.export, name="export"),
    path("upload/", upload.upload, name="upload"),
    path("intake/<int:pk>/", upload.file_intake, name="file_intake"),
    path("uploads/", upload.uploads, name="uploads"),
    path("progress/", upload.progress, name="progress"),
    path("<int:pk>/", review.review, name="review"),
    path("<int:pk>/rollup/", rollup.rollup, name="rollup"),
    path("<int:pk>/versions/", review.versions, name="versions"),
    path("<int:pk>/do/<slug:name>/", act.act, name="act"),
    path("<int:pk>/source/<int:number>/", files.source, name="source"),
    path("<int:pk>/page/<int:number>/<int:page>.png", files.page, name="page"),
]
