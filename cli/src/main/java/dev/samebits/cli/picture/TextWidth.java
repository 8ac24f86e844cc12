package dev.samebits.cli.picture;

/** How wide text is at most, in the wide ones of the fonts that browsers take for sans-serif (DejaVu Sans, Verdana). */
final class TextWidth {
    private static final double BOLD = 1.12;

    private TextWidth() {}

    /** Pixels of a text. */
    static double of(String text, double size, boolean bold) {
        return text.codePoints().mapToDouble(TextWidth::em).sum() * size * (bold ? BOLD : 1);
    }

    private static double em(int c) {
        if ("il.,:;|'!j".indexOf(c) >= 0) {
            return 0.36;
        }
        if ("frt()[]-/ ".indexOf(c) >= 0) {
            return 0.43;
        }
        if ("mwMWOQGD@%→×".indexOf(c) >= 0) {
            return 1;
        }
        // Ideographs and the like are square.
        return c > 0x2e80 ? 1.05 : Character.isUpperCase(c) ? 0.76 : 0.65;
    }
}
