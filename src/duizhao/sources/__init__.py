"""Taking sources in: the one place where the outside world's files are read.

``expand(inputs)`` turns files, folders and patterns into paths; ``ingest(path)`` reads one, names its format
and gives its bytes.
"""

from duizhao.sources.expand import expand, passed_over
from duizhao.sources.ingest import ingest
from duizhao.sources.names import safe_name

__all__ = ["expand", "ingest", "passed_over", "safe_name"]
