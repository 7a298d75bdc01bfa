"""Forms of the back office: they take what an action needs, and decide nothing."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db import models
from django.utils import timezone

from gongkai.web.agencies.actions.agencies import CONTACT_FIELDS
from gongkai.web.agencies.fields import AgencyField, DayField, RegionField
from gongkai.web.agencies.models import Agency, AgencyKind, Person, Role
from gongkai.web.agencies.selectors import agencies_for, agencies_of, colleagues, people_for
from gongkai.web.common.actor import Actor


class ActorForm(forms.Form):
    """A form that knows who fills it in, and about which agency or person."""

    def __init__(self, *args: Any, actor: Actor, subject: Any = None, **kwargs: Any) -> None:
        self.actor, self.subject = actor, subject
        super().__init__(*args, **kwargs)
        self.limit()

    def limit(self) -> None:
        """Offer only what the actor may choose."""


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic at run time
    """A person, told from others of the same name by the sign-in name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "请选择")
        super().__init__(Person.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Name and sign-in name."""
        return f"{obj.name}（{obj.username}）"


def _form_field(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """A model's field on a form; an address without a scheme is a secure one."""
    if isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


class ContactForm(ActorForm):
    """Contacts and site codes of an agency: the model's own fields, as ``EditAgency`` takes them."""

    def limit(self) -> None:
        """The fields, filled with what they hold now."""
        fields = forms.fields_for_model(Agency, fields=CONTACT_FIELDS, formfield_callback=_form_field)
        for name in CONTACT_FIELDS:
            field = fields[name]
            if self.subject is not None:
                field.initial = getattr(self.subject, name)
            self.fields[name] = field

    def changes(self) -> dict[str, str]:
        """The values by field name."""
        return {name: self.cleaned_data[name] for name in CONTACT_FIELDS}


class NewAgencyForm(ActorForm):
    """A new agency."""

    full_name = forms.CharField(
        label="全称", max_length=120, help_text="与印章一致，如：平阳县昆阳镇人民政府"
    )
    short_name = forms.CharField(label="简称", max_length=60, help_text="如：昆阳镇")
    kind = forms.ChoiceField(label="机关类别", choices=AgencyKind.choices)
    supervisor = AgencyField(label="上级主管", required=False, help_text="全称或机构代码")
    region = RegionField(label="所在区划", help_text="行政区划代码，如 330326")
    agency_code = forms.CharField(
        label="机构代码", max_length=40, help_text="统一社会信用代码，或本平台自编的代码；设定后不变"
    )
    slug = forms.SlugField(label="网址名", max_length=60, help_text="小写字母、数字和连字符，如 kunyang")

    def limit(self) -> None:
        """Under agencies the actor may found one under; whoever may found at the top may leave it empty."""
        supervisor = cast("AgencyField", self.fields["supervisor"])
        supervisor.agencies = agencies_for(self.actor, "agencies.create_agency").current()


class RenameForm(ActorForm):
    """A new name."""

    full_name = forms.CharField(label="新全称", max_length=120)
    short_name = forms.CharField(label="新简称", max_length=60)
    from_day = DayField(
        label="启用日期", initial=timezone.localdate, help_text="原名称作为曾用名保留到前一天"
    )

    def limit(self) -> None:
        """Filled with the name of now."""
        self.fields["full_name"].initial = self.subject.full_name
        self.fields["short_name"].initial = self.subject.short_name


class MoveForm(ActorForm):
    """Another supervisor or region."""

    supervisor = AgencyField(label="上级主管", required=False, help_text="全称或机构代码；顶层机关不填")
    region = RegionField(label="所在区划", help_text="行政区划代码")

    def limit(self) -> None:
        """Filled with what holds now."""
        supervisor = cast("AgencyField", self.fields["supervisor"])
        supervisor.agencies = agencies_for(self.actor, "agencies.move_agency").current()
        supervisor.initial, self.fields["region"].initial = self.subject.supervisor, self.subject.region


class OfficeForm(ActorForm):
    """Which of the bodies directly below a government handles the applications to it."""

    office = forms.ModelChoiceField(
        Agency.objects.none(), label="由谁办理", required=False, empty_label="本机关任命的经办人自己办理"
    )

    def limit(self) -> None:
        """Those that are no governments themselves; the one of now is chosen."""
        below = self.subject.supervised.current().filter(is_government=False).order_by("code")
        cast("forms.ModelChoiceField[Agency]", self.fields["office"]).queryset = below
        self.fields["office"].initial = self.subject.handled_by_id


class AbolishForm(ActorForm):
    """The day an agency is closed."""

    day = DayField(label="撤销日期", initial=timezone.localdate)


class NewPersonForm(ActorForm):
    """A new person with a first post."""

    name = forms.CharField(label="姓名", max_length=60)
    username = forms.CharField(label="登录名", max_length=60, help_text="字母、数字和 @ . + - _，设定后不变")
    role = forms.ChoiceField(label="岗位", choices=Role.choices)
    title = forms.CharField(label="职务", max_length=60, required=False, help_text="如：党政办公室主任")
    from_day = DayField(label="任职日期", initial=timezone.localdate)
    phone = forms.CharField(label="办公电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)


class EditPersonForm(ActorForm):
    """Name and contacts."""

    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(label="办公电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)

    def limit(self) -> None:
        """Filled with what holds now."""
        for name in self.fields:
            self.fields[name].initial = getattr(self.subject, name)


class AppointForm(ActorForm):
    """A post for a person who is already there."""

    person = PersonChoice(label="人员")
    role = forms.ChoiceField(label="岗位", choices=Role.choices)
    title = forms.CharField(label="职务", max_length=60, required=False)
    from_day = DayField(label="任职日期", initial=timezone.localdate)
    until_day = DayField(label="离任日期", required=False, help_text="不定期任职不填")

    def limit(self) -> None:
        """People of the agencies in which the actor may appoint."""
        cast("PersonChoice", self.fields["person"]).queryset = people_for(
            self.actor, "agencies.appoint"
        ).filter(is_active=True)


class EndPostForm(ActorForm):
    """The last day of a post."""

    last_day = DayField(label="离任日期", initial=timezone.localdate, help_text="任职的最后一天")


class LeaveForm(ActorForm):
    """Days away and who acts."""

    from_day = DayField(label="开始日期", initial=timezone.localdate)
    until_day = DayField(label="结束日期")
    deputy = PersonChoice(label="代理人", help_text="在此期间以自己的名义代行其岗位职责")

    def limit(self) -> None:
        """Colleagues of the absent person."""
        places = agencies_of(self.subject).values_list("pk", flat=True)
        cast("PersonChoice", self.fields["deputy"]).queryset = colleagues(places).exclude(pk=self.subject.pk)


class HandOverForm(ActorForm):
    """To whom, until when."""

    successor = PersonChoice(label="接收人")
    last_day = DayField(label="最后工作日", initial=timezone.localdate)

    def limit(self) -> None:
        """Colleagues of whoever goes."""
        places = agencies_of(self.subject).values_list("pk", flat=True)
        cast("PersonChoice", self.fields["successor"]).queryset = colleagues(places).exclude(
            pk=self.subject.pk
        )


class SecondFactorForm(ActorForm):
    """Why the second factor goes, and how one knows who asks."""

    reason = forms.CharField(
        label="理由", max_length=200, help_text="如：手机遗失，恢复码也找不到；本人持工作证当面申请"
    )


class EraseForm(ActorForm):
    """Why, and the sign-in name typed once more: what is erased does not come back."""

    reason = forms.CharField(label="清除理由", max_length=200, help_text="如：离任满三年，不再需要；本人申请")
    username = forms.CharField(label="再次输入其登录名", max_length=60, help_text="清除后不能恢复")

    def clean_username(self) -> str:
        """The one meant."""
        typed: str = self.cleaned_data["username"].strip()
        if typed != self.subject.username:
            raise forms.ValidationError("与此人的登录名不符")
        return typed


class StepForm(forms.Form):
    """One step of a chain; a row without a name is no step."""

    name = forms.CharField(label="步骤", max_length=20, required=False)
    role = forms.ChoiceField(label="岗位", choices=[("", "请选择"), *Role.choices], required=False)
    person = PersonChoice(label="指定人员", required=False, empty_label="该岗位任何人")

    def __init__(self, *args: Any, bodies: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonChoice", self.fields["person"]).queryset = colleagues(bodies)

    def clean(self) -> dict[str, Any]:
        """A step has a name and a role, or neither."""
        values = super().clean() or {}
        if bool(values.get("name")) != bool(values.get("role")):
            raise forms.ValidationError("步骤和岗位须同时填写，或同时留空")
        return values


StepFormSet = forms.formset_factory(StepForm, extra=0)
#: Rows offered: more steps than any matter takes.
STEP_ROWS = 6
