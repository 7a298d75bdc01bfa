"""What each address and each action answers to whom it does not concern.

A new address or action without a line here fails the tests beside this file.
"""

from enum import Enum, auto


class Verdict(Enum):
    """How an address treats a stranger (nobody signed in) and the clerk of another agency."""

    #: Everybody may see it.
    PUBLIC = auto()
    #: The way in and out; shows nothing of anybody.
    ENTRANCE = auto()
    #: About the person signed in, whoever it is; a stranger is sent to sign in.
    ONESELF = auto()
    #: Of the back office, for everybody in it, limited to their agencies; a stranger is sent to sign in.
    LIMITED = auto()
    #: Of the back office, for some roles: the clerk is refused; a stranger is sent to sign in.
    ROLE = auto()
    #: About one application, for whoever has its number and code; nothing of it without them.
    APPLICANT = auto()
    #: About a citizen's own account, strangers and staff are sent to its entrance.
    ACCOUNT = auto()
    #: About one thing of an agency: refused to another's clerk exactly as if it were not there.
    OBJECT = auto()
    #: Nobody gets in: our own page stands in its place.
    CLOSED = auto()


_V = Verdict
ADDRESSES: dict[str, Verdict] = {
    # sign-in
    "account_login": _V.ENTRANCE,
    "account_logout": _V.ENTRANCE,
    "account_inactive": _V.ENTRANCE,
    "account_reauthenticate": _V.ONESELF,
    "account_change_password": _V.ONESELF,
    "mfa_index": _V.ONESELF,
    "mfa_authenticate": _V.ENTRANCE,
    "mfa_reauthenticate": _V.ONESELF,
    "mfa_activate_totp": _V.ONESELF,
    "mfa_deactivate_totp": _V.ONESELF,
    "mfa_view_recovery_codes": _V.ONESELF,
    "mfa_generate_recovery_codes": _V.ONESELF,
    "mfa_download_recovery_codes": _V.ONESELF,
    "usersessions_list": _V.ONESELF,
    # the site itself
    "healthz": _V.PUBLIC,
    "favicon.ico": _V.PUBLIC,
    "wagtaildocs_serve": _V.OBJECT,
    "wagtaildocs_authenticate_with_password": _V.CLOSED,
    # agencies and people
    "agencies:index": _V.LIMITED,
    "agencies:index_results": _V.LIMITED,
    "agencies:tree": _V.LIMITED,
    "agencies:add": _V.ROLE,
    "agencies:detail": _V.OBJECT,
    "agencies:edit": _V.OBJECT,
    "agencies:rename": _V.OBJECT,
    "agencies:move": _V.OBJECT,
    "agencies:abolish": _V.OBJECT,
    "agencies:office": _V.OBJECT,
    "agencies:add_person": _V.OBJECT,
    "agencies:appoint": _V.OBJECT,
    "agencies:chain": _V.OBJECT,
    "people:index": _V.LIMITED,
    "people:index_results": _V.LIMITED,
    "people:detail": _V.OBJECT,
    "people:edit": _V.OBJECT,
    "people:leave": _V.OBJECT,
    "people:password": _V.OBJECT,
    "people:second_factor": _V.OBJECT,
    "people:hand_over": _V.OBJECT,
    "people:end_post": _V.OBJECT,
    "people:cancel_leave": _V.OBJECT,
    "people:erase": _V.OBJECT,
    # applications: the workbench
    "applications:due": _V.LIMITED,
    "applications:export": _V.LIMITED,
    "applications:save_view": _V.LIMITED,
    "applications:delete_view": _V.LIMITED,
    "applications:desk": _V.LIMITED,
    "applications:reminders": _V.LIMITED,
    "applications:holidays": _V.ROLE,
    "applications:take_over": _V.ROLE,
    "applications:take_over_template": _V.ROLE,
    "applications:month": _V.LIMITED,
    "applications:assign": _V.ROLE,
    "applications:routing": _V.LIMITED,
    "applications:register": _V.LIMITED,
    "applications:assistance": _V.LIMITED,
    "applications:figures": _V.LIMITED,
    "applications:behind": _V.LIMITED,
    "applications:export_offers": _V.LIMITED,
    "applications:export_behind": _V.LIMITED,
    "applications:settings": _V.OBJECT,
    "applications:template": _V.OBJECT,
    "applications:case": _V.OBJECT,
    "applications:personal": _V.OBJECT,
    "applications:registered": _V.OBJECT,
    "applications:new_code": _V.OBJECT,
    "applications:new_code_given": _V.OBJECT,
    "applications:scan": _V.LIMITED,
    "applications:drop_scan": _V.OBJECT,
    "applications:scan_words": _V.OBJECT,
    "applications:scan_page": _V.OBJECT,
    "applications:on_the_spot": _V.OBJECT,
    "applications:papers": _V.OBJECT,
    "applications:paper": _V.OBJECT,
    "applications:template_preview": _V.OBJECT,
    "applications:attachment": _V.OBJECT,
    "applications:new_letter": _V.OBJECT,
    "applications:letter": _V.OBJECT,
    "applications:preview": _V.OBJECT,
    "applications:preview_picture": _V.OBJECT,
    "applications:group": _V.OBJECT,
    "applications:together": _V.OBJECT,
    "applications:together_on": _V.OBJECT,
    "applications:act": _V.OBJECT,
    "applications:act_on": _V.OBJECT,
    # the catalogue of published information
    "publishing:index": _V.LIMITED,
    "publishing:add": _V.LIMITED,
    "publishing:import": _V.LIMITED,
    "publishing:personal": _V.LIMITED,
    "publishing:import_template": _V.LIMITED,
    "publishing:item": _V.OBJECT,
    "publishing:withdraw": _V.OBJECT,
    "publishing:restore": _V.OBJECT,
    # annual reports
    "reporting:file_intake": _V.OBJECT,
    "reporting:board": _V.LIMITED,
    "reporting:upload": _V.LIMITED,
    "reporting:uploads": _V.LIMITED,
    "reporting:progress": _V.LIMITED,
    "reporting:export": _V.LIMITED,
    "reporting:review": _V.OBJECT,
    "reporting:rollup": _V.OBJECT,
    "reporting:versions": _V.OBJECT,
    "reporting:act": _V.OBJECT,
    "reporting:source": _V.OBJECT,
    "reporting:page": _V.OBJECT,
    # the public site
    "portal:home": _V.PUBLIC,
    "portal:agencies": _V.PUBLIC,
    "portal:agency": _V.PUBLIC,
    "portal:agency_feed": _V.PUBLIC,
    "portal:catalogue": _V.PUBLIC,
    "portal:item": _V.PUBLIC,
    "portal:report": _V.PUBLIC,
    "portal:download": _V.PUBLIC,
    "portal:reports": _V.PUBLIC,
    "portal:reports_of_year": _V.PUBLIC,
    "portal:feed": _V.PUBLIC,
    "portal:compare": _V.PUBLIC,
    "portal:apply": _V.PUBLIC,
    "portal:apply_to": _V.PUBLIC,
    "portal:puzzle": _V.PUBLIC,
    "portal:track": _V.PUBLIC,
    "portal:followed": _V.APPLICANT,
    "portal:leave_case": _V.APPLICANT,
    "portal:paper": _V.APPLICANT,
    "portal:act_on_case": _V.APPLICANT,
    "portal:own_paper": _V.APPLICANT,
    "portal:draft": _V.APPLICANT,
    "portal:receipt_paper": _V.APPLICANT,
    "portal:see_offer": _V.APPLICANT,
    "portal:blank_form": _V.PUBLIC,
    "portal:account": _V.ENTRANCE,
    "portal:account_code": _V.ENTRANCE,
    "portal:account_leave": _V.ACCOUNT,
    "portal:account_delete": _V.ACCOUNT,
    "portal:account_particulars": _V.ACCOUNT,
    "portal:account_add": _V.ACCOUNT,
    "portal:account_open": _V.ACCOUNT,
    "portal:account_remove": _V.ACCOUNT,
    "portal:account_undo": _V.ACCOUNT,
    "portal:search": _V.PUBLIC,
    "portal:data": _V.PUBLIC,
    "portal:accessibility": _V.PUBLIC,
    "portal:feedback": _V.PUBLIC,
    "portal:display": _V.PUBLIC,
    "portal:sitemap": _V.PUBLIC,
    "portal:robots": _V.PUBLIC,
    "portal:api:openapi-json": _V.PUBLIC,
    "portal:api:list_agencies": _V.PUBLIC,
    "portal:api:one_agency": _V.PUBLIC,
    "portal:api:list_reports": _V.PUBLIC,
    "portal:api:one_report": _V.PUBLIC,
    "portal:api:report_figures": _V.PUBLIC,
    "portal:api:totals": _V.PUBLIC,
    "portal:api:api-root": _V.CLOSED,
}


