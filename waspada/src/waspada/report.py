"""What a scan found, written down: JSON, GeoJSON or text, in full precision and without numbers that are none."""

from __future__ import annotations

import json
import math
from typing import Any

from waspada.cases import Cases
from waspada.clusters import Cluster, Clusters


def plain(value: float | None) -> float | None:
    """None for what JSON cannot hold."""
    return value if value is not None and math.isfinite(value) else None


def cluster_as_dict(cluster: Cluster) -> dict[str, Any]:
    return {
        "places": list(cluster.places),
        "start": cluster.start.isoformat(),
        "end": cluster.end.isoformat(),
        "observed": cluster.observed,
        "expected": plain(cluster.expected),
        "relative_risk": plain(cluster.relative_risk),
        "relative_risk_interval": [plain(cluster.risk_low), plain(cluster.risk_high)],
        "statistic": plain(cluster.statistic),
        "p_value": plain(cluster.p_value),
        "gumbel_p": plain(cluster.gumbel_p),
        "recurrence_interval_days": plain(cluster.recurrence_interval_days),
        "direction": "high" if cluster.high else "low",
        "radius": plain(cluster.radius),
    }


def as_dict(found: Clusters, cases: Cases) -> dict[str, Any]:
    return {
        "clusters": [cluster_as_dict(cluster) for cluster in found],
        "cases": found.total,
        "places": cases.places,
        "study": {"start": cases.start.isoformat(), "end": (last_day(cases)).isoformat(), "unit": cases.unit, "length": cases.length},
        "zones": found.zones,
        "cylinders": found.cylinders,
        "inference": {"method": found.evidence.method, "replications": found.evidence.done, "asked": found.evidence.asked},
    }


def last_day(cases: Cases) -> Any:
    from waspada.clusters import period

    return period(cases, 0, cases.steps)[1]


def as_json(found: Clusters, cases: Cases) -> str:
    return json.dumps(as_dict(found, cases), indent=2, ensure_ascii=False, allow_nan=False)


def as_geojson(found: Clusters, cases: Cases) -> str:
    """A feature per cluster, its places as points; x and y stand as they are where there is no latitude and longitude."""
    features = []
    for rank, cluster in enumerate(found, 1):
        points = [cases.coordinates[row].tolist() for row in cluster.rows]
        if cases.latlong:
            points = [[longitude, latitude] for latitude, longitude in points]
        geometry = {"type": "MultiPoint", "coordinates": points}
        features.append({"type": "Feature", "geometry": geometry, "properties": {"rank": rank, **cluster_as_dict(cluster)}})
    return json.dumps({"type": "FeatureCollection", "features": features}, indent=2, ensure_ascii=False, allow_nan=False)


def as_text(found: Clusters, cases: Cases) -> str:
    lines = [
        f"{found.total} cases in {cases.places} places, {cases.start} to {last_day(cases)}; {found.zones} zones, {found.cylinders} cylinders",
        f"inference: {found.evidence.method}, {found.evidence.done} replications",
    ]
    if not len(found):
        lines.append("Nothing stands out.")
    for rank, cluster in enumerate(found, 1):
        names = ", ".join(cluster.places[:12]) + (f" and {len(cluster.places) - 12} more" if len(cluster.places) > 12 else "")
        lines += ["", f"{rank}. {names}", f"   {cluster.start} to {cluster.end}"]
        lines.append(f"   observed {cluster.observed}, expected {cluster.expected:.4g}, relative risk {shown(cluster.relative_risk)}")
        lines.append(f"   statistic {cluster.statistic:.6f}, p {shown(cluster.p_value)}, Gumbel p {shown(cluster.gumbel_p)}")
        if cluster.recurrence_interval_days is not None:
            lines.append(f"   by chance once in {cluster.recurrence_interval_days:.4g} days")
    return "\n".join(lines)


def shown(value: float | None) -> str:
    return "-" if plain(value) is None else f"{value:.4g}"


FORMATS = {"json": as_json, "geojson": as_geojson, "text": as_text}
