package dev.samebits.gpu;

import dev.samebits.Matrix;

/** Weights as the device wants them: panels of 16 outputs, {@code [panel][input][output mod 16]}, padded with zeros. */
final class Panels {
    private Panels() {}

    /** Panels of this many outputs. */
    static int count(int outputs) {
        return (outputs + DeviceProducts.PANEL - 1) / DeviceProducts.PANEL;
    }

    /** Floats of one panel: inputs are padded to whole tiles, which the gradient writes. */
    static int stride(int inputs) {
        return Math.multiplyExact(up(inputs, DeviceProducts.TILE_ROWS), DeviceProducts.PANEL);
    }

    /** The stride of rows of this many columns. */
    static int padded(int columns) {
        return up(columns, DeviceProducts.PANEL);
    }

    static int up(int size, int multiple) {
        return Math.multiplyExact((size - 1) / multiple + 1, multiple);
    }

    /** Floats of all panels of a matrix {@code [outputs × inputs]}. */
    static int length(int outputs, int inputs) {
        return Math.multiplyExact(count(outputs), stride(inputs));
    }

    static void pack(Matrix w, float[] to, int at) {
        int stride = stride(w.columns());
        for (int i = 0; i < w.rows(); i++) {
            int from = w.rowOffset(i);
            int panel = at + i / DeviceProducts.PANEL * stride + i % DeviceProducts.PANEL;
            for (int j = 0; j < w.columns(); j++) {
                to[panel + j * DeviceProducts.PANEL] = w.data()[from + j];
            }
        }
    }

    static void unpack(float[] from, int at, Matrix w) {
        int stride = stride(w.columns());
        for (int i = 0; i < w.rows(); i++) {
            int to = w.rowOffset(i);
            int panel = at + i / DeviceProducts.PANEL * stride + i % DeviceProducts.PANEL;
            for (int j = 0; j < w.columns(); j++) {
                w.data()[to + j] = from[panel + j * DeviceProducts.PANEL];
            }
        }
    }
}