class Doer(Enum):
    """Who may run an action: everybody else is denied, whatever state the thing is in."""

    #: People of the agency concerned, and of those above it as far as the table of permissions says.
    STAFF = auto()
    #: The administrator of the whole site, and the command that sets a site up.
    SITE = auto()
    #: A part of the system, no person.
    SYSTEM = auto()
    #: A visitor: nobody in particular, and nobody signed in.
    CITIZEN = auto()


ACTIONS: dict[str, Doer] = {
    "agencies.abolish_agency": Doer.STAFF,
    "agencies.appoint": Doer.STAFF,
    "agencies.cancel_leave": Doer.STAFF,
    "agencies.create_administrator": Doer.SITE,
    "agencies.create_agency": Doer.STAFF,
    "agencies.create_person": Doer.STAFF,
    "agencies.create_region": Doer.SITE,
    "agencies.edit_agency": Doer.STAFF,
    "agencies.edit_person": Doer.STAFF,
    "agencies.end_post": Doer.STAFF,
    "agencies.erase_person": Doer.STAFF,
    "agencies.hand_over": Doer.STAFF,
    "agencies.move_agency": Doer.STAFF,
    "agencies.record_leave": Doer.STAFF,
    "agencies.remove_second_factor": Doer.STAFF,
    "agencies.rename_agency": Doer.STAFF,
    "agencies.reset_sign_in": Doer.STAFF,
    "agencies.set_chain": Doer.STAFF,
    "agencies.set_office": Doer.STAFF,
    "applications.add_file": Doer.STAFF,
    "applications.add_note": Doer.STAFF,
    "applications.add_party": Doer.STAFF,
    "applications.answer_assistance": Doer.STAFF,
    "applications.answer_errand": Doer.STAFF,
    "applications.answer_on_the_spot": Doer.STAFF,
    "applications.answer_the_usual_way": Doer.STAFF,
    "applications.ask_for_words": Doer.STAFF,
    "applications.ask_section": Doer.STAFF,
    "applications.assign": Doer.STAFF,
    "applications.choose_sms": Doer.CITIZEN,
    "applications.copy_letter": Doer.STAFF,
    "applications.correct_event": Doer.STAFF,
    "applications.correct_receipt": Doer.STAFF,
    "applications.decide_on_party": Doer.STAFF,
    "applications.delete_view": Doer.STAFF,
    "applications.deliver_letter": Doer.STAFF,
    "applications.draft_letter": Doer.STAFF,
    "applications.drop_letter": Doer.STAFF,
    "applications.drop_scan": Doer.STAFF,
    "applications.drop_template": Doer.STAFF,
    "applications.edit_letter": Doer.STAFF,
    "applications.enter": Doer.STAFF,
    "applications.forward": Doer.STAFF,
    "applications.group": Doer.STAFF,
    "applications.hand_in_correction": Doer.CITIZEN,
    "applications.import_holidays": Doer.SITE,
    "applications.join_consultation": Doer.STAFF,
    "applications.leave_group": Doer.STAFF,
    "applications.note_words": Doer.SYSTEM,
    "applications.open_personal": Doer.STAFF,
    "applications.new_code": Doer.STAFF,
    "applications.prepare": Doer.CITIZEN,
    "applications.purge": Doer.SYSTEM,
    "applications.rate": Doer.CITIZEN,
    "applications.receive_forwarded": Doer.SYSTEM,
    "applications.record_answer": Doer.STAFF,
    "applications.record_arrival": Doer.STAFF,
    "applications.record_assistance": Doer.STAFF,
    "applications.record_event": Doer.STAFF,
    "applications.record_offers": Doer.CITIZEN,
    "applications.open_offer": Doer.CITIZEN,
    "applications.refresh": Doer.SYSTEM,
    "applications.register": Doer.STAFF,
    "applications.register_scanned": Doer.STAFF,
    "applications.return_letter": Doer.STAFF,
    "applications.save_view": Doer.STAFF,
    "applications.send": Doer.CITIZEN,
    "applications.set_register": Doer.STAFF,
    "applications.set_reminders": Doer.STAFF,
    "applications.set_template": Doer.STAFF,
    "applications.sign_letter": Doer.STAFF,
    "applications.split": Doer.STAFF,
    "applications.split_off": Doer.STAFF,
    "applications.start_consultation": Doer.STAFF,
    "applications.submit": Doer.CITIZEN,
    "applications.take": Doer.STAFF,
    "applications.take_offer": Doer.CITIZEN,
    "applications.take_in_scan": Doer.STAFF,
    "applications.take_over": Doer.STAFF,
    "applications.void_event": Doer.STAFF,
    "applications.withdraw": Doer.CITIZEN,
    "portal.ask_for_code": Doer.CITIZEN,
    "portal.delete_account": Doer.CITIZEN,
    "portal.drop_particulars": Doer.CITIZEN,
    "portal.enter_code": Doer.CITIZEN,
    "portal.erase_account": Doer.SYSTEM,
    "portal.keep_particulars": Doer.CITIZEN,
    "portal.list_case": Doer.CITIZEN,
    "portal.list_again": Doer.CITIZEN,
    "portal.sign_out": Doer.CITIZEN,
    "portal.unlist_case": Doer.CITIZEN,
    "portal.warn_account": Doer.SYSTEM,
    "publishing.add_item": Doer.STAFF,
    "publishing.change_item": Doer.STAFF,
    "publishing.import_items": Doer.STAFF,
    "publishing.restore_item": Doer.STAFF,
    "publishing.withdraw_item": Doer.STAFF,
    "reporting.accept_finding": Doer.STAFF,
    "reporting.amend": Doer.STAFF,
    "reporting.ask_about_intake": Doer.SYSTEM,
    "reporting.begin_reading": Doer.SYSTEM,
    "reporting.confirm": Doer.STAFF,
    "reporting.correct": Doer.STAFF,
    "reporting.correct_as_suggested": Doer.STAFF,
    "reporting.discard": Doer.STAFF,
    "reporting.fail_reading": Doer.SYSTEM,
    "reporting.file_intake": Doer.STAFF,
    "reporting.finish_reading": Doer.SYSTEM,
    "reporting.keep_published": Doer.STAFF,
    "reporting.publish": Doer.STAFF,
    "reporting.recheck": Doer.STAFF,
    "reporting.request_withdrawal": Doer.STAFF,
    "reporting.reread": Doer.STAFF,
    "reporting.return": Doer.STAFF,
    "reporting.sign": Doer.STAFF,
    "reporting.take_in": Doer.STAFF,
    "reporting.unaccept_finding": Doer.STAFF,
    "reporting.undo_correction": Doer.STAFF,
    "reporting.upload": Doer.STAFF,
    "reporting.withdraw": Doer.STAFF,
}

