"""Indexes for a million cases: those a case's page needs, and those table 3 is counted from.

What the count takes for granted becomes a rule of the database.
"""

from datetime import date
from typing import Any

from django.db import migrations, models
from django.db.models import F, Func, IntegerField, Q


class YearOf(Func):
    """The year of a date column, as an expression that both databases index; migration 0008 drops its index."""

    arity = 1
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Days are texts there: the year is what they begin with."""
        return self.as_sql(
            compiler, connection, template="CAST(SUBSTR(%(expressions)s, 1, 4) AS INTEGER)", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Its own function, as a whole number."""
        return self.as_sql(
            compiler, connection, template="CAST(EXTRACT(YEAR FROM %(expressions)s) AS INTEGER)", **context
        )


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_free_texts_encrypted"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_open_due"),
        migrations.RemoveIndex(model_name="case", name="case_closed"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(closed_on=None) | Q(received_on=None) | Q(closed_on__gte=F("received_on")),
                name="case_ends_after_it_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=date(2008, 5, 1)),
                name="case_under_the_regulation",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="split_from",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.PROTECT,
                related_name="parts",
                to="applications.case",
                verbose_name="拆分自",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="same_as",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.PROTECT,
                related_name="alike",
                to="applications.case",
                verbose_name="内容相同的首件",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["agency", "text_index", "-year", "-number"], name="case_alike"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["split_from"], name="case_part", condition=Q(split_from__isnull=False)
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["same_as"], name="case_same", condition=Q(same_as__isnull=False)),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["agency", "closed_on", "outcome", "applicant_kind", "received_on"],
                name="case_result",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("agency"),
                YearOf("received_on"),
                F("closed_on"),
                F("applicant_kind"),
                F("received_on"),
                name="case_carried",
            ),
        ),
    ]
