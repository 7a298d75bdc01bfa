"""Start-up of the applications app."""

from django.apps import AppConfig

#: What an agency's page offers of ours: address, word, permission.
SETTINGS = ("applications:settings", "依申请公开设置", "applications.set_up")


class ApplicationsConfig(AppConfig):
    """Adds its permissions to the table and registers its tasks."""

    name = "gongkai.web.applications"
    label = "applications"
    verbose_name = "依申请公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself."""
        from gongkai.web.agencies import permissions as agency_permissions
        from gongkai.web.applications import files, tasks  # noqa: F401 - the tasks register themselves
        from gongkai.web.applications.alike import earlier_answers
        from gongkai.web.applications.delivery import telling, undelivered
        from gongkai.web.applications.labels import ACTION_LABELS
        from gongkai.web.applications.letters import others_data
        from gongkai.web.applications.permissions import TABLE
        from gongkai.web.applications.receiving import drafts, scans
        from gongkai.web.applications.workload import desk, duties, reminders, template_desk
        from gongkai.web.common import demo, registry
        from gongkai.web.common.sms import templates as sms

        agency_permissions.extend(TABLE, by_office=True)
        registry.of("action_labels").register("applications", ACTION_LABELS)
        registry.of("back_office").register("applications", "applications")
        registry.of("desk").register("applications", desk.waiting, order=10)
        registry.of("desk").register("applications.templates", template_desk.waiting, order=15)
        registry.of("desk").register("applications.notices", undelivered.for_administrators, order=12)
        registry.of("duties").register("applications.cases", duties.CASES)
        registry.of("agency_actions").register("applications.settings", SETTINGS)
        registry.of("key_rotation").register("applications.files", files.rotate)
        registry.of("key_rotation").register("applications.scans", scans.rotate)
        registry.of("key_rotation").register("applications.drafts", drafts.rotate)
        registry.of("key_rotation").register("applications.clearances", others_data.rotate)
        registry.of("key_rotation").register("applications.answers", earlier_answers.rotate)
        registry.of("workdays").register("law", reminders.works)
        registry.of("erasure").register("applications.reminders", reminders.erase)
        for text in (*telling.TEMPLATES, reminders.SMS):
            sms.register(text)
        registry.of(demo.PARTS).register("applications", "gongkai.web.applications.demo.PART", order=40)
