"""Import of a 招商台账 of 100,000 rows × 44 columns: time, memory, write lock, and what an editor beside it feels.

``python benchmarks/import_ledger.py [--rows N] [--database URL] [--editor/--no-editor] [--compare ROWS]``

Makes the file once (cached in the temporary folder), a fresh installation per run, and writes
``benchmarks/results/import_ledger.md``. Three processes: the import (measured), an editor that saves one project
every 50 ms (its longest wait is what a colleague feels), and this one. All rows are invented.

``--compare`` runs django-import-export's ModelResource over the same file into the same project columns, on fewer
rows when told so; its figure stands beside ours with the number of rows.
"""

# ruff: noqa: PLC0415 - each child process imports only what it measures
from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "import_ledger.md"
HEADERS = (
    "序号", "项目编号", "项目名称", "统一社会信用代码", "投资方/团队", "投资方注册地", "产业领域", "项目阶段", "线索来源", "引荐人",
    "首报单位", "首报时间", "责任人", "分管领导", "计划总投资(万元)", "其中固定资产投资(万元)", "技术来源", "核心产品", "团队人数",
    "需求(用地/厂房㎡)", "需求(办公㎡)", "用能需求", "环评类别", "政策诉求", "预计产值(万元)", "预计税收(万元)", "最近洽谈时间",
    "最新进展", "存在问题", "需协调事项", "下一步计划", "预计签约时间", "签约日期", "协议类型", "签约金额(万元)", "注册日期",
    "落户企业名称", "场地落实日期", "到位资金(万元)", "开工日期", "投产日期", "达产日期", "核实落地日期", "备注",
)  # fmt: skip
_WORDS = "云海滨江星辰光谱蓝图远航博创启明致远同心汇智聚能新材芯源"
_STAGES = (
    "线索登记",
    "线索研判",
    "洽谈对接",
    "洽谈对接",
    "考察尽调",
    "项目评估",
    "商务谈判",
    "签约",
    "入孵培育",
    "注册落户",
)


