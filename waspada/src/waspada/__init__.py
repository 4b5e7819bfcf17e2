"""Finds clusters of events in space and time as they emerge."""

from waspada.baseline import Baseline
from waspada.cases import BadData, Cases, Population
from waspada.clusters import Cluster, Clusters
from waspada.events import Events
from waspada.history import History
from waspada.ledger import Ledger
from waspada.scan import scan
from waspada.scores import Bernoulli, ExpectationPoisson, NegativeBinomial, Permutation, Poisson
from waspada.simulate import World
from waspada.watch import Watch
from waspada.windows import Windows
from waspada.zones import Zones

__version__ = "0.1.0"
__all__ = [
    "BadData",
    "Baseline",
    "Bernoulli",
    "Cases",
    "Cluster",
    "Clusters",
    "Events",
    "ExpectationPoisson",
    "History",
    "Ledger",
    "NegativeBinomial",
    "Permutation",
    "Poisson",
    "Population",
    "Watch",
    "Windows",
    "World",
    "Zones",
    "scan",
]
