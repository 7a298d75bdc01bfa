"""What was open on a day is found by shelves; a register number is found without its agency."""

from django.db import migrations, models
from django.db.models import F

from gongkai.web.applications.models.shelves import OrNever, Shelf


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0007_notices"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="one_case_per_register_no",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_carried",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("agency"),
                Shelf("received_on", "closed_on"),
                OrNever("closed_on"),
                F("applicant_kind"),
                F("received_on"),
                F("closed_on"),
                name="case_open_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("register_no", "agency"), name="one_case_per_register_no"
            ),
        ),
    ]
