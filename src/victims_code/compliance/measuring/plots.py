"""Plots as SVG: no script, no font to fetch, the same bytes each time, and colours that follow the page.

Drawn by Matplotlib, narrow, so that the words can be read on a telephone. Text becomes outlines; what a plot says is
said in its title and description, and the numbers are in a table next to it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from victims_code.arguments import checked, need_path
from victims_code.decimals import percent
from victims_code.extras import need
from victims_code.figures import Interval
from victims_code.figures.intervals import funnel_limits
from victims_code.reading.writing import write_aside, write_bytes_aside

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from victims_code.compliance.measuring.comparing import Funnel

_WIDTH = 4.3
_TITLE = 52
"""How many letters of a title fit into a line over a plot."""


@frozen
class _Palette:
    ink: str
    quiet: str
    accent: str
    warn: str
    paper: str


_OF_THE_PAGE = _Palette("#0a0b01", "#0a0b02", "#0a0b03", "#0a0b04", "#0a0b05")
"""The colours drawn with stand for those of the page, which differ between light, dark and print."""
_ON_PAPER = _Palette("#1b1f24", "#59636e", "#1a4f8b", "#a3201d", "#ffffff")


@frozen(kw_only=True)
class Point:
    """A figure with its interval, and what it is of; ``unfinished`` if the period is not over."""

    label: str
    value: float | None
    interval: Interval | None = None
    unfinished: bool = False


@frozen(kw_only=True, eq=False)
class Plot:
    """A plot, which shows itself in a notebook, under its title. ``description`` says in words what it shows."""

    title: str
    description: str = field(repr=False)
    draw: Callable[[_Palette], Any] = field(repr=False)

    def element(self, id_: str) -> str:
        """The plot as an element of a page, in the colours of the page, with a name for those who do not see it.

        :param id_: begins every identifier in the element, so that several can be on a page.
        """
        text = _svg(self.draw(_OF_THE_PAGE), id_, self.title, self.description)
        for name in ("ink", "quiet", "accent", "warn", "paper"):
            text = text.replace(getattr(_OF_THE_PAGE, name), f"var(--{name})")
        return text

    @checked
    def save(self, path: str | Path) -> None:
        """Write the plot to a file: the ending says whether as ``.svg``, ``.png`` or ``.pdf``."""
        place = need_path(path, "path")
        kind = place.suffix.lower().removeprefix(".")
        if kind == "svg":
            write_aside(place, self._repr_svg_())
            return
        figure, drawn = self.figure(), io.BytesIO()
        figure.patch.set_alpha(1)
        figure.savefig(drawn, format=kind or None, dpi=200, metadata={"CreationDate": None} if kind == "pdf" else None)
        write_bytes_aside(place, drawn.getvalue())

    def _repr_svg_(self) -> str:
        return _svg(self.figure(), "plot", self.title, self.description)

    def figure(self) -> Figure:
        """The plot as a Matplotlib figure, with its title over it, which says which obligations were counted."""
        figure: Figure = self.draw(_ON_PAPER)
        lines = wrap(self.title, _TITLE)
        width, height = figure.get_size_inches()
        figure.set_size_inches(width, height + 0.1 + 0.18 * len(lines))
        figure.suptitle("\n".join(lines), x=0.02, ha="left", fontsize=10.5, color=_ON_PAPER.ink)
        return figure


def _figure(colours: _Palette, height: float) -> tuple[Any, Any]:
    need("report", "matplotlib", feature="Plots")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    figure.patch.set_alpha(0)
    axes.patch.set_alpha(0)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(colours.quiet)
    axes.tick_params(colors=colours.ink, labelsize=9.5)
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
    viewbox = re.search(r'viewBox="[^"]+"', text)
    assert viewbox is not None
    names = f'<title id="{id_}-title">{escape(title)}</title><desc id="{id_}-desc">{escape(description)}</desc>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {viewbox[0]} role="img"'
        f' aria-labelledby="{id_}-title {id_}-desc" class="vc-plot">{names}'
    )
    return head + text[text.index(">") + 1 :].strip()


def trend(title: str, points: Sequence[Point], *, shares: bool = True) -> Plot:
    """Figures by period, with their intervals.

    :param shares: whether the figures are shares of 1.
    """

    def draw(colours: _Palette) -> Any:
        figure, axes = _figure(colours, 2.6)
        shown = [(n, point) for n, point in enumerate(points) if point.value is not None]
        for n, point in shown:
            if point.interval is not None:
                axes.plot([n, n], [point.interval.low, point.interval.high], color=colours.quiet, linewidth=1.5)
        over = [(n, point) for n, point in shown if not point.unfinished]
        line = {"color": colours.accent, "marker": "o", "markersize": 5}
        axes.plot([n for n, _ in over], [point.value for _, point in over], **line)
        for n, point in shown:
            if point.unfinished:
                axes.plot([n], [point.value], **line, markerfacecolor=colours.paper)
        axes.set_xlim(-0.5, len(points) - 0.5)
        _scale(colours, axes.yaxis, axes.set_ylim, points, shares)
        axes.set_xticks(range(len(points)), [point.label.replace(" ", "\n", 1) for point in points])
        if len(points) > 5:
            axes.tick_params(axis="x", labelrotation=90)
        return figure

    return Plot(title=title, description=_told(points, shares), draw=draw)


def dots(
    title: str, points: Sequence[Point], *, shares: bool = True, others: Mapping[str, float | None] | None = None
) -> Plot:
    """Figures of named things, one below another, with their intervals.

    :param shares: whether the figures are shares of 1.
    :param others: by label, a second figure, such as the hypothetical one, shown hollow.
    """
    second = others or {}

    def draw(colours: _Palette) -> Any:
        from matplotlib.patheffects import withStroke

        figure, axes = _figure(colours, 0.55 + 0.58 * len(points))
        for place, point in zip(range(len(points), 0, -1), points, strict=True):
            if point.interval is not None:
                low, high = point.interval.low, point.interval.high
                axes.plot([low, high], [place, place], color=colours.quiet, linewidth=1.5)
            if point.value is not None:
                axes.plot([point.value], [place], color=colours.accent, marker="o", markersize=5)
            if (other := second.get(point.label)) is not None:
                hollow = {"marker": "D", "markersize": 6, "markerfacecolor": "none", "markeredgecolor": colours.warn}
                axes.plot([other], [place], **hollow)
            words = "\n".join(wrap(point.label, 58, max_lines=2, placeholder=" …"))
            halo = [withStroke(linewidth=3, foreground=colours.paper)]
            text = {"color": colours.ink, "fontsize": 8.5, "va": "bottom", "linespacing": 1.05}
            axes.text(0, place + 0.2, words, path_effects=halo, **text)
        axes.set_ylim(0.6, len(points) + 0.95)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        both = [*points, *(Point(label=label, value=value) for label, value in second.items())]
        _scale(colours, axes.xaxis, axes.set_xlim, both, shares)
        if others is not None:
            axes.set_xlabel("filled: the law; hollow: hypothetical", color=colours.ink, fontsize=9.5)
        return figure

    told = _told(points, shares)
    if others is not None:
        changed = (f"{label}: {_figure_in_words(value, shares)}" for label, value in second.items())
        told = f"The law: {told}. Hypothetical: {'; '.join(changed)}"
    return Plot(title=title, description=told, draw=draw)


def funnel_plot(funnel: Funnel) -> Plot:
    """Areas against the control limits; those outside them are named."""
    outside = [point for point in funnel.points if point.is_outside]

    def draw(colours: _Palette) -> Any:
        figure, axes = _figure(colours, 3.2)
        most = max(point.denominator for point in funnel.points)
        sizes = sorted({max(1, round(most * 1.08 * n / 120)) for n in range(1, 121)})
        for level, style in ((funnel.levels[1], "-"), (funnel.levels[0], "--")):
            for side in (0, 1):
                limits = [funnel_limits(funnel.share, size, level)[side] for size in sizes]
                axes.plot(sizes, limits, color=colours.quiet, linewidth=1, linestyle=style)
        axes.axhline(funnel.share, color=colours.ink, linewidth=1)
        for point in funnel.points:
            colour, marker = (colours.warn, "D") if point.is_outside else (colours.accent, "o")
            axes.plot([point.denominator], [point.share], color=colour, marker=marker, markersize=5)
        for point in outside:
            right = point.denominator > most * 0.7
            axes.annotate(
                _short(point.label, 18),
                (point.denominator, point.share),
                xytext=(-5 if right else 5, 5 if point.share >= funnel.share else -12),
                textcoords="offset points",
                ha="right" if right else "left",
                fontsize=8.5,
                color=colours.ink,
            )
        lowest = min([funnel.share, *(point.share for point in funnel.points)])
        highest = max([funnel.share, *(point.share for point in funnel.points)])
        axes.set_ylim(max(0.0, lowest - 0.15), min(1.02, highest + 0.15))
        axes.yaxis.set_major_formatter(lambda share, _place: percent(share, 0))
        axes.xaxis.set_major_formatter(lambda number, _place: f"{number:,.0f}")
        axes.set_xlim(0, most * 1.08)
        axes.xaxis.set_major_locator(_whole_numbers(4))
        axes.set_xlabel("obligations counted", color=colours.ink, fontsize=9.5)
        return figure

    named = "; ".join(f"{point.label}: {percent(point.share)}, {point.place.value}" for point in outside)
    told = f"{named}; all others are within the expected range." if named else "All are within the expected range."
    return Plot(title=funnel.title, description=f"The whole: {percent(funnel.share)}. {told}", draw=draw)


def _scale(colours: _Palette, axis: Any, limit: Any, points: Sequence[Point], shares: bool) -> None:
    if shares:
        limit(0, 1.02)
        axis.set_ticks([0, 0.25, 0.5, 0.75, 1])
        axis.set_major_formatter(lambda share, _place: percent(share, 0))
    else:
        limit(0, 1.05 * max([point.value for point in points if point.value is not None], default=1) or 1)
        axis.set_major_locator(_whole_numbers(6))
        axis.set_major_formatter(lambda number, _place: f"{number:,.0f}")
    axis.grid(visible=True, color=colours.quiet, linewidth=0.4, alpha=0.5)


def _whole_numbers(most: int) -> Any:
    """Ticks at whole numbers alone, so that none is rounded."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=most, integer=True, steps=[1, 2, 5, 10])


def _told(points: Sequence[Point], shares: bool) -> str:
    return "; ".join(
        f"{point.label}{' so far' if point.unfinished else ''}: {_figure_in_words(point.value, shares)}"
        for point in points
    )


def _figure_in_words(value: float | None, shares: bool) -> str:
    if value is None:
        return "hidden or nothing to count"
    return percent(value) if shares else f"{value:,.0f}"


def _short(label: str, most: int = 62) -> str:
    return label if len(label) <= most else label[: most - 1].rsplit(" ", 1)[0] + " …"
