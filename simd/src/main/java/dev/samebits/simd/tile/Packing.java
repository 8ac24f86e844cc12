package dev.samebits.simd.tile;

import java.util.Arrays;

/**
 * Copies a block of an operand into a dense panel {@code [depth × width]}, columns beyond the block filled with zeros: a
 * micro-kernel then reads memory in one straight line and needs no edge.
 */
public final class Packing {
    private Packing() {}

    /** Panel row k is row k of the source: {@code panel[k][c] = source[offset + k * stride + c]}. */
    public static void rows(float[] source, int offset, int stride, int depth, int columns, float[] panel, int panelOffset,
            int width) {
        for (int k = 0; k < depth; k++) {
            int to = panelOffset + k * width;
            System.arraycopy(source, offset + k * stride, panel, to, columns);
            if (columns < width) {
                Arrays.fill(panel, to + columns, to + width, 0);
            }
        }
    }

    /** Rows {@code stride} apart, from {@code offset} on, to where {@code to} has them. */
    public static void rows(float[] source, int offset, int stride, int count, int columns, RowView to) {
        for (int c = 0; c < columns; c += to.width) {
            int width = Math.min(to.width, columns - c);
            for (int r = 0; r < count; r++) {
                System.arraycopy(source, offset + r * stride + c, to.data, to.offset(c) + r * to.stride, width);
            }
        }
    }

    /** Panel row k is column k of the source: {@code panel[k][c] = source[offset + c * stride + k]}. */
    public static void columns(float[] source, int offset, int stride, int depth, int columns, float[] panel,
            int panelOffset, int width) {
        // Eight columns at a time: eight straight reads, and writes that stay in a few cache lines.
        int c = 0;
        for (; c + 8 <= columns; c += 8) {
            int s0 = offset + c * stride;
            int s1 = s0 + stride;
            int s2 = s1 + stride;
            int s3 = s2 + stride;
            int s4 = s3 + stride;
            int s5 = s4 + stride;
            int s6 = s5 + stride;
            int s7 = s6 + stride;
            int to = panelOffset + c;
            for (int k = 0; k < depth; k++, to += width) {
                panel[to] = source[s0 + k];
                panel[to + 1] = source[s1 + k];
                panel[to + 2] = source[s2 + k];
                panel[to + 3] = source[s3 + k];
                panel[to + 4] = source[s4 + k];
                panel[to + 5] = source[s5 + k];
                panel[to + 6] = source[s6 + k];
                panel[to + 7] = source[s7 + k];
            }
        }
        for (; c < width; c++) {
            for (int k = 0; k < depth; k++) {
                panel[panelOffset + k * width + c] = c < columns ? source[offset + c * stride + k] : 0;
            }
        }
    }

    /** {@code target[i] = source[column + i * stride]}: one column of the source becomes one row. */
    public static void column(float[] source, int column, int stride, int count, float[] target, int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = source[column + i * stride];
        }
    }

    /**
     * Transposes a block: {@code target[c][r] = source[r][c]}.
     *
     * @param source {@code [rows × columns]}, rows {@code stride} apart
     * @param target {@code [columns × rows]}, rows {@code targetStride} apart
     */
    public static void transpose(float[] source, int offset, int stride, int rows, int columns, float[] target,
            int targetOffset, int targetStride) {
        // Sixteen rows at a time: their part of each target row is a cache line.
        for (int r = 0; r < rows; r += 16) {
            int end = Math.min(r + 16, rows);
            for (int c = 0; c < columns; c++) {
                int to = targetOffset + c * targetStride;
                for (int i = r; i < end; i++) {
                    target[to + i] = source[offset + i * stride + c];
                }
            }
        }
    }
}
