"""The form for the steps of a signing chain."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils import timezone

from gongkai.web.agencies import actions, forms, signing
from gongkai.web.agencies.models import Matter, Post, Role
from gongkai.web.agencies.views.agency_forms import AgencyForm


class SetChain(AgencyForm):
    """The steps of one matter; all rows on one form."""

    template_name = "agencies/chain_form.html"
    permission = "agencies.set_chain"
    page_title = "设定签批流程"
    submit_label = "设定"
    notice = "按先后填写签批步骤，不用的行留空。至少要有两个步骤、两名不同的人员。"
    done = "已设定签批流程"

    @property
    def matter(self) -> Matter:
        """Which matter, from the address."""
        return Matter(self.kwargs["matter"])

    def get_page_title(self) -> str:
        """Of which matter."""
        return f"{self.matter.label}签批流程"

    def get_form(self, form_class: Any = None) -> Any:
        """The rows: as they are stored, or what is usual."""
        del form_class
        data = self.request.POST if self.request.method == "POST" else None
        return forms.StepFormSet(data, initial=self._rows(), form_kwargs={"bodies": self._bodies()})

    def _bodies(self) -> list[int]:
        return signing.bodies(self.subject, self.matter)

    def _rows(self) -> list[dict[str, Any]]:
        chain = self.subject.chains.filter(matter=self.matter).first()
        if chain:
            rows = [
                {"name": step.name, "role": step.role, "person": step.person_id}
                for step in chain.steps.order_by("number")
            ]
        else:
            held = set(
                Post.objects.on(timezone.localdate())
                .filter(agency_id__in=self._bodies())
                .values_list("role", flat=True)
            )
            rows = [
                {"name": name, "role": role}
                for name, role in signing.default_steps(self.matter)
                if role in held or not held
            ]
        return rows + [{} for _ in range(forms.STEP_ROWS - len(rows))]

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """A set of forms takes errors differently."""
        form.add_error = lambda _field, text: form.non_form_errors().append(text)  # type: ignore[attr-defined, method-assign]
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """The rows again, with what is wrong above them."""
        return self.render_to_response(self.get_context_data(form=form))

    def act(self, form: Any) -> Any:
        """``SetChain``."""
        steps = [
            actions.StepWanted(row["name"], row["role"], row["person"])
            for row in (step.cleaned_data for step in form)
            if row.get("name")
        ]
        return actions.SetChain(self.actor, agency=self.subject, matter=self.matter, steps=steps).run()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The roles with those who hold them, beside the form."""
        posts = Post.objects.on(timezone.localdate()).filter(agency_id__in=self._bodies())
        by_role: dict[str, list[str]] = {}
        for post in posts.select_related("person").order_by("role", "id"):
            by_role.setdefault(Role(post.role).label, []).append(str(post.person))
        return super().get_context_data(holders=by_role, **kwargs)