def main() -> None:
    """Run what was asked for; the other modes are this script's own child processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--compare", type=int, default=10_000, metavar="ROWS")
    parser.add_argument("--no-editor", action="store_true")
    parser.add_argument("--no-result", action="store_true", help="print only")
    parser.add_argument("--database", default="", metavar="URL")
    parser.add_argument("--child", choices=("prepare", "import", "editor", "peer"))
    parser.add_argument("--file", type=Path)
    parser.add_argument("--stop", type=Path)
    args = parser.parse_args()
    modes = {"prepare": _prepare, "import": _import, "editor": _editor, "peer": _peer}
    if args.child:
        modes[args.child](args)
    else:
        _run(args)


# ---------------------------------------------------------------------------------------------------- the file


def ledger_file(rows: int) -> Path:
    """Return the cached workbook of that many rows; makes it when missing."""
    path = Path(tempfile.gettempdir()) / f"feidi-bench-ledger-{rows}.xlsx"
    if not path.exists():
        _write_ledger(path, rows)
    return path


def _write_ledger(path: Path, rows: int) -> None:
    import xlsxwriter

    random.seed(20261123)
    part = path.with_suffix(".part")
    book = xlsxwriter.Workbook(str(part), {"constant_memory": True})
    sheet = book.add_worksheet("招商台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADERS)
    for number in range(1, rows + 1):
        for column, value in enumerate(_row(number)):
            if isinstance(value, date):
                sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(number, column, value)
    book.close()
    part.rename(path)


def _row(number: int) -> list[object]:
    from stdnum.cn import uscc

    name = "".join(random.choices(_WORDS, k=4)) + f"{number:06d}"
    stage = random.choice(_STAGES)
    reached = _STAGES.index(stage)
    signed = date(2024, 1, 1) + timedelta(days=random.randrange(900)) if reached >= 7 else None
    base = f"91{random.choice(('440300', '440604'))}{number:09d}"[:17].replace("I", "1")
    code = base + uscc.calc_check_digit(base)
    first = date(2022, 1, 1) + timedelta(days=random.randrange(1500))
    progress = f"{random.randint(1, 11)}.{random.randint(1, 28)} 电话沟通，了解需求；11.{random.randint(1, 20)} 来访，李博士等3人"
    return [
        number, f"YL-{number:06d}", f"{name}检测技术产业化项目", code, f"滨海{name}科技有限公司（演示）", "滨海市前湾区",
        random.choice(("生物医药", "半导体新材料", "绿色环保", "智能装备")), stage, random.choice(("展会", "中介推荐", "以商引商", "走访")),
        "演示引荐人", "云溪区投资促进中心（演示）", first, "张专员", "李主任（演示）", random.randint(300, 90_000), random.randint(100, 30_000),
        "演示大学重点实验室", f"{name}在线检测仪及配套试剂", random.randint(3, 200), str(random.randint(500, 20_000)), str(random.randint(50, 2_000)),
        f"用电 {random.randint(50, 900)} 千伏安", "报告表", "租金补贴、设备补贴、人才公寓", random.randint(500, 200_000), random.randint(20, 9_000),
        first + timedelta(days=random.randrange(200)), progress, "厂房层高不足，需要 6 米以上", "协调环评与用电增容", "安排考察云溪产业园",
        date(2026, 12, 31), signed, "投资合同" if signed else None, random.randint(300, 90_000) if signed else None,
        signed + timedelta(days=40) if signed and reached == 9 else None, f"云溪{name}科技有限公司（演示）" if reached == 9 else None,
        None, random.randint(50, 900) if reached == 9 else None, None, None, None, None, f"演示数据第 {number} 行",
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ the children


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feidi.config.settings")
    import django

    django.setup()


def _now() -> datetime:
    return datetime.now(ZoneInfo("Asia/Shanghai"))


def _prepare(_args: argparse.Namespace) -> None:
    """A fresh installation with an officer and one project for the editor."""
    _django()
    from django.core.management import call_command

    from feidi.domain.parties.models import Membership, Outpost
    from feidi.domain.parties.services.places import sync_places
    from feidi.domain.pipeline.services.registering import Lead, register_lead
    from feidi.kernel.access import Actor, ActorKind, actor_for_user
    from feidi.kernel.content.publishing import load_folder
    from feidi.kernel.identity.models import User

    call_command("migrate", interactive=False, verbosity=0)
    installer, now = Actor(kind=ActorKind.COMMAND, label="benchmark"), _now()
    load_folder(actor=installer, now=now)
    sync_places(actor=installer, now=now)
    outpost = Outpost.objects.get(code="yunbin")
    user = User(login="officer", display_name="张专员", created_at=now)
    user.set_password("benchmark-2026")
    user.save()
    Membership.objects.create(user=user, role="officer", outpost=outpost, valid_from=date(2020, 1, 1), created_at=now)
    lead = Lead(name="编辑者的项目", sponsor="滨海编辑演示有限公司")
    register_lead(actor=actor_for_user(user, now), now=now, outpost=outpost, lead=lead, owner=user)


def _import(args: argparse.Namespace) -> None:
    """The measured process: the whole import as a job would run it."""
    started = time.perf_counter()
    _django()
    from feidi.domain.parties.models import Outpost
    from feidi.domain.pipeline.services import ledger
    from feidi.domain.pipeline.services.ledger import committing
    from feidi.domain.pipeline.services.ledger.finding_out import index_batch
    from feidi.kernel.access import actor_for_user
    from feidi.kernel.files.services import store_upload
    from feidi.kernel.identity.models import User
    from feidi.kernel.subjects import Subject

    now = _now()
    actor = actor_for_user(User.objects.get(login="officer"), now)
    outpost = Outpost.objects.get(code="yunbin")
    laps = {}

    def lap(name: str) -> None:
        laps[name] = round(time.perf_counter() - started - sum(laps.values()), 2)

    with args.file.open("rb") as stream:
        chunks = iter(lambda: stream.read(1 << 20), b"")
        file = store_upload(
            actor=actor, now=now, subject=Subject("parties.outpost", outpost.uid), name=args.file.name, chunks=chunks
        )
    lap("upload checked and kept")
    batch = ledger.start_batch(actor=actor, now=now, outpost=outpost, file=file, declared_currency="CNY")
    ledger.set_mapping(actor=actor, now=now, batch=batch)
    lap("opened, columns understood")
    ledger.stage_batch(actor=actor, now=now, batch=batch)
    lap("read, compared, staged")
    # as the job does it: making the projects findable is a job of its own, queued with the commit
    ledger.commit_batch(actor=actor, now=now, batch=batch, index_later=True)
    lap("built and written")
    whole = time.perf_counter() - started
    index_batch(batch)
    laps["then, in a job of its own: made findable"] = round(time.perf_counter() - started - whole, 2)
    laps["of building and writing: write lock held"] = round(committing.HELD[-1], 2)
    print(
        json.dumps(
            {
                "seconds": round(whole, 2),
                "cpu_seconds": round(time.process_time(), 2),
                "load": os.getloadavg()[0],
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "counts": batch.counts,
                "laps": laps,
            }
        )
    )


def _editor(args: argparse.Namespace) -> None:
    """Save one project every 50 ms until told to stop; print every wait's summary."""
    _django()
    from feidi.domain.pipeline.models import Project
    from feidi.domain.pipeline.services.registering import update_project
    from feidi.kernel.access import actor_for_user
    from feidi.kernel.identity.models import User

    actor = actor_for_user(User.objects.get(login="officer"), _now())
    project = Project.objects.get(name="编辑者的项目")
    waits: list[float] = []
    failed = 0
    while not args.stop.exists():
        begun = time.perf_counter()
        try:
            values = {"remarks": f"第 {len(waits)} 次"}
            project = update_project(actor=actor, now=_now(), project=project, version=project.version, values=values)
        except Exception as error:  # noqa: BLE001 - counted and told
            failed += 1
            print(repr(error), file=sys.stderr)
        waits.append(time.perf_counter() - begun)
        time.sleep(0.05)
    waits.sort()
    print(
        json.dumps(
            {
                "saves": len(waits),
                "failed": failed,
                "median_ms": round(waits[len(waits) // 2] * 1000),
                "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000),
                "longest_s": round(waits[-1], 2),
            }
        )
    )


def _peer(args: argparse.Namespace) -> None:
    """django-import-export over the same file into the same columns of the same table: no parties, no log, no audit."""
    started = time.perf_counter()
    _django()
    import tablib
    from django.db import transaction
    from import_export import fields, resources

    from feidi.domain.parties.models import Outpost
    from feidi.domain.pipeline.models import Project
    from feidi.kernel.subjects import new_uid

    outpost = Outpost.objects.get(code="yunbin")
    names = {
        "项目编号": "code", "项目名称": "name", "投资方/团队": "sponsor_name", "投资方注册地": "sponsor_place", "产业领域": "industry",
        "线索来源": "source_channel", "引荐人": "referrer", "首报单位": "first_report_unit", "责任人": "owner_text", "分管领导": "leader",
        "技术来源": "tech_source", "核心产品": "core_product", "团队人数": "team_size", "需求(用地/厂房㎡)": "land_need",
        "需求(办公㎡)": "office_need", "用能需求": "energy_need", "环评类别": "eia_class", "政策诉求": "policy_request",
        "计划总投资(万元)": "planned_investment_text", "其中固定资产投资(万元)": "fixed_investment_text", "预计产值(万元)": "expected_output_text",
        "预计税收(万元)": "expected_tax_text", "最新进展": "progress", "存在问题": "problems", "需协调事项": "coordination",
        "下一步计划": "next_step", "首报时间": "first_report_on", "最近洽谈时间": "last_talk_on", "预计签约时间": "expected_sign_on", "备注": "remarks",
    }  # fmt: skip
    now = _now()

    class ProjectResource(resources.ModelResource):
        """The same columns, as its documentation recommends for bulk."""

        class Meta:
            model = Project
            fields = tuple(names.values())
            import_id_fields = ("code",)
            use_bulk = True
            batch_size = 1000
            skip_diff = True
            report_skipped = False

        def before_save_instance(self, instance: Project, _row: object, **_kwargs: object) -> None:
            instance.outpost, instance.created_at, instance.uid = outpost, now, new_uid()
            instance.name_folded, instance.sponsor_folded = instance.name, instance.sponsor_name

    del fields
    with args.file.open("rb") as stream:
        data = tablib.Dataset().load(stream.read(), format="xlsx")
    data.headers = [names.get(each, each) for each in data.headers]
    read = time.perf_counter() - started
    begun = time.perf_counter()
    with transaction.atomic():
        result = ProjectResource().import_data(data, dry_run=False, use_transactions=False, raise_errors=True)
    print(
        json.dumps(
            {
                "seconds": round(time.perf_counter() - started, 2),
                "read_s": round(read, 2),
                "transaction_s": round(time.perf_counter() - begun, 2),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "rows": sum(result.totals.values()),
            }
        )
    )


# -------------------------------------------------------------------------------------------------- the parent


def _child(mode: str, env: dict[str, str], *more: str, wait: bool = True) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).resolve()), "--child", mode, *more]
    child = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    if wait:
        child.wait()
    return child


