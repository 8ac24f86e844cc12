package dev.samebits.bench.report;

import dev.samebits.cli.page.Svg;
import java.util.List;

/** Two logarithmic axes with their grid, and what is drawn between them. */
final class Plot {
    private static final int LEFT = 46;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 40;

    final Svg svg;
    final LogAxis x;
    final LogAxis y;
    private final int width;
    private final int height;

    /**
     * Draws the axes.
     *
     * @param xs least and greatest value
     * @param xTicks null for powers of ten
     */
    Plot(int width, int height, String kind, String label, double[] xs, double[] ys, List<Double> xTicks, String xName,
            String yName) {
        this.width = width;
        this.height = height;
        svg = new Svg(width, height, kind, label);
        x = LogAxis.around(xs[0], xs[1], LEFT, width - RIGHT);
        y = LogAxis.around(ys[0], ys[1], height - BOTTOM, TOP);
        for (double tick : xTicks == null ? x.ticks() : xTicks) {
            svg.line(x.at(tick), TOP, x.at(tick), height - BOTTOM, "grid");
            svg.text(x.at(tick), height - BOTTOM + 15, "middle", "tick", LogAxis.label(tick));
        }
        for (double tick : y.ticks()) {
            svg.line(LEFT, y.at(tick), width - RIGHT, y.at(tick), "grid");
            svg.text(LEFT - 5, y.at(tick) + 4, "end", "tick", LogAxis.label(tick));
        }
        svg.text((LEFT + width - RIGHT) / 2.0, height - 8, "middle", "axis", xName);
        svg.upward(11, (TOP + height - BOTTOM) / 2.0, "axis", yName);
    }

    /** The right end of the plane. */
    double right() {
        return width - RIGHT;
    }

    /** The upper end of the plane. */
    double top() {
        return TOP;
    }

    /** The lower end of the plane. */
    double bottom() {
        return height - BOTTOM;
    }
}
