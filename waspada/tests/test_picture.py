"""Pictures: well-formed, self-contained, and safe with any name."""

from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
import pytest
from worlds import city

import waspada as w
from waspada.picture import Words, map_svg, nice, time_svg

SVG = "{http://www.w3.org/2000/svg}"


def found():
    cases = city()
    return cases, w.scan(cases, None, w.Permutation(), replications=0).top


def read(text):
    return ElementTree.fromstring(text)


def test_a_map_has_every_place_and_marks_those_of_the_cluster():
    cases, top = found()
    picture = read(map_svg(cases, top))
    circles = list(picture.iter(SVG + "circle"))
    marked = [c for c in circles if c.find(SVG + "title") is not None and c.get("fill") == "#b3261e"]
    assert len(marked) == len(top.rows) and len(circles) == cases.places + 4  # two kinds and two sizes in the legend
    width, height = (float(picture.get(side)) for side in ("width", "height"))
    assert all(0 < float(c.get("cx")) < width and 0 < float(c.get("cy")) < height for c in circles)


def test_pictures_say_what_they_show_and_need_nothing_else():
    cases, top = found()
    for text in (map_svg(cases, top), time_svg(cases, top, np.full(cases.counts.shape, 0.15))):
        picture = read(text)
        assert picture.get("role") == "img" and picture[0].tag == SVG + "title" and picture[1].tag == SVG + "desc"
        assert str(top.observed) in picture[0].text and picture[1].text
        assert "href" not in text and "<style" not in text and "<script" not in text and "url(" not in text
        assert len(text) < 40_000


def test_bars_are_the_clusters_cases_and_the_line_what_is_expected():
    cases, top = found()
    expected = np.full(cases.counts.shape, 0.15)
    picture = read(time_svg(cases, top, expected, alpha=0.3, days=40))
    counts = cases.counts[list(top.rows), -40:].sum(axis=0)
    bars = [r for r in picture.iter(SVG + "rect") if r.get("fill") in ("#b3261e", "#8fa3b0")]
    assert len(bars) - 1 == (counts > 0).sum()  # and one in the legend
    heights = np.array([float(r.get("height")) for r in bars[:-1]])
    assert np.allclose(heights / heights.max(), counts[counts > 0] / counts.max(), atol=0.01)


def test_days_without_a_forecast_have_no_line():
    cases, top = found()
    expected = np.full(cases.counts.shape, 0.15)
    expected[:, :30] = np.nan
    assert "nan" not in time_svg(cases, top, expected)


def test_names_are_text_never_markup():
    cases, top = found()
    ids = tuple(f"<script>&'\"{i}\x00\ud800" for i in range(cases.places))
    evil = w.Cases(cases.counts, cases.coordinates, ids, cases.start)
    text = map_svg(evil, top, words=Words(cluster="<b>&", kilometres="'"))
    read(text).iter()
    assert "<script" not in text and "<b>" not in text and "\x00" not in text


@dataclass
class Spot:
    rows: tuple[int, ...]
    first_step: int
    observed: int = 3
    expected: float = 0.5


@pytest.mark.parametrize(
    "coordinates, latlong",
    [([[0, 0]], False), ([[5, 5], [5, 5]], False), ([[-0.9, 100.4], [-0.9, 100.5]], True), ([[-18, 179.9], [-18, -179.9]], True)],
)
def test_one_place_one_point_one_line_and_the_date_line_can_be_drawn(coordinates, latlong):
    cases = w.Cases(np.ones((len(coordinates), 5), int), coordinates, latlong=latlong)
    text = map_svg(cases, Spot((0,), 3))
    assert "nan" not in text and "inf" not in text
    across = [float(c.get("cx")) for c in read(text).iter(SVG + "circle")][: len(coordinates)]
    assert all(16 <= x <= 464 for x in across)


def test_a_map_knows_its_scale():
    cases = w.Cases(np.ones((2, 3), int), [[0.0, 100.0], [0.0, 101.0]], latlong=True)  # 111 km
    words = "".join(t.text or "" for t in read(map_svg(cases, Spot((0,), 1))).iter(SVG + "text"))
    assert "20 km" in words and nice(111) == 200 and nice(1) == 1 and nice(0.03) == 0.05


def test_no_cases_at_all_can_be_drawn():
    cases = w.Cases(np.zeros((3, 5), int), np.eye(3)[:, :2])
    read(map_svg(cases, Spot((0,), 1)))
    read(time_svg(cases, Spot((0,), 1), np.zeros((3, 5))))


def test_what_cannot_be_drawn_is_refused_by_name():
    cases, top = found()
    with pytest.raises(w.BadData, match="no place 60"):
        map_svg(cases, Spot((60,), 1))
    with pytest.raises(w.BadData, match="step 99"):
        map_svg(cases, Spot((1,), 99))
    with pytest.raises(w.BadData, match="expectations"):
        time_svg(cases, top, np.ones((2, 2)))
    with pytest.raises(ValueError, match="alpha"):
        time_svg(cases, top, np.ones(cases.counts.shape), alpha=-1)
    with pytest.raises(ValueError, match="240 by 200"):
        map_svg(cases, top, width=10)