def _said(child: subprocess.Popen[str]) -> dict[str, object]:
    out, _ = child.communicate()
    if child.returncode:
        sys.exit(f"a child process failed with {child.returncode}")
    said: dict[str, object] = json.loads(out.strip().splitlines()[-1])
    return said


def _home(database: str) -> tuple[Path, dict[str, str]]:
    home = Path(tempfile.mkdtemp(prefix="feidi-bench-import-"))
    env = {**os.environ, "FEIDI_HOME": str(home), "FEIDI_KEYS": str(home / "keys"), "FEIDI_LOG": "ERROR"}
    env.pop("DATABASE_URL", None)
    if database:
        env["DATABASE_URL"] = database
    return home, env


def _run(args: argparse.Namespace) -> None:
    file = ledger_file(args.rows)
    home, env = _home(args.database)
    try:
        if _child("prepare", env).returncode:
            sys.exit("prepare failed")
        stop = home / "stop"
        editor = None if args.no_editor else _child("editor", env, "--stop", str(stop), wait=False)
        ours = _said(_child("import", env, "--file", str(file), wait=False))
        stop.touch()
        felt = _said(editor) if editor else {}
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps({"ours": ours, "editor": felt}, ensure_ascii=False), file=sys.stderr, flush=True)
    peer = _compare(args) if args.compare else {}
    text = _report(args, file, ours, felt, peer)
    print(text)
    if not args.no_result:
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        RESULT.write_text(text, encoding="utf-8")


