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
    /** What a file begins with that nobody writes by hand. */
    static final String WRITTEN =
            "// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.";
    private static final String HEADER = """
            package dev.samebits.simd.tile;

            import dev.samebits.simd.vector.Lanes;
            import jdk.incubator.vector.FloatVector;
            """;
    private static final List<String> MORE_IMPORTS = List.of("IntVector", "VectorOperators");
    private static final String UP = ".lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF)";
    private static final String AS_FLOATS = ".reinterpretAsFloats()";

    final int rows;
    final int vectors;
    /** Whether B is {@link Bfloat16Panels}: ints, each of two columns that are a vector apart. */
    final boolean bfloat16;

    TileSource(int rows, int vectors) {
        this(rows, vectors, false);
    }

    TileSource(int rows, int vectors, boolean bfloat16) {
        this.rows = rows;
        this.vectors = vectors;
        this.bfloat16 = bfloat16;
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

    // Where a test finds what goes into sum (r, column): elements (r, k) of A, (k, column) of B, and its own of S and C. Where
    // B's ints are two columns each, column counts their vectors of ints.

    abstract int a(int r, int k, TileOperands o);

    int b(int r, int k, int column, TileOperands o) {
        return o.bOffset() + k * bStride(o) + column;
    }

    final int bStride(TileOperands o) {
        return bfloat16 ? o.bStride() / 2 : o.bStride();
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
        List<String> method = method();
        lines.add(WRITTEN);
        lines.addAll(HEADER.lines().toList());
        MORE_IMPORTS.stream().filter(name -> method.stream().anyMatch(line -> line.contains(name + ".")))
                .forEach(name -> lines.add("import jdk.incubator.vector." + name + ";"));
        lines.add("");
        comment(lines, "", about());
        lines.add("final class " + name() + " {");
        lines.add("    private " + name() + "() {}");
        lines.add("");
        lines.addAll(method);
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private List<String> method() {
        List<String> lines = new ArrayList<>();
        comment(lines, "    ", aboutParameters());
        lines.addAll(wrapped("    static void multiply(", parameters() + ") {"));
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
        return lines;
    }

    private static void comment(List<String> lines, String indent, String text) {
        lines.add(indent + "/**");
        text.lines().forEach(line -> lines.add(line.isEmpty() ? indent + " *" : indent + " * " + line));
        lines.add(indent + " */");
    }

    /** A line, and more of them where it is too long, broken behind commas. */
    static List<String> wrapped(String begin, String rest) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(begin.length() - begin.stripLeading().length() + 8);
        String line = begin;
        for (String part : rest.split("(?<=,) ")) {
            if (line.length() + 1 + part.length() > LONGEST_LINE) {
                lines.add(line);
                line = indent + part;
            } else {
                line += (line.endsWith("(") ? "" : " ") + part;
            }
        }
        lines.add(line);
        return lines;
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
        lines.add("int end = bOffset + depth * " + acrossB() + ";");
        lines.add("int ak = aOffset;");
        lines.add("for (int bk = bOffset; bk < end; bk += " + times(vectorsOfB(), "Lanes.N") + ") {");
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
            if (bfloat16) {
                lines.addAll(widened(offset, v));
            } else {
                lines.add("FloatVector b" + v + " = " + load("b, " + offset + plusVectors(v)) + ";");
            }
        }
        return lines;
    }

    private static List<String> widened(String offset, int v) {
        String pairs = "w" + v / 2;
        if (v % 2 == 0) {
            return List.of(loadPairs(pairs, offset + plusVectors(v / 2)),
                    "FloatVector b" + v + " = " + half(pairs, v) + ";");
        }
        // The mask of half(pairs, v) would take a register.
        return List.of("FloatVector b" + v + " = " + pairs + ".lanewise(VectorOperators.LSHR, Bfloat16Panels.HALF)",
                "        " + UP + AS_FLOATS + ";");
    }

    static String sum(int r, int v) {
        return "c" + r + v;
    }

    static String load(String from) {
        return "FloatVector.fromArray(Lanes.F, " + from + ")";
    }

    /** The line that loads ints, a vector of pairs. */
    static String loadPairs(String to, String offset) {
        return "IntVector " + to + " = IntVector.fromArray(Lanes.I, b, " + offset + ");";
    }

    /** Vector v of a row of B, out of its pairs and with a mask. */
    static String half(String pairs, int v) {
        return pairs + (v % 2 == 0 ? UP : ".and(Bfloat16Panels.UPPER)") + AS_FLOATS;
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

    /** Vectors of a row of B as it lies in memory. */
    final int vectorsOfB() {
        return bfloat16 ? vectors / 2 : vectors;
    }

    /** {@code Lanes.N}, {@code (2 * Lanes.N)}: its elements, as a factor. */
    final String acrossB() {
        return vectorsOfB() == 1 ? "Lanes.N" : "(" + vectorsOfB() + " * Lanes.N)";
    }

    /** {@code float[] b} or {@code int[] b}. */
    final String parameterB() {
        return (bfloat16 ? "int" : "float") + "[] b";
    }

    /** What {@link #name} ends with. */
    final String suffix() {
        return bfloat16 ? "Bfloat16" : "";
    }

    /** How a comment calls B. */
    final String aboutB() {
        return bfloat16 ? ", in halves of ints ({@link Bfloat16Panels})" : "";
    }

    final String size() {
        return rows + (rows == 1 ? " row × " : " rows × ") + width();
    }

    static List<String> indented(int spaces, List<String> lines) {
        return lines.stream().map(line -> " ".repeat(spaces) + line).toList();
    }
}
