package dev.samebits.cli.page;

import java.util.Locale;

/**
 * A picture in SVG, drawn with classes instead of colours, so that one picture serves light and dark pages and print.
 * Written by hand because plotting libraries draw through AWT, which needs fonts that servers lack, and fix every colour.
 */
public final class Svg {
    private final StringBuilder out = new StringBuilder();

    /**
     * An empty picture.
     *
     * @param kind class of the picture
     * @param label what it shows, for those who cannot see it
     */
    public Svg(int width, int height, String kind, String label) {
        out.append(String.format(Locale.ROOT,
                "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" "
                + "xmlns=\"http://www.w3.org/2000/svg\">",
                kind, width, height, Html.escape(label)));
    }

    public Svg line(double x1, double y1, double x2, double y2, String kind) {
        return add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", kind, x1, y1, x2, y2);
    }

    public Svg rect(double x, double y, double width, double height, String kind, String tip) {
        return add("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                + "rx=\"2\"><title>%s</title></rect>",
                kind, x, y, Math.max(0, width), height, Html.escape(tip));
    }

    public Svg circle(double x, double y, double radius, String kind, String tip) {
        return add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>", kind, x, y, radius,
                Html.escape(tip));
    }

    /** @param anchor start, middle or end */
    public Svg text(double x, double y, String anchor, String kind, String text) {
        return add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", kind, x, y, anchor,
                Html.escape(text));
    }

    /** Text that runs up the left side. */
    public Svg upward(double x, double y, String kind, String text) {
        return add("<text class=\"%s\" transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                kind, x,
                y, Html.escape(text));
    }

    /** Points joined by straight lines. */
    public Svg path(double[] xs, double[] ys, String kind) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(String.format(Locale.ROOT, i == 0 ? "M%.1f %.1f" : "L%.1f %.1f", xs[i], ys[i]));
        }
        return add("<path class=\"%s\" d=\"%s\"/>", kind, points);
    }

    private Svg add(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
        return this;
    }

    public String end() {
        return out.append("</svg>").toString();
    }
}
