"""Archives: bags by RFC 8493, archival codes, catalogues, metadata, and the checks of a bag; plain values in and out.

Nothing here knows the register or a workspace: a bag is judged years later, on another machine.
"""