#: The CMS's own, by the beginning of the name: what it limits to collections, and what is closed to staff.
#: Which is which ``agencies.back_office`` says; ``test_back_office`` tries each of them with foreign files.
CMS: dict[str, Verdict] = {
    "wagtailadmin_sprite": _V.ENTRANCE,
    "wagtailadmin_javascript_catalog": _V.ENTRANCE,
    "wagtailadmin_login": _V.ENTRANCE,
    "admin/login/": _V.ENTRANCE,
    "wagtailadmin_logout": _V.ENTRANCE,
    "wagtailadmin_password_reset": _V.CLOSED,
    "wagtailadmin_home": _V.LIMITED,
    "wagtailadmin_account": _V.ONESELF,
    "wagtailadmin_dismissibles": _V.ONESELF,
    "wagtaildocs": _V.LIMITED,
    "wagtaildocs_chooser": _V.LIMITED,
    "wagtailimages": _V.LIMITED,
    "wagtailimages_chooser": _V.LIMITED,
    "wagtail_bulk_action": _V.LIMITED,
    "wagtailadmin": _V.ROLE,
    "wagtailadmin_pages": _V.ROLE,
    "wagtailadmin_workflows": _V.ROLE,
    "wagtailadmin_reports": _V.ROLE,
    "wagtailadmin_collections": _V.ROLE,
    "wagtailadmin_editing_sessions": _V.ROLE,
    "wagtailadmin_api:pages": _V.ROLE,
    "wagtailadmin_api:images": _V.ROLE,
    "wagtailadmin_api:documents": _V.ROLE,
    "wagtailsites": _V.ROLE,
    "wagtailsnippets": _V.ROLE,
    "wagtailusers_users": _V.ROLE,
    "wagtailusers_groups": _V.ROLE,
    "admin/test404/": _V.ROLE,
    "admin/^.*/$": _V.ROLE,
}


def verdict_on(name: str, namespace: str) -> Verdict | None:
    """The verdict on an address; None where nobody has thought about it."""
    if name in ADDRESSES:
        return ADDRESSES[name]
    if name in CMS:
        return CMS[name]
    if namespace:
        return CMS.get(namespace)
    fitting = [start for start in CMS if name.startswith(f"{start}_")]
    return CMS[max(fitting, key=len)] if fitting else None
