"""Background jobs: how far they are, and stopping them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from feidi.kernel.jobs.access import visible_to
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.services import request_cancel
from feidi.portals.console.jobs import presenting
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

#: Who may see that others' jobs exist and how they went (titles and states; their pages stay closed).
SEE_ALL = "jobs.view"


def _job(request: FeidiRequest, uid: str) -> Job:
    return visible_to(request.actor, Job.objects.all()).get(uid=uid)


@require_safe
def job_list(request: FeidiRequest) -> HttpResponse:
    """List one's own jobs, newest first; those of everybody for who may watch the installation."""
    everything = request.actor.may(SEE_ALL)
    jobs = Job.objects.all() if everything else visible_to(request.actor, Job.objects.all())
    page = paginate(jobs.order_by("-created_at", "-id"), request.GET.get("page"))
    rows = [presenting.row_of(each, own=each.requested_by_id == request.actor.user_id) for each in page.items]
    table = read_table(request.GET, presenting.COLUMNS).with_rows(rows)
    return render(request, "console/jobs/job_list.html", {"table": table, "page": page, "everything": everything})


@never_cache
@require_safe
def job_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one of one's own jobs."""
    job = _job(request, uid)
    page = {
        "job": job,
        "shown": presenting.shown(job),
        "failure": presenting.failure_of(job) if job.error_code else None,
        "crumbs": [Crumb(_("后台任务"), reverse("console:jobs:job_list")), Crumb(job.title)],
    }
    return render(request, "console/jobs/job_view.html", page)


@never_cache
@require_safe
def job_poll(request: FeidiRequest, uid: str) -> HttpResponse:
    """Return the progress component again; once the job has ended, the page around it is loaded anew."""
    job = _job(request, uid)
    response = render(request, "console/jobs/job_poll.html", {"job": job, "shown": presenting.shown(job)})
    if job.is_finished:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def job_cancel(request: FeidiRequest, uid: str) -> HttpResponse:
    """Ask a job to stop."""
    job = request_cancel(actor=request.actor, now=request.now, job=_job(request, uid))
    messages.info(request, _("已停止。") if job.is_finished else _("正在停止：做完手上这一步就停。"))
    return redirect("console:jobs:job_view", uid)
