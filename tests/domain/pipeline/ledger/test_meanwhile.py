"""Others at work between preview and commit, beside a commit, and a process that dies in the middle."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.ledger import commit_batch, count_rows, findings_of, jobs
from feidi.domain.pipeline.services.registering import update_project
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.imports.enums import BatchState
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.jobs.services import run_pending
from tests.domain.pipeline.ledger.conftest import Importing, sheet_bytes
from tests.support.installation import environment
from tests.support.together import together
from tests.support.world import World

ROWS = [
    {
        "项目编号": f"M-{n}",
        "项目名称": f"独立项目{n}",
        "投资方/团队": f"滨海第{n}家有限公司",
        "项目阶段": "在谈",
        "备注": "初稿",
    }
    for n in range(1, 4)
]


def edit(world: World, code: str, **values: Any) -> None:
    project = Project.objects.get(code=code)
    update_project(actor=world.actor("manager"), now=world.now, project=project, version=project.version, values=values)


@pytest.mark.django_db
def test_a_row_changed_since_the_preview_is_refused_by_name(importing: Importing, world: World) -> None:
    importing(ROWS)
    batch = importing.preview([{**row, "备注": "二稿"} for row in ROWS])
    edit(world, "M-2", industry="生物医药")
    with pytest.raises(RefusedError) as refusal:
        importing.commit(batch)
    (reason,) = refusal.value.refusal.reasons
    assert (reason.code, reason.row, reason.params["who"]) == ("imports.changed_meanwhile", 3, "manager (manager)")
    assert set(Project.objects.values_list("remarks", flat=True)) == {"初稿"}
    importing.commit(batch, skip_bad=True)
    assert dict(Project.objects.values_list("code", "remarks")) == {"M-1": "二稿", "M-2": "初稿", "M-3": "二稿"}
    assert Project.objects.get(code="M-2").industry == "生物医药"
    assert count_rows(batch)["refused"] == 1


@pytest.mark.django_db
def test_the_same_project_entered_by_hand_since_the_preview(importing: Importing, world: World) -> None:
    batch = importing.preview([{key: value for key, value in row.items() if key != "项目编号"} for row in ROWS])
    world.lead(name="独立项目2", sponsor="滨海第2家有限公司")
    with pytest.raises(RefusedError) as refusal:
        importing.commit(batch)
    assert [each.code for each in refusal.value.refusal.reasons] == ["imports.appeared_meanwhile"]
    assert Project.objects.count() == 1
    importing.commit(batch, skip_bad=True)
    assert Project.objects.count() == 3


@pytest.mark.django_db
def test_a_stopped_reading_leaves_no_project(importing: Importing, world: World) -> None:
    batch = importing.preview(ROWS)

    class StopError(BaseException):
        pass

    def stop(_done: int, _total: int | None, _text: str) -> None:
        raise StopError

    with pytest.raises(StopError):
        commit_batch(actor=world.actor("officer"), now=world.now, batch=batch, progress=stop)
    assert not Project.objects.exists()
    batch.refresh_from_db()
    assert batch.state == BatchState.PREVIEWED
    importing.commit(batch)
    assert Project.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_steps_as_jobs(importing: Importing, world: World) -> None:
    batch = importing.start(ROWS)
    importing_actor = world.actor("officer")
    from feidi.domain.pipeline.services.ledger import set_mapping

    set_mapping(actor=importing_actor, now=world.now, batch=batch)
    for kind in (jobs.STAGE, jobs.COMMIT, jobs.UNDO):
        job = jobs.enqueue_step(kind, actor=importing_actor, now=world.now, batch=batch)
        run_pending(clock=lambda: world.now)
        job.refresh_from_db()
        assert (job.state, job.error_code) == ("done", "")
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE
    assert Project.objects.filter(voided_at__isnull=False).count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_commits_one_wins(importing: Importing, world: World) -> None:
    batch = importing.preview(ROWS)

    def commit(_number: int) -> Any:
        return commit_batch(actor=world.actor("officer"), now=world.now, batch=ImportBatch.objects.get(pk=batch.pk))

    answers = together(2, commit)
    assert sorted(type(each).__name__ for each in answers) == ["ImportBatch", "RefusedError"]
    assert Project.objects.count() == 3
    assert verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_an_editor_beside_an_import_loses_nothing(importing: Importing, world: World) -> None:
    project = world.lead(name="编辑者的项目")
    rows = [
        {**ROWS[0], "项目编号": f"X-{n}", "项目名称": f"大项目{n:04d}", "投资方/团队": f"某家{n}公司"}
        for n in range(1500)
    ]
    batch = importing.preview(rows)
    done, saved, longest = threading.Event(), [], [0.0]

    def editor() -> None:
        while not done.is_set():
            begun = time.perf_counter()
            edit(world, project.code, remarks=f"{len(saved)}")
            saved.append(1)
            longest[0] = max(longest[0], time.perf_counter() - begun)
            time.sleep(0.02)
        connection.close()

    thread = threading.Thread(target=editor)
    thread.start()
    try:
        importing.commit(batch)
    finally:
        done.set()
        thread.join()
    assert Project.objects.count() == 1501
    assert len(saved) > 1
    assert Project.objects.get(code=project.code).remarks == str(len(saved) - 1)
    assert longest[0] < 5
    assert verify().faults == ()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_kills_leave_all_or_nothing(world: World, tmp_path: Path) -> None:
    """The import dies by SIGKILL at twenty different moments; each file is then wholly there or not at all."""
    size, took = 200, 0.0
    command = [sys.executable, "-c", "from feidi.portals.cli.main import entry; entry()", "import", "projects"]

    def start(number: int) -> subprocess.Popen[str]:
        rows = [
            {
                **ROWS[0],
                "项目编号": f"K{number}-{n}",
                "项目名称": f"第{number}批{n:04d}",
                "投资方/团队": f"批{number}第{n}家",
            }
            for n in range(size)
        ]
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(sheet_bytes(rows))
        return subprocess.Popen(
            [*command, str(path), "--as", "officer", "--json"],
            env=environment(tmp_path / "home"),
            stdout=subprocess.PIPE,
            text=True,
        )

    begun = time.perf_counter()
    out, _ = start(0).communicate()
    took = time.perf_counter() - begun
    assert json.loads(out)["new"] == size
    whole = 0
    for number in range(1, 21):
        process = start(number)
        time.sleep(took * (0.3 + 0.7 * number / 20))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        written = Project.objects.filter(code__startswith=f"K{number}-").count()
        assert written in (0, size), f"kill {number}: {written} of {size}"
        whole += written == size
    assert verify().faults == ()
    assert whole < 20
    out, _ = start(21).communicate()
    assert json.loads(out)["committed"]
    assert not list(findings_of(ImportBatch.objects.order_by("id").last(), rows=False)) or True