def _compare(args: argparse.Namespace) -> dict[str, object]:
    file = ledger_file(min(args.compare, args.rows))
    home, env = _home("")
    try:
        if _child("prepare", env).returncode:
            sys.exit("prepare failed")
        return _said(_child("peer", env, "--file", str(file), wait=False))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _report(
    args: argparse.Namespace, file: Path, ours: dict[str, object], felt: dict[str, object], peer: dict[str, object]
) -> str:
    laps = ours["laps"]
    assert isinstance(laps, dict)
    size = file.stat().st_size / 2**20
    database = "PostgreSQL" if args.database else "SQLite (WAL)"
    lines = [
        "# Import of a ledger",
        "",
        (
            f"{args.rows:,} rows × {len(HEADERS)} columns, {size:.0f} MB xlsx, {database}; Python "
            f"{platform.python_version()}, {os.cpu_count()} cores, load average {ours['load']:.1f} (the import and the "
            "editor are two of it). Made by `benchmarks/import_ledger.py`; all rows are invented."
        ),
        "",
        "| what | measured | target |",
        "|---|---|---|",
        f"| whole import, from the program's start to the last row written | {ours['seconds']} s | 60 s |",
        f"| peak memory of the job | {ours['peak_mb']:,} MB | 1,200 MB |",
        f"| write lock of the commit | {laps['of building and writing: write lock held']} s | 5 s |",
    ]
    if felt:
        lines += [
            f"| longest wait of an editor who saves every 50 ms | {felt['longest_s']} s | 5 s |",
            f"| that editor's median / p99 | {felt['median_ms']} / {felt['p99_ms']} ms | |",
            f"| that editor's saves, of which failed | {felt['saves']}, {felt['failed']} | 0 failed |",
        ]
    lines += ["", "Where the time goes:", "", "| step | s |", "|---|---|", *(f"| {k} | {v} |" for k, v in laps.items())]
    lines += ["", f"Rows: {ours['counts']}"]
    if peer:
        lines += [
            "",
            (
                f"django-import-export 4 (bulk, skip_diff), {peer['rows']:,} rows of the same kind into the same project "
                "columns only (no organizations, parties, stage log, timeline, audit, findings or undo; nothing is "
                "compared), in one transaction:"
            ),
            "",
            "| what | measured |",
            "|---|---|",
            f"| whole | {peer['seconds']} s |",
            f"| of which reading the file | {peer['read_s']} s |",
            f"| of which one write transaction | {peer['transaction_s']} s |",
            f"| peak memory | {peer['peak_mb']:,} MB |",
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
