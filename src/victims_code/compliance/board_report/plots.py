"""Plots as inline SVG: no script, no font to fetch, the same bytes each time, and colours that follow the page.

Drawn by Matplotlib, narrow, so that the words can be read on a telephone. Text becomes outlines; what a plot says is
said in its title and description, and the numbers stand in a table beside it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

from attrs import frozen

from victims_code.compliance.measuring.comparing import Funnel, Place
from victims_code.compliance.measuring.tables import percent
from victims_code.extras import need
from victims_code.figures.intervals import Interval, funnel_limits

_INK, _QUIET, _ACCENT, _WARN, _PAPER = "#0a0b01", "#0a0b02", "#0a0b03", "#0a0b04", "#0a0b05"
_COLOURS = {
    _INK: "var(--ink)",
    _QUIET: "var(--quiet)",
    _ACCENT: "var(--accent)",
    _WARN: "var(--warn)",
    _PAPER: "var(--paper)",
}
"""The colours drawn with stand for those of the page, which differ between light, dark and print."""
_WIDTH = 4.3


@frozen(kw_only=True)
class Point:
    """A share with its interval, and what it is of; ``unfinished`` if the period is not over."""

    label: str
    share: float | None
    interval: Interval | None
    unfinished: bool = False


def _figure(height: float) -> tuple[Any, Any]:
    need("report", "matplotlib", feature="Plots")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    figure.patch.set_alpha(0)
    axes.patch.set_alpha(0)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(_QUIET)
    axes.tick_params(colors=_INK, labelsize=9.5)
    return figure, axes


def _svg(figure: Any, id_: str, title: str, description: str) -> str:
    """The figure as an element of a page, with a name and a description for those who do not see it."""
    from matplotlib import rc_context

    out = io.StringIO()
    with rc_context({"svg.hashsalt": "victims-code", "svg.fonttype": "path"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<(metadata|defs>\s*<style).*?</(metadata|style>\s*</defs)>", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="([^"]+)"', rf'id="{id_}-\1"', text)
    text = re.sub(r'href="#([^"]+)"', rf'href="#{id_}-\1"', text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{id_}-\1)", text)
    for drawn, meant in _COLOURS.items():
        text = text.replace(drawn, meant)
    viewbox = re.search(r'viewBox="[^"]+"', text)
    assert viewbox is not None
    names = f'<title id="{id_}-title">{escape(title)}</title><desc id="{id_}-desc">{escape(description)}</desc>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {viewbox[0]} role="img"'
        f' aria-labelledby="{id_}-title {id_}-desc" class="vc-plot">{names}'
    )
    return head + text[text.index(">") + 1 :].strip()


def trend_svg(id_: str, title: str, points: Sequence[Point]) -> str:
    """Shares by period, with their intervals.

    :param id_: begins every identifier in the element, so that several can stand on a page.
    :raises MissingExtraError: if Matplotlib is not installed.
    """
    figure, axes = _figure(2.6)
    shown = [(n, point) for n, point in enumerate(points) if point.share is not None and point.interval is not None]
    for n, point in shown:
        axes.plot([n, n], [point.interval.low, point.interval.high], color=_QUIET, linewidth=1.5)  # type: ignore[union-attr]
    over = [(n, point) for n, point in shown if not point.unfinished]
    axes.plot([n for n, _ in over], [point.share for _, point in over], color=_ACCENT, marker="o", markersize=5)
    for n, point in shown:
        if point.unfinished:
            axes.plot([n], [point.share], color=_ACCENT, marker="o", markersize=5, markerfacecolor=_PAPER)
    axes.set_xlim(-0.5, len(points) - 0.5)
    _shares(axes.yaxis, axes.set_ylim)
    axes.set_xticks(range(len(points)), [point.label.replace(" ", "\n", 1) for point in points])
    if len(points) > 5:
        axes.tick_params(axis="x", labelrotation=90)
    return _svg(figure, id_, title, _told(points))


def dots_svg(id_: str, title: str, points: Sequence[Point]) -> str:
    """Shares of named things, one below another, with their intervals.

    :raises MissingExtraError: if Matplotlib is not installed.
    """
    from matplotlib.patheffects import withStroke

    figure, axes = _figure(0.55 + 0.58 * len(points))
    places = range(len(points), 0, -1)
    for place, point in zip(places, points, strict=True):
        if point.share is not None and point.interval is not None:
            axes.plot([point.interval.low, point.interval.high], [place, place], color=_QUIET, linewidth=1.5)
            axes.plot([point.share], [place], color=_ACCENT, marker="o", markersize=5)
        words = "\n".join(wrap(point.label, 58, max_lines=2, placeholder=" …"))
        halo = [withStroke(linewidth=3, foreground=_PAPER)]
        axes.text(0, place + 0.2, words, color=_INK, fontsize=8.5, va="bottom", linespacing=1.05, path_effects=halo)
    axes.set_ylim(0.6, len(points) + 0.95)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    _shares(axes.xaxis, axes.set_xlim)
    return _svg(figure, id_, title, _told(points))


def funnel_svg(id_: str, funnel: Funnel) -> str:
    """Areas against the limits of chance.

    :raises MissingExtraError: if Matplotlib is not installed.
    """
    figure, axes = _figure(3.2)
    most = max(point.denominator for point in funnel.points)
    sizes = sorted({max(1, round(most * 1.08 * n / 120)) for n in range(1, 121)})
    for level, style, colour in ((funnel.levels[1], "-", _QUIET), (funnel.levels[0], "--", _QUIET)):
        for side in (0, 1):
            limits = [funnel_limits(funnel.share, size, level)[side] for size in sizes]
            axes.plot(sizes, limits, color=colour, linewidth=1, linestyle=style)
    axes.axhline(funnel.share, color=_INK, linewidth=1)
    for point in funnel.points:
        outside = point.place is not Place.INSIDE
        axes.plot(
            [point.denominator],
            [point.share],
            color=_WARN if outside else _ACCENT,
            marker="D" if outside else "o",
            markersize=5,
        )
        if outside:
            axes.annotate(
                _short(point.label, 18),
                (point.denominator, point.share),
                xytext=(4, 4),
                textcoords="offset points",
                fontsize=8.5,
                color=_INK,
            )
    lowest = min([funnel.share, *(point.share for point in funnel.points)])
    axes.set_ylim(max(0.0, lowest - 0.15), 1.02)
    axes.yaxis.set_major_formatter(lambda share, _place: percent(share, 0))
    axes.xaxis.set_major_formatter(lambda number, _place: f"{number:,.0f}")
    axes.set_xlim(0, most * 1.08)
    axes.set_xlabel("obligations counted", color=_INK, fontsize=9.5)
    named = [
        f"{point.label}: {percent(point.share)}, {point.place.value}"
        for point in funnel.points
        if point.place is not Place.INSIDE
    ]
    told = f"The whole: {percent(funnel.share)}. " + (
        "; ".join(named) + "; all others as chance would have it." if named else "All areas as chance would have it."
    )
    return _svg(figure, id_, funnel.title, told)


def _shares(axis: Any, limit: Any) -> None:
    limit(0, 1.02)
    axis.set_ticks([0, 0.25, 0.5, 0.75, 1])
    axis.set_major_formatter(lambda share, _place: percent(share, 0))
    axis.grid(visible=True, color=_QUIET, linewidth=0.4, alpha=0.5)


def _told(points: Sequence[Point]) -> str:
    return "; ".join(
        f"{point.label}{' so far' if point.unfinished else ''}:"
        f" {'hidden or nothing to count' if point.share is None else percent(point.share)}"
        for point in points
    )


def _short(label: str, most: int = 62) -> str:
    return label if len(label) <= most else label[: most - 1].rsplit(" ", 1)[0] + " …"
