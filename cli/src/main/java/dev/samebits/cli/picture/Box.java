package dev.samebits.cli.picture;

import java.util.List;

/**
 * What stands in a picture: a step, or a row with its parts side by side.
 *
 * @param kind names its colours
 * @param texts of a step one, of a row one for each of its parts
 * @param number of the step in {@code Network.describe}, or 0
 * @param ordered whether the order of its operands counts
 */
record Box(Kind kind, List<Text> texts, int number, boolean ordered) {
    /** Colours and shape. */
    enum Kind {
        ROW,
        LAYER,
        FUNCTION,
        NORM,
        TABLE,
        COMBINATION,
        MOVE
    }

    /**
     * Text, the title first.
     *
     * @param title in bold
     * @param lines below it
     */
    record Text(String title, List<String> lines) {
        double width() {
            double widest = TextWidth.of(title, TITLE, true);
            for (String line : lines) {
                widest = Math.max(widest, TextWidth.of(line, SMALL, false));
            }
            return widest;
        }
    }

    static final double TITLE = 13;
    static final double SMALL = 11;
    static final double LINE = 15;
    private static final double SIDE = 14;
    private static final double NUMBER = 24;

    /** Pixels of the part of this number. */
    double width(int part) {
        return Math.ceil(texts.get(part).width() + 2 * SIDE + (number > 0 ? NUMBER : 0));
    }

    double width() {
        double sum = 0;
        for (int part = 0; part < texts.size(); part++) {
            sum += width(part);
        }
        return sum;
    }

    double height() {
        int lines = texts.stream().mapToInt(text -> text.lines().size()).max().orElse(0);
        return 28 + LINE * lines;
    }

    /** Where the middle of a part is, from the left of the box. */
    double middle(int part) {
        double left = 0;
        for (int before = 0; before < part; before++) {
            left += width(before);
        }
        return left + width(part) / 2;
    }
}
