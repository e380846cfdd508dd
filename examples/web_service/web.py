"""The web service: cases in, duties out, as JSON and as pages that need no script.

There is no sign-on here: put the service behind that of your force. It listens on this machine only, refuses requests
for other hosts and forms of other sites, reads no more than a megabyte, and writes no reference, name or date of birth
to the log. Addresses hold the number of a case and never its reference.
"""

import json
import logging
import pathlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, FastAPI, HTTPException, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from starlette.middleware.trustedhost import TrustedHostMiddleware
from store import (
    CODE,
    PAGE,
    SOON,
    URGENCIES,
    Base,
    Duty,
    StoredCase,
    Version,
    owed_by,
    record,
    save,
    waiting,
    work_list,
)

import victims_code as vc
from victims_code import render
from victims_code.dates import format_date
from victims_code.plain import PlainAssessment
from victims_code.schemas import schema

LOG = logging.getLogger("web_service")
FOLDER = pathlib.Path(__file__).parent
LIMIT = 1_000_000  # bytes
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with none at all a browser sends a form without saying where it is from
    "X-Content-Type-Options": "nosniff",
}
WORDS = vc.vocabulary.load_vocabulary()
OWING = {name for edition in CODE.law.editions.values() for duty in edition.duties.values() for name in duty.owed_by}
CASE = {"requestBody": {"required": True, "content": {"application/json": {"schema": schema("case")}}}}
templates = Jinja2Templates(FOLDER / "templates")
templates.env.trim_blocks = templates.env.lstrip_blocks = True
templates.env.globals.update(
    day=format_date,
    day_of=date.fromisoformat,
    references=lambda things: [(one["reference"], one["reference"]) for one in things],
    titles=lambda bodies: " or ".join(WORDS.body(name).title for name in bodies),
    titles_of=lambda words: sorted(((one.id, one.title) for one in words.values()), key=lambda pair: pair[1]),
    urgencies=URGENCIES,
    words=WORDS,
    bodies=sorted((WORDS.body(name).title, name) for name in OWING),
)


