"""A mail merge with LibreOffice, for comparison: run by the Python LibreOffice speaks to (``python3-uno``), not by ours.

``mail_merge.py FOLDER SECONDS``: FOLDER holds ``data.csv`` and ``template.fodt``; prints the seconds the merge into one PDF took.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE, LATE = f"ocop-bench-{os.getpid()}", 3


def main(folder: Path, at_most: float) -> int:
    """Start LibreOffice on a profile of its own, merge, stop it; when it is not done after ``at_most`` seconds, end it."""
    office = subprocess.Popen(["soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                               f"--accept=pipe,name={PIPE};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              start_new_session=True)
    late = threading.Event()

    def end() -> None:
        late.set()
        os.killpg(office.pid, signal.SIGKILL)

    timer = threading.Timer(at_most, end)
    try:
        context = connect()
        start = time.perf_counter()
        timer.start()
        merge(context, folder)
        print(time.perf_counter() - start)
    except Exception:
        if not late.is_set():
            raise
        return LATE
    finally:
        timer.cancel()
        if not late.is_set():
            os.killpg(office.pid, signal.SIGKILL)
        office.wait()
    return 0


def connect():
    """The running LibreOffice, once it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _try in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not listen")


def merge(context, folder: Path) -> None:
    """Merge the records of ``data.csv`` into ``template.fodt``: one PDF with all of them."""
    databases = context.ServiceManager.createInstanceWithContext("com.sun.star.sdb.DatabaseContext", context)
    source = databases.createInstance()
    source.URL = "sdbc:flat:" + folder.as_uri()
    source.Info = (value("Extension", "csv"), value("HeaderLine", True), value("FieldDelimiter", ","),
                   value("StringDelimiter", '"'), value("CharSet", "UTF-8"))
    source.DatabaseDocument.storeAsURL((folder / "source.odb").as_uri(), ())
    databases.registerObject("ocop", source)
    service = context.ServiceManager.createInstanceWithContext("com.sun.star.text.MailMerge", context)
    service.DataSourceName, service.CommandType, service.Command = "ocop", 0, "data"
    service.DocumentURL = (folder / "template.fodt").as_uri()
    service.OutputType = 2  # a file
    service.OutputURL = folder.as_uri()
    service.FileNamePrefix = "merged"
    service.SaveAsSingleFile = True
    service.SaveFilter = "writer_pdf_Export"
    service.execute(())


def value(name: str, what: object) -> PropertyValue:
    """A named value as LibreOffice takes it."""
    made = PropertyValue()
    made.Name, made.Value = name, what
    return made


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2])))
