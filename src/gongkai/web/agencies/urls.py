"""Addresses of our screens, below the back office's."""

from django.urls import include, path, register_converter

from gongkai.web.agencies.converters import MatterConverter
from gongkai.web.agencies.views import agencies, agency_forms, chain, people

register_converter(MatterConverter, "matter")

agency_patterns = (
    [
        path("", agencies.AgencyIndex.as_view(), name="index"),
        path("results/", agencies.AgencyIndex.as_view(results_only=True), name="index_results"),
        path("tree/", agencies.RegionTree.as_view(), name="tree"),
        path("new/", agency_forms.AddAgency.as_view(), name="add"),
        path("<int:pk>/", agencies.AgencyDetail.as_view(), name="detail"),
        path("<int:pk>/edit/", agency_forms.EditAgency.as_view(), name="edit"),
        path("<int:pk>/rename/", agency_forms.RenameAgency.as_view(), name="rename"),
        path("<int:pk>/move/", agency_forms.MoveAgency.as_view(), name="move"),
        path("<int:pk>/office/", agency_forms.SetOffice.as_view(), name="office"),
        path("<int:pk>/abolish/", agency_forms.AbolishAgency.as_view(), name="abolish"),
        path("<int:pk>/people/new/", agency_forms.AddPerson.as_view(), name="add_person"),
        path("<int:pk>/appoint/", agency_forms.AppointPerson.as_view(), name="appoint"),
        path("<int:pk>/chain/<matter:matter>/", chain.SetChain.as_view(), name="chain"),
    ],
    "agencies",
)
people_patterns = (
    [
        path("", people.PersonIndex.as_view(), name="index"),
        path("results/", people.PersonIndex.as_view(results_only=True), name="index_results"),
        path("<int:pk>/", people.PersonDetail.as_view(), name="detail"),
        path("<int:pk>/edit/", people.EditPerson.as_view(), name="edit"),
        path("<int:pk>/leave/", people.RecordLeave.as_view(), name="leave"),
        path("<int:pk>/password/", people.GivePassword.as_view(), name="password"),
        path("<int:pk>/second-factor/", people.RemoveSecondFactor.as_view(), name="second_factor"),
        path("<int:pk>/hand-over/", people.HandOver.as_view(), name="hand_over"),
        path("<int:pk>/erase/", people.Erase.as_view(), name="erase"),
        path("posts/<int:pk>/end/", people.EndPost.as_view(), name="end_post"),
        path("leave/<int:pk>/cancel/", people.cancel_leave, name="cancel_leave"),
    ],
    "people",
)
admin_patterns = [
    path("agencies/", include(agency_patterns)),
    path("people/", include(people_patterns)),
]
