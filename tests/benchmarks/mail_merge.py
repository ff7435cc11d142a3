"""A mail merge with LibreOffice, for comparison: run by the Python LibreOffice speaks to (``python3-uno``), not by ours.

``mail_merge.py FOLDER``: FOLDER holds ``data.csv`` and ``template.fodt``; prints the seconds the merge into one PDF took.
"""

import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = "ocop-bench"


def main(folder: Path) -> None:
    """Start LibreOffice on a profile of its own, merge, stop it."""
    office = subprocess.Popen(["soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                               f"--accept=pipe,name={PIPE};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connect()
        start = time.perf_counter()
        merge(context, folder)
        print(time.perf_counter() - start)
        try:
            context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        except Exception:  # noqa: BLE001 - it closes the line while it answers
            pass
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()


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
    main(Path(sys.argv[1]))
