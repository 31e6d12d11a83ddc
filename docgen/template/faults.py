"""Every fault of templates and rendering, in one place to import from.

Faults of the file as a whole (`opc.faults`, `file_faults`) carry its name; faults of a place in it also carry the
part, the paragraph's number and words, and the tag as written (`tag_faults` when it is compiled, `value_faults`
when values meet it).
"""

from __future__ import annotations

from docgen.opc.faults import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileFault,
    HasDoctype,
    HasMacros,
    MalformedPart,
    NoDocument,
    NotADocx,
    OldWordFile,
    StrictFormat,
    TooLarge,
)
from docgen.template.file_faults import CannotFallBack, WrongKind
from docgen.template.tag_faults import (
    BadSyntax,
    CrowdedTag,
    Forbidden,
    FullWidthBraces,
    SplitBlock,
    StrayBlockEnd,
    StrayCloser,
    TagFault,
    TagOutside,
    UnclosedBlock,
    UnclosedTag,
    UnknownFile,
    UnknownFilter,
    UnknownLevel,
)
from docgen.template.value_faults import (
    BrokenBlock,
    CannotCompute,
    IllegalCharacter,
    MisplacedBlock,
    MissingValue,
    NotText,
    UnfitPicture,
    UnknownField,
)

__all__ = [
    "BadSyntax",
    "BrokenBlock",
    "CannotCompute",
    "CannotFallBack",
    "CrowdedTag",
    "DamagedFile",
    "EmptyFile",
    "EncryptedFile",
    "FileFault",
    "Forbidden",
    "FullWidthBraces",
    "HasDoctype",
    "HasMacros",
    "IllegalCharacter",
    "MalformedPart",
    "MisplacedBlock",
    "MissingValue",
    "NoDocument",
    "NotADocx",
    "NotText",
    "OldWordFile",
    "SplitBlock",
    "StrayBlockEnd",
    "StrayCloser",
    "StrictFormat",
    "TagFault",
    "TagOutside",
    "TooLarge",
    "UnclosedBlock",
    "UnclosedTag",
    "UnfitPicture",
    "UnknownField",
    "UnknownFile",
    "UnknownFilter",
    "UnknownLevel",
    "WrongKind",
]
