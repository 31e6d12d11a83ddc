"""Where the schemas of OFD are, for the tests that need them."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from printing import require_libreoffice

SPEC = importlib.util.spec_from_file_location("ofd_showpiece", Path(__file__).with_name("showpiece.py"))
showpiece: Any = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(showpiece)


def _schema_folder() -> Path | None:
    """Return the folder DOCGEN_OFD_SCHEMA names, or the one beside docxtpl's templates; None where there is neither."""
    templates = os.environ.get("DOCGEN_DOCXTPL_TEMPLATES")
    named = os.environ.get("DOCGEN_OFD_SCHEMA")
    folder = Path(named) if named else Path(templates).parent / "ofd-schema" if templates else None
    return folder if folder and folder.is_dir() else None


SCHEMAS = _schema_folder()
collect_ignore = [] if SCHEMAS else ["test_schema.py"]


@pytest.fixture(scope="session")
def showpiece_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with all that official documents hold, made a PDF once by LibreOffice."""
    require_libreoffice()
    made: Path = showpiece.showpiece_pdf(tmp_path_factory.mktemp("showpiece"))
    return made


@pytest.fixture(scope="session")
def schemas() -> dict[str, etree.XMLSchema]:
    """The schemas of GB/T 33190-2016 by the name of the root they are for."""
    if SCHEMAS is None:
        pytest.skip("the schemas of OFD are not here; set DOCGEN_OFD_SCHEMA to their folder")
    names = ("OFD", "Document", "Page", "Res", "CustomTags", "Attachments")
    return {name: etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd")) for name in names}
