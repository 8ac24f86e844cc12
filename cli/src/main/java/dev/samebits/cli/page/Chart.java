package dev.samebits.cli.page;

import java.util.Locale;

/** Two linear axes with their grid, or one of them logarithmic, and what is drawn between them. */
public final class Chart {
    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 40;
    private static final int TICKS = 6;

    private final Svg svg;
    private final int width;
    private final int height;
    private final double[] xs;
    private final double[] ys;
    private final boolean logarithmic;

    /**
     * Draws the axes.
     *
     * @param label what it shows, for those who cannot see it
     * @param xs least and greatest value
     * @param ys least and greatest value
     * @param logarithmic whether the second axis is, which then has values above 0
     */
    public Chart(int width, int height, String label, double[] xs, double[] ys, boolean logarithmic, String xName,
            String yName) {
        this.svg = new Svg(width, height, "chart", label);
        this.width = width;
        this.height = height;
        this.xs = xs.clone();
        this.ys = ys.clone();
        this.logarithmic = logarithmic;
        double step = step(xs[1] - xs[0]);
        for (double tick = Math.ceil(xs[0] / step) * step; tick <= xs[1] + step * 1e-6; tick += step) {
            svg.line(x(tick), TOP, x(tick), height - BOTTOM, "grid");
            svg.text(x(tick), height - BOTTOM + 15, "middle", "tick", text(tick, step));
        }
        if (logarithmic) {
            logarithmicTicks();
        } else {
            double rise = step(ys[1] - ys[0]);
            for (double tick = Math.ceil(ys[0] / rise) * rise; tick <= ys[1] + rise * 1e-6; tick += rise) {
                tick(tick, text(tick, rise));
            }
        }
        svg.text((LEFT + width - RIGHT) / 2.0, height - 8, "middle", "axis", xName);
        svg.upward(11, (TOP + height - BOTTOM) / 2.0, "axis", yName);
    }

    private void logarithmicTicks() {
        boolean few = Math.log10(ys[1] / ys[0]) < 2;
        for (int power = (int) Math.floor(Math.log10(ys[0])); power <= Math.log10(ys[1]); power++) {
            for (double times : few ? new double[] {1, 2, 5} : new double[] {1}) {
                double tick = times * Math.pow(10, power);
                if (tick >= ys[0] && tick <= ys[1]) {
                    tick(tick, String.format(Locale.ROOT, tick >= 0.001 && tick < 1e5 ? "%.3f" : "%.0e", tick)
                            .replaceAll("\\.?0+$", ""));
                }
            }
        }
    }

    private void tick(double value, String text) {
        svg.line(LEFT, y(value), width - RIGHT, y(value), "grid");
        svg.text(LEFT - 5, y(value) + 4, "end", "tick", text);
    }

    // 1, 2 or 5 times a power of ten.
    private static double step(double range) {
        double rough = range / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double times = rough / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    private static String text(double tick, double step) {
        int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        return Math.abs(tick) >= 1e7 || digits > 6 ? String.format(Locale.ROOT, "%.3g", tick)
                : String.format(Locale.ROOT, "%." + digits + "f", tick + 0.0);
    }

    private double x(double value) {
        return LEFT + (value - xs[0]) / (xs[1] - xs[0]) * (width - RIGHT - LEFT);
    }

    private double y(double value) {
        double share = logarithmic ? Math.log(value / ys[0]) / Math.log(ys[1] / ys[0]) : (value - ys[0]) / (ys[1] - ys[0]);
        return height - BOTTOM - Math.max(0, Math.min(1, share)) * (height - BOTTOM - TOP);
    }

    /** Points joined by straight lines. */
    public Chart curve(double[] atX, double[] atY, String kind) {
        double[] px = new double[atX.length];
        double[] py = new double[atX.length];
        for (int i = 0; i < atX.length; i++) {
            px[i] = x(atX[i]);
            py[i] = y(atY[i]);
        }
        svg.path(px, py, kind);
        return this;
    }

    /** A point. */
    public Chart point(double atX, double atY, double radius, String kind, String tip) {
        svg.circle(x(atX), y(atY), radius, kind, tip);
        return this;
    }

    /** A line from below to above. */
    public Chart upright(double atX, String kind) {
        svg.line(x(atX), TOP, x(atX), height - BOTTOM, kind);
        return this;
    }

    /** A bar from below up to a value. */
    public Chart bar(double from, double to, double value, String kind, String tip) {
        svg.rect(x(from), y(value), x(to) - x(from), height - BOTTOM - y(value), kind, tip);
        return this;
    }

    /** The picture. */
    public String end() {
        return svg.end();
    }
}
