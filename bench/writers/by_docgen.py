"""docgen: the template compiled once, rendered for each document."""

from __future__ import annotations

import sys
from pathlib import Path

from serve import arguments, serve

from docgen.template.template import compile as compile_template

sys.path.insert(0, str(Path(__file__).parent.parent))
from letters import contexts

if __name__ == "__main__":
    path, told = arguments()
    template = compile_template(Path(path).read_bytes(), Path(path).name)
    serve(contexts(told), template.render)
