package dev.samebits.simd.tile;

import dev.samebits.simd.tile.DirectTile.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The source of what finds the {@link DirectTile} for some rows: by the place where they lie, then by how many they are. A
 * class for each width of tiles, with weights in floats or in two bytes.
 */
record DirectChoice(int vectors, boolean bfloat16) {
    private static final String SUMS = "s, sOffset, sStride, c, cOffset, cStride, threshold";
    private static final String SUMS_DECLARED = "float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride, "
            + "float threshold";

    String name() {
        return (vectors == 2 ? "Two" : "Four") + "Vector" + (bfloat16 ? "Bfloat16" : "") + "Tiles";
    }

    /** The whole file. */
    String text() {
        List<String> lines = new ArrayList<>(List.of(
                TileSource.WRITTEN,
                "package dev.samebits.simd.tile;",
                "",
                "/** Which of the {@link DirectTiles} of " + vectors + " vectors takes some rows"
                        + (bfloat16 ? ", for {@link Bfloat16Panels}" : "") + ": of " + heights() + ". */",
                "final class " + name() + " {",
                "    private " + name() + "() {}",
                "",
                "    /** {@link DirectTiles#multiply} for the rows of one tile. */"));
        String weights = (bfloat16 ? "int[]" : "float[]") + " b, int bOffset, ";
        lines.addAll(TileSource.wrapped("    static void multiply(", "int height, int depth, float[] a, int aOffset, "
                + "int aRowStride, " + (bfloat16 ? "" : "int aColumnStride, ") + weights + SUMS_DECLARED + ") {"));
        lines.addAll(byPlace());
        lines.add("    }");
        for (Rows place : places()) {
            lines.add("");
            lines.addAll(TileSource.wrapped("    private static void " + method(place) + "(", "int height, int depth, "
                    + "float[] a, int aOffset, " + (place == Rows.TRANSPOSED ? "int aStride, " : "") + weights
                    + SUMS_DECLARED + ") {"));
            lines.add("        switch (height) {");
            for (int rows : TileWriter.heights(vectors)) {
                lines.addAll(TileSource.wrapped("            " + (rows == 2 ? "default" : "case " + rows) + " -> "
                        + new DirectTile(rows, vectors, place, bfloat16).name() + ".multiply(", "depth, a, aOffset, "
                        + (place == Rows.TRANSPOSED ? "aStride, " : "") + "b, bOffset, " + SUMS + ");"));
            }
            lines.add("        }");
            lines.add("    }");
        }
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    /** Where the rows lie that it tells apart. */
    private List<Rows> places() {
        return bfloat16 ? TileWriter.INFERENCE : List.of(Rows.values());
    }

    private List<String> byPlace() {
        List<String> lines = new ArrayList<>();
        if (!bfloat16) {
            lines.add("        if (aColumnStride != 1) {");
            lines.addAll(call(Rows.TRANSPOSED));
        }
        lines.add("        " + (bfloat16 ? "" : "} else ") + "if (aRowStride == RowLayout.STRIP_STRIDE) {");
        lines.addAll(call(Rows.STRIPS));
        if (!bfloat16) {
            lines.add("        } else if (aRowStride == RowLayout.SHORT_STRIDE) {");
            lines.addAll(call(Rows.SHORT_STRIPS));
        }
        lines.add("        } else {");
        lines.addAll(call(bfloat16 ? Rows.SHORT_STRIPS : Rows.PANEL));
        lines.add("        }");
        return lines;
    }

    private static List<String> call(Rows place) {
        return TileSource.wrapped("            " + method(place) + "(", "height, depth, a, aOffset, "
                + (place == Rows.TRANSPOSED ? "aColumnStride, " : "") + "b, bOffset, " + SUMS + ");");
    }

    private static String method(Rows place) {
        return switch (place) {
            case STRIPS -> "strips";
            case SHORT_STRIPS -> "shortStrips";
            case PANEL -> "panel";
            case TRANSPOSED -> "transposed";
        };
    }

    private String heights() {
        return TileWriter.heights(vectors).stream().map(String::valueOf).collect(Collectors.joining(", "))
                .replaceFirst(", 2$", " or 2");
    }
}
