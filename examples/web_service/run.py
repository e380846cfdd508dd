"""Start the web service, or run what is run every night.

``python3 dev.py serve`` in the folder of the project installs what it needs and starts it with the example case.
``python run.py nightly`` assesses the cases whose day has come: run it after midnight, London time.
"""

import argparse
import logging
import os
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

try:
    import uvicorn
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import Session
    from store import Base, StoredCase, nightly, save
    from web import create_app

    import victims_code as vc
except ModuleNotFoundError as absent:
    sys.exit(f"{absent.name} is not installed. In the folder of the project run: python3 dev.py serve")

HERE = Path(__file__).parent


def now() -> datetime:
    """The time in London."""
    return datetime.now(ZoneInfo("Europe/London"))


def main() -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=["serve", "nightly"], default="serve")
    parser.add_argument("--load", type=Path, nargs="*", default=[], help="case files to store first")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on; by default this machine only")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--names", nargs="+", default=["localhost", "127.0.0.1"], help="the host names it answers to")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    engine = create_engine(
        os.environ.get("DATABASE_URL", f"sqlite:///{HERE / 'cases.sqlite'}"), hide_parameters=True
    )  # an error of the database then shows no record
    Base.metadata.create_all(engine)
    for path in options.load:
        document = vc.Case.from_file(path).to_dict()
        with Session(engine) as session, session.begin():
            known = session.scalar(select(StoredCase.id).where(StoredCase.reference == document["reference"]))
            if known is None:
                save(session, document, now())
    if options.what == "nightly":
        done, failed = nightly(engine, now().date())
        print(f"{done} cases assessed, {failed} not.")
        sys.exit(1 if failed else 0)
    print(f"Open http://{options.host}:{options.port} in a browser. Stop with Ctrl+C.", flush=True)
    uvicorn.run(create_app(engine, now, options.names), host=options.host, port=options.port, access_log=False)


if __name__ == "__main__":
    main()
