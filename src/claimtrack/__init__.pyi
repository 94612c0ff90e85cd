from claimtrack.analysis.trace import trace as trace
from claimtrack.config import Settings as Settings
from claimtrack.errors import ClaimtrackError as ClaimtrackError
from claimtrack.evaluation.score import score as score
from claimtrack.extract import RulesEngine as RulesEngine
from claimtrack.graph.provenance import provenance as provenance
from claimtrack.model.attribution import Attribution as Attribution
from claimtrack.model.attribution import Extraction as Extraction
from claimtrack.model.document import Article as Article
from claimtrack.model.source import Source as Source
from claimtrack.model.span import Span as Span
from claimtrack.pipeline import AddReport as AddReport
from claimtrack.pipeline import Desk as Desk
from claimtrack.pipeline import Means as Means
from claimtrack.pipeline import ReextractReport as ReextractReport
from claimtrack.pipeline import add as add
from claimtrack.pipeline import engine as engine
from claimtrack.pipeline import extract_lines as extract_lines
from claimtrack.pipeline import reextract as reextract
from claimtrack.pipeline import take_apart as take_apart
from claimtrack.ports import Attributor as Attributor
from claimtrack.sources import Registry as Registry
from claimtrack.sources import Resolver as Resolver
from claimtrack.store import Store as Store

__version__: str
__all__: list[str]
