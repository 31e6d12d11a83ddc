"""PDFs of a few lines, written out by hand."""

from __future__ import annotations

TEXT = "BT /F1 24 Tf 72 700 Td (Notice 2026-3) Tj ET"
PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    " /Filter /ASCIIHexDecode /Length 25 >>\nstream\nFF000000FF000000FFFFFF00>\nendstream"
)
SHADING = (
    "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 595 0] /Extend [true true]"
    " /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> >>"
)
RESOURCES = "/Resources << /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> /Shading << /S 7 0 R >> >>"


def pdf(content: str, media: str = "0 0 595 842", page: str = "", pages: int = 1) -> bytes:
    """Return a PDF that shows the same content on each page; `page` says more of the pages."""
    kids = " ".join(["3 0 R"] * pages)
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{media}] {page} /Contents 4 0 R {RESOURCES} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        PICTURE,
        SHADING,
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{each:010} 00000 n \n" for each in places)
    count = len(bodies) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF\n".encode()
