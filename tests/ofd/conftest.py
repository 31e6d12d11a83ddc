"""Where the schemas of OFD are, for the tests that need them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree


def _schema_folder() -> Path | None:
    """Return the folder DOCGEN_OFD_SCHEMA names, or the one beside docxtpl's templates; None where there is neither."""
    templates = os.environ.get("DOCGEN_DOCXTPL_TEMPLATES")
    named = os.environ.get("DOCGEN_OFD_SCHEMA")
    folder = Path(named) if named else Path(templates).parent / "ofd-schema" if templates else None
    return folder if folder and folder.is_dir() else None


SCHEMAS = _schema_folder()
collect_ignore = [] if SCHEMAS else ["test_schema.py"]


@pytest.fixture(scope="session")
def schemas() -> dict[str, etree.XMLSchema]:
    """The schemas of GB/T 33190-2016 by the name of the root they are for."""
    if SCHEMAS is None:
        pytest.skip("the schemas of OFD are not here; set DOCGEN_OFD_SCHEMA to their folder")
    names = ("OFD", "Document", "Page", "Res", "CustomTags", "Attachments")
    return {name: etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd")) for name in names}
