package dev.samebits.simd.tile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The source of one tile: {@code rows × vectors} sums in registers, c00 the first, that start from S, to which the products
 * of A's columns and B's rows are added in ascending order, and that end in C. What differs from one form to another is how
 * A, B, S and C lie, and how their indices are made, so that C2 checks few of them in the loop.
 */
abstract class TileSource {
    private static final int LONGEST_LINE = 125;
    private static final String HEADER = """
            // Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
            package dev.samebits.simd.tile;

            import dev.samebits.simd.vector.Lanes;
            import jdk.incubator.vector.FloatVector;
            """;

    final int rows;
    final int vectors;

    TileSource(int rows, int vectors) {
        this.rows = rows;
        this.vectors = vectors;
    }

    abstract String name();

    /** The comment on the class. */
    abstract String about();

    /** The method's parameters, as it declares them. */
    abstract String parameters();

    /** The comment on the method. */
    abstract String aboutParameters();

    /** What is computed before the sums are loaded. */
    List<String> offsets() {
        return List.of();
    }

    /** Where sum (r, v) is loaded from: an array and an offset. */
    abstract String start(int r, int v);

    /** The loop over the depth, with what stands before it. */
    abstract List<String> loop();

    /** What is stored of sum (r, v). */
    String result(int r, int v) {
        return sum(r, v);
    }

    /** Where sum (r, v) is stored: an array and an offset. */
    abstract String end(int r, int v);

    // Where a test finds what goes into sum (r, column): elements (r, k) of A, (k, column) of B, and its own of S and C.

    abstract int a(int r, int k, TileOperands o);

    int b(int r, int k, int column, TileOperands o) {
        return o.bOffset() + k * o.bStride() + column;
    }

    int s(int r, int column, TileOperands o) {
        return o.sOffset() + r * o.sStride() + column;
    }

    int c(int r, int column, TileOperands o) {
        return o.cOffset() + r * o.cStride() + column;
    }

    /** What the definition stores of a sum. */
    float result(float sum, TileOperands o) {
        return sum;
    }

    /** Whether S and C are one array. */
    boolean inPlace() {
        return false;
    }

    /** The whole file. */
    final String text() {
        List<String> lines = new ArrayList<>();
        lines.addAll(HEADER.lines().toList());
        if (!result(0, 0).equals(sum(0, 0))) {
            lines.add("import jdk.incubator.vector.VectorOperators;");
        }
        lines.add("");
        comment(lines, "", about());
        lines.add("final class " + name() + " {");
        lines.add("    private " + name() + "() {}");
        lines.add("");
        comment(lines, "    ", aboutParameters());
        signature(lines);
        lines.addAll(indented(8, offsets()));
        for (int r = 0; r < rows; r++) {
            for (int v = 0; v < vectors; v++) {
                lines.add("        FloatVector " + sum(r, v) + " = " + load(start(r, v)) + ";");
            }
        }
        lines.addAll(indented(8, loop()));
        for (int r = 0; r < rows; r++) {
            for (int v = 0; v < vectors; v++) {
                lines.add("        " + result(r, v) + ".intoArray(" + end(r, v) + ");");
            }
        }
        lines.add("    }");
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private static void comment(List<String> lines, String indent, String text) {
        lines.add(indent + "/**");
        text.lines().forEach(line -> lines.add(line.isEmpty() ? indent + " *" : indent + " * " + line));
        lines.add(indent + " */");
    }

    private void signature(List<String> lines) {
        String line = "    static void multiply(";
        for (String parameter : (parameters() + ") {").split("(?<=,) ")) {
            if (line.length() + 1 + parameter.length() > LONGEST_LINE) {
                lines.add(line);
                line = "            " + parameter;
            } else {
                line += (line.endsWith("(") ? "" : " ") + parameter;
            }
        }
        lines.add(line);
    }

    /** Lines of a step for every row: an element of A, and its products with a row of B, b0 and so on. */
    final List<String> products(int r, String element) {
        List<String> lines = new ArrayList<>();
        lines.add((r == 0 ? "FloatVector x" : "x") + " = FloatVector.broadcast(Lanes.F, " + element + ");");
        for (int v = 0; v < vectors; v++) {
            lines.add(sum(r, v) + " = x.fma(b" + v + ", " + sum(r, v) + ");");
        }
        return lines;
    }

    /**
     * The loop that counts along b, dense from {@code bOffset}, and takes along an index ak of A.
     *
     * @param element the index of row r's element, given r, made of ak
     * @param advance the statement that moves ak to the next step
     */
    final List<String> alongB(IntFunction<String> element, String advance) {
        List<String> lines = new ArrayList<>();
        lines.add("int end = bOffset + depth * " + floatsAcross() + ";");
        lines.add("int ak = aOffset;");
        lines.add("for (int bk = bOffset; bk < end; bk += " + times(vectors, "Lanes.N") + ") {");
        lines.addAll(indented(4, rowOfB("bk")));
        for (int r = 0; r < rows; r++) {
            lines.addAll(indented(4, products(r, "a[" + element.apply(r) + "]")));
        }
        lines.add("    " + advance);
        lines.add("}");
        return lines;
    }

    /** Lines that load a row of B to b0 and so on. */
    final List<String> rowOfB(String offset) {
        List<String> lines = new ArrayList<>();
        for (int v = 0; v < vectors; v++) {
            lines.add("FloatVector b" + v + " = " + load("b, " + offset + plusVectors(v)) + ";");
        }
        return lines;
    }

    static String sum(int r, int v) {
        return "c" + r + v;
    }

    static String load(String from) {
        return "FloatVector.fromArray(Lanes.F, " + from + ")";
    }

    /** Nothing, {@code + Lanes.N}, {@code + 2 * Lanes.N} and so on, to go behind an offset. */
    static String plusVectors(int count) {
        return plus(count, "Lanes.N");
    }

    static String plus(int count, String distance) {
        return count == 0 ? "" : " + " + times(count, distance);
    }

    static String times(int count, String distance) {
        return count == 1 ? distance : count + " * " + distance;
    }

    /** {@code 1 vector}, {@code 2 vectors}. */
    final String width() {
        return vectors == 1 ? "1 vector" : vectors + " vectors";
    }

    /** {@code Lanes.N}, {@code (2 * Lanes.N)}: the floats across a panel, as a factor. */
    final String floatsAcross() {
        return vectors == 1 ? "Lanes.N" : "(" + vectors + " * Lanes.N)";
    }

    final String size() {
        return rows + (rows == 1 ? " row × " : " rows × ") + width();
    }

    static List<String> indented(int spaces, List<String> lines) {
        return lines.stream().map(line -> " ".repeat(spaces) + line).toList();
    }
}