async def read_body(request: Request) -> str:
    """What was sent, as text, up to the limit."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LIMIT:
            raise HTTPException(413, f"Send at most {LIMIT} bytes.")
    try:
        return read.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, "Send the text as UTF-8.") from None


Body = Annotated[str, Depends(read_body)]
BodyName = Annotated[str, Query(alias="body", description="The body that owes the duty, such as police.")]
Urgency = Annotated[str, Query(pattern=f"^({'|'.join(URGENCIES)})?$")]
Page = Annotated[int, Query(ge=1, le=100_000)]
Id = Annotated[int, Path(ge=1, lt=2**31, description="The number of a case.")]


def create_app(
    engine: Engine, clock: Callable[[], datetime], hosts: Sequence[str] = ("localhost", "127.0.0.1")
) -> FastAPI:
    """The service on a database.

    :param clock: gives the time in London; the library reads no clock.
    :param hosts: the host names it answers to.
    """
    Base.metadata.create_all(engine)
    app = FastAPI(title="Duties to victims", docs_url=None, redoc_url=None)  # those pages load scripts from elsewhere
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))

    def session_of() -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    Db = Annotated[Session, Depends(session_of, scope="function")]  # noqa: N806  (a type; commits before it answers)

    @app.middleware("http")
    async def guard(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        origin = request.headers.get("origin")
        if request.method not in ("GET", "HEAD") and origin and urlsplit(origin).netloc != request.headers["host"]:
            return JSONResponse({"detail": "This form belongs to another site."}, 403)
        response = await go_on(request)
        response.headers.update(HEADERS)
        route = getattr(request.scope.get("route"), "path", "(none)")
        LOG.info("%s %s %s", request.method, route, response.status_code)
        return response

    @app.exception_handler(vc.VictimsCodeError)
    def refused(_: Request, problem: vc.VictimsCodeError) -> JSONResponse:
        """Every fault at once, each with its place and what to do."""
        return JSONResponse({"faults": [fault.to_dict() for fault in problem.faults]}, 422)

    @app.exception_handler(IntegrityError)
    @app.exception_handler(StaleDataError)
    def crossed(_: Request, problem: Exception) -> JSONResponse:
        return JSONResponse({"detail": "Someone else saved this case just now. Read it again."}, 409)

    @app.exception_handler(DataError)
    def not_held(_: Request, problem: Exception) -> JSONResponse:
        return JSONResponse({"detail": "The database cannot hold a text of this case: it is too long."}, 400)

    def one(session: Session, id_: int) -> StoredCase:
        found = session.get(StoredCase, id_)
        if found is None:
            raise HTTPException(404, "There is no such case.")
        return found

    def body_known(body: str) -> str:
        return WORDS.body(body).id if body else ""

    # --- for programs -------------------------------------------------------------------------------------------

    def assess(stored: StoredCase) -> vc.Assessment:
        return CODE.assess(vc.Case.from_dict(stored.document), as_at=clock().date())

    def with_warnings(stored: StoredCase) -> dict[str, Any]:
        """What was saved, and what of it deserves a look."""
        return {**saved(stored), "faults": [fault.to_dict() for fault in assess(stored).faults]}

    def saved(stored: StoredCase) -> dict[str, Any]:
        return {name: getattr(stored, name) for name in ("id", "reference", "version", "assess_on")}

    @app.post("/api/cases", status_code=201, openapi_extra=CASE)
    def create(session: Db, body: Body, response: Response) -> dict[str, Any]:
        document = vc.Case.from_json(body).to_dict()
        if session.scalar(select(StoredCase.id).where(StoredCase.reference == document["reference"])):
            raise HTTPException(409, "There is a case with this reference. Change it with PUT.")
        stored = save(session, document, clock())
        response.headers["Location"] = f"/api/cases/{stored.id}"
        return with_warnings(stored)

    @app.get("/api/cases")
    def find(session: Db, reference: str) -> list[dict[str, Any]]:
        return [saved(found) for found in session.scalars(select(StoredCase).where(StoredCase.reference == reference))]

    @app.get("/api/cases/{id_}")
    def read(session: Db, id_: Id) -> dict[str, Any]:
        return {**saved(one(session, id_)), "document": one(session, id_).document}

    @app.put("/api/cases/{id_}", openapi_extra=CASE)
    def replace(session: Db, id_: Id, body: Body, version: int) -> dict[str, Any]:
        """Save a case that was read before, with the references of its records; `version` is that which was read."""
        stored, document = one(session, id_), vc.Case.from_json(body).to_dict()
        if version != stored.version:
            raise HTTPException(409, "Someone else saved this case. Read it again.")
        if document["reference"] != stored.reference:
            raise HTTPException(409, "A case keeps its reference: the duties are known by it.")
        return with_warnings(save(session, document, clock(), stored))

    @app.post("/api/cases/{id_}/events", status_code=201)
    def add_record(session: Db, id_: Id, body: Body) -> dict[str, Any]:
        """Add a record. To correct an earlier one, name its reference in `replaces`; `withdrawn` takes it away."""
        try:
            event = json.loads(body)
        except (ValueError, RecursionError) as problem:
            raise HTTPException(400, f"This is not JSON: {problem}") from None
        if not isinstance(event, dict):
            raise HTTPException(400, 'Send one record, such as {"event": "suspect-arrested", "at": "2026-04-02"}.')
        return with_warnings(record(session, one(session, id_), event, clock()))

    @app.get("/api/cases/{id_}/versions")
    def versions(session: Db, id_: Id) -> list[dict[str, Any]]:
        kept = session.scalars(select(Version).where(Version.case_id == one(session, id_).id).order_by(Version.number))
        return [{"version": v.number, "saved_at": v.saved_at, "document": v.document} for v in kept]

    @app.get("/api/cases/{id_}/assessment")
    def assessment(
        session: Db, id_: Id, as_at: date | None = None, known_on: date | None = None, explain: bool = False
    ) -> PlainAssessment:
        case = vc.Case.from_dict(one(session, id_).document)
        return CODE.assess(case, as_at=as_at or clock().date(), known_on=known_on).to_dict(explain=explain)

    @app.get("/api/work-list")
    def list_of_work(session: Db, body: BodyName = "", urgency: Urgency = "", page: Page = 1) -> dict[str, Any]:
        rows, total = work_list(session, clock().date(), body=body_known(body), urgency=urgency, page=page)
        return {"total": total, "page": page, "waiting_for_nightly_run": behind(session), "work": rows}

    @app.get("/diary.ics")
    def diary(session: Db, body: BodyName = "") -> Response:
        """The dates still to be met, for Outlook and other diaries to subscribe to."""
        name = body_known(body)
        owing = select(Duty.case_id).where(owed_by(name))
        results = []
        for stored in session.scalars(select(StoredCase).where(StoredCase.id.in_(owing)).order_by(StoredCase.id)):
            result = assess(stored).to_dict()
            if name:
                result["obligations"] = [one for one in result["obligations"] if name in one["owed_by"]]
                result["windows"] = []
            results.append(result)
        return Response(render.assessments_to_icalendar(results), media_type="text/calendar; charset=utf-8")

    @app.get("/health")
    def health(session: Db) -> dict[str, Any]:
        """Whether the database answers and the nightly run is up to date, and which law is in use."""
        late, cases = behind(session), session.scalar(select(func.count()).select_from(StoredCase))
        law = {"package": vc.__version__, "law": CODE.law.version, "law_hash": CODE.law.data_hash}
        return {"status": "behind" if late else "ok", "cases": cases, "waiting_for_nightly_run": late, **law}

    def behind(session: Session) -> int:
        """How many cases wait for the nightly run."""
        return session.scalar(select(func.count()).select_from(StoredCase).where(waiting(clock().date()))) or 0

    # --- for people ---------------------------------------------------------------------------------------------

    def show(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        return templates.TemplateResponse(request, name, {**values, "today": clock().date(), "law": CODE.law}, status)

    @app.get("/")
    def work_page(
        request: Request, session: Db, body: BodyName = "", urgency: Urgency = "", page: Page = 1
    ) -> HTMLResponse:
        rows, total = work_list(session, clock().date(), body=body_known(body), urgency=urgency, page=page)
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(row["urgency"], []).append(row)
        counts = {"total": total, "shown": len(rows), "first": PAGE * (page - 1) + 1, "behind": behind(session)}
        asked = {"body": body, "urgency": urgency, "page": page, "more": PAGE * page < total}
        no_cases = session.scalar(select(StoredCase.id).limit(1)) is None
        return show(request, "work_list.html", groups=groups, no_cases=no_cases, **counts, **asked)

    def case_of(
        request: Request, session: Session, stored: StoredCase, faults: Sequence[vc.Fault] = (), form: Any = None
    ) -> HTMLResponse:
        result = assess(stored)
        events = stored.document.get("events", [])
        replaced = {event["replaces"]: event["reference"] for event in events if "replaces" in event}
        kept = session.scalars(select(Version).where(Version.case_id == stored.id).order_by(Version.number)).all()
        return show(
            request,
            "case.html",
            422 if faults else 200,
            stored=stored,
            work=[one.to_dict() for one in result.work_list(within=SOON)],
            assessed=result.to_html(),
            events=events,
            replaced=replaced,
            versions=kept,
            faults=faults,
            form=form or {},
        )

    @app.get("/cases/{id_}")
    def case_page(request: Request, session: Db, id_: Id) -> HTMLResponse:
        return case_of(request, session, one(session, id_))

    @app.post("/cases/{id_}")
    def record_by_form(request: Request, session: Db, id_: Id, body: Body) -> Response:
        form, stored = {name: text.strip() for name, text in parse_qsl(body, max_num_fields=20)}, one(session, id_)
        try:
            record(session, stored, {**form, "withdrawn": True} if form.get("withdrawn") else form, clock())
        except vc.VictimsCodeError as problem:
            return case_of(request, session, stored, problem.faults, form)
        return RedirectResponse(f"/cases/{id_}", 303)

    return app
