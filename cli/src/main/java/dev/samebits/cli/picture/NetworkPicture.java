package dev.samebits.cli.picture;

import dev.samebits.Network;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.picture.Box.Text;
import dev.samebits.cli.picture.Diagram.Line;
import java.util.Locale;

/** Draws a network: its steps from top to bottom, the parts of the rows that go in and come out, and widths. */
public final class NetworkPicture {
    /** The arrangement of more takes minutes, and nobody looks at them. */
    public static final int MOST_STEPS = 1000;

    private static final double MARGIN = 24;
    private static final double HEAD = 48;
    private static final double CORNER = 7;
    private static final String STYLE = """
            <style>
            svg { --page: #fff; --ink: #1c2430; --soft: #5b6675; --line: #8a95a5; --edge: #0002;
              background: var(--page);
              --row: #e9edf2; --layer: #d6e6fb; --function: #fde3c8; --norm: #e6dcf8; --table: #cdeee6;
              --combination: #d9f0cf; --move: #f1f3f5; font: 11px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif }
            @media (prefers-color-scheme: dark) {
              svg { --page: #14181e; --ink: #e8ecf1; --soft: #a3adba; --line: #6f7b8a; --edge: #fff3; --row: #2a313a;
                --layer: #1d3a5f; --function: #5a3a17; --norm: #3d2f5e; --table: #17473c; --combination: #2b4a1e;
                --move: #242a32 }
            }
            text { fill: var(--ink); text-anchor: middle }
            .t { font-size: 13px; font-weight: 600 }
            .s { fill: var(--soft) }
            .h { font-size: 16px; font-weight: 600; text-anchor: start }
            .a { text-anchor: start; fill: var(--soft) }
            .n { text-anchor: end; fill: var(--soft); font-size: 10px }
            .w { text-anchor: start; fill: var(--soft); paint-order: stroke; stroke: var(--page); stroke-width: 3px }
            rect, .i { stroke: var(--edge) }
            .l { fill: none; stroke: var(--line); stroke-width: 1.4 }
            marker path { fill: var(--line) }
            </style>
            <defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path
            d="M0 .5 8 4 0 7.5z"/></marker></defs>
            """;

    private final StringBuilder svg = new StringBuilder();
    private final Diagram diagram;
    private final Arrangement arrangement;

    private NetworkPicture(Network network) {
        this.diagram = Diagram.of(network);
        this.arrangement = new Arrangement(diagram);
    }

    /**
     * The picture as a whole SVG file.
     *
     * @param name of the model
     */
    public static String svg(Network network, String name) {
        return new NetworkPicture(network).draw(network, Problem.oneLine(Problem.shortened(name)));
    }

    private String draw(Network network, String name) {
        String about = String.format(Locale.ROOT, "%,d → %,d, %d %s, %,d weights", network.inputs(), network.outputs(),
                network.steps().size(), network.steps().size() == 1 ? "step" : "steps", network.parameters());
        double head = Math.max(TextWidth.of(name, 16, true), TextWidth.of(about, Box.SMALL, false));
        double width = Math.ceil(Math.max(arrangement.width(), head) + 2 * MARGIN);
        double height = Math.ceil(arrangement.height() + HEAD + 2 * MARGIN);
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\">%n",
                width, height, width, height);
        svg.append("<title>").append(escaped(name)).append("</title>\n").append(STYLE);
        text("h", MARGIN, MARGIN + 14, name);
        text("a", MARGIN, MARGIN + 32, about);
        add("<g transform=\"translate(%s %s)\">%n", (width - arrangement.width()) / 2, MARGIN + HEAD);
        for (int line = 0; line < diagram.lines().size(); line++) {
            line(line);
        }
        for (int box = 0; box < diagram.boxes().size(); box++) {
            box(diagram.boxes().get(box), arrangement.place(box));
        }
        for (int line = 0; line < diagram.lines().size(); line++) {
            Line drawn = diagram.lines().get(line);
            double[] place = arrangement.label(line);
            text("w", place[0] + 2, place[1] + Box.SMALL, String.valueOf(drawn.width()));
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    // Through all corners, which are rounded.
    private void line(int line) {
        double[] c = arrangement.corners(line);
        add("<path class=\"l\" marker-end=\"url(#end)\" d=\"M%s %s", c[0], c[1]);
        for (int i = 2; i < c.length - 2; i += 2) {
            double[] before = towards(c, i, i - 2);
            double[] behind = towards(c, i, i + 2);
            add("L%s %sQ%s %s %s %s", before[0], before[1], c[i], c[i + 1], behind[0], behind[1]);
        }
        add("L%s %s\"/>%n", c[c.length - 2], c[c.length - 1]);
    }

    // From a corner a little towards another, at most half the way.
    private static double[] towards(double[] c, int corner, int other) {
        double x = c[other] - c[corner];
        double y = c[other + 1] - c[corner + 1];
        double length = Math.max(1e-9, Math.hypot(x, y));
        double part = Math.min(CORNER, length / 2) / length;
        return new double[] {c[corner] + part * x, c[corner + 1] + part * y};
    }

    private void box(Box box, double[] place) {
        add("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" style=\"fill:var(--%s)\"/>%n", place[0], place[1],
                place[2], place[3], box.kind() == Box.Kind.ROW ? 4 : 8, box.kind().name().toLowerCase(Locale.ROOT));
        double room = place[2] - box.width();
        for (int part = 0; part < box.texts().size(); part++) {
            Text text = box.texts().get(part);
            double middle = place[0] + room / 2 + box.middle(part);
            text("t", middle, place[1] + 19, text.title());
            for (int line = 0; line < text.lines().size(); line++) {
                text("s", middle, place[1] + 19 + Box.LINE * (line + 1), text.lines().get(line));
            }
            if (part > 0) {
                double left = middle - box.width(part) / 2;
                add("<path class=\"i\" d=\"M%s %sv%s\"/>%n", left, place[1], place[3]);
            }
        }
        if (box.number() > 0) {
            text("n", place[0] + place[2] - 6, place[1] + 13, String.valueOf(box.number()));
        }
    }

    private void text(String style, double x, double y, String text) {
        add("<text class=\"%s\" x=\"%s\" y=\"%s\">", style, x, y);
        svg.append(escaped(text)).append("</text>\n");
    }

    // Numbers with one decimal place.
    private void add(String format, Object... arguments) {
        Object[] texts = new Object[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i] instanceof Double number ? shortest(number) : arguments[i];
        }
        svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), texts));
    }

    private static String shortest(double number) {
        long tenths = Math.round(10 * number);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
