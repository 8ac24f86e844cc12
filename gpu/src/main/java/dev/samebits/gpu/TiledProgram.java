package dev.samebits.gpu;

import dev.samebits.gpu.Plan.Affine;

/**
 * The program for graphics processors: batched affine by tiles of 64 × 64 results in local memory, of which each of the 256
 * work-items of a group keeps 4 × 4 in registers. The next tile of operands is read into registers while the present one is
 * worked on. Each sum ascends as everywhere, and takes no padding in: 0 · 0 added to −0 would be +0.
 */
final class TiledProgram extends DeviceProgram {
    /** Work-items of a group. */
    static final int GROUP = 256;
    static final int TILE = 64;
    static final int DEPTH = 16;

    /** The tile of x, {@code [DEPTH × TILE]}: inputs by rows of the batch. */
    @Local
    final float[] tileX = new float[DEPTH * TILE];
    /** The tile of w, {@code [DEPTH × TILE]}: inputs by outputs. */
    @Local
    final float[] tileW = new float[DEPTH * TILE];

    @Override
    void affineTiles() {
        int inputs = plan(Affine.INPUTS);
        int rowTiles = (rows + TILE - 1) / TILE;
        int tiles = rowTiles * ((plan(Affine.PANELS) * PANEL + TILE - 1) / TILE);
        int me = getLocalId();
        int row = (me >> 4) * 4;
        int column = (me & 15) * 4;
        // The same number of turns for all of a group: they meet at barriers.
        for (int tile = getGroupId(); tile < tiles; tile += getNumGroups()) {
            int n = (tile % rowTiles) * TILE;
            int i = (tile / rowTiles) * TILE;
            float c00 = bias(i + column);
            float c01 = bias(i + column + 1);
            float c02 = bias(i + column + 2);
            float c03 = bias(i + column + 3);
            float c10 = c00;
            float c11 = c01;
            float c12 = c02;
            float c13 = c03;
            float c20 = c00;
            float c21 = c01;
            float c22 = c02;
            float c23 = c03;
            float c30 = c00;
            float c31 = c01;
            float c32 = c02;
            float c33 = c03;
            float nextX0 = x(n, 0, me);
            float nextX1 = x(n, 0, me + 256);
            float nextX2 = x(n, 0, me + 512);
            float nextX3 = x(n, 0, me + 768);
            float nextW0 = w(i, 0, me);
            float nextW1 = w(i, 0, me + 256);
            float nextW2 = w(i, 0, me + 512);
            float nextW3 = w(i, 0, me + 768);
            for (int from = 0; from < inputs; from += DEPTH) {
                localBarrier();
                storeX(me, nextX0);
                storeX(me + 256, nextX1);
                storeX(me + 512, nextX2);
                storeX(me + 768, nextX3);
                tileW[me] = nextW0;
                tileW[me + 256] = nextW1;
                tileW[me + 512] = nextW2;
                tileW[me + 768] = nextW3;
                localBarrier();
                nextX0 = x(n, from + DEPTH, me);
                nextX1 = x(n, from + DEPTH, me + 256);
                nextX2 = x(n, from + DEPTH, me + 512);
                nextX3 = x(n, from + DEPTH, me + 768);
                nextW0 = w(i, from + DEPTH, me);
                nextW1 = w(i, from + DEPTH, me + 256);
                nextW2 = w(i, from + DEPTH, me + 512);
                nextW3 = w(i, from + DEPTH, me + 768);
                int depth = min(DEPTH, inputs - from);
                for (int k = 0; k < depth; k++) {
                    float x0 = tileX[k * TILE + row];
                    float x1 = tileX[k * TILE + row + 1];
                    float x2 = tileX[k * TILE + row + 2];
                    float x3 = tileX[k * TILE + row + 3];
                    float w0 = tileW[k * TILE + column];
                    float w1 = tileW[k * TILE + column + 1];
                    float w2 = tileW[k * TILE + column + 2];
                    float w3 = tileW[k * TILE + column + 3];
                    c00 = fma(w0, x0, c00);
                    c01 = fma(w1, x0, c01);
                    c02 = fma(w2, x0, c02);
                    c03 = fma(w3, x0, c03);
                    c10 = fma(w0, x1, c10);
                    c11 = fma(w1, x1, c11);
                    c12 = fma(w2, x1, c12);
                    c13 = fma(w3, x1, c13);
                    c20 = fma(w0, x2, c20);
                    c21 = fma(w1, x2, c21);
                    c22 = fma(w2, x2, c22);
                    c23 = fma(w3, x2, c23);
                    c30 = fma(w0, x3, c30);
                    c31 = fma(w1, x3, c31);
                    c32 = fma(w2, x3, c32);
                    c33 = fma(w3, x3, c33);
                }
            }
            put4(n + row, i + column, c00, c01, c02, c03);
            put4(n + row + 1, i + column, c10, c11, c12, c13);
            put4(n + row + 2, i + column, c20, c21, c22, c23);
            put4(n + row + 3, i + column, c30, c31, c32, c33);
        }
    }

    float bias(int i) {
        float b = 0f;
        if (i < plan(Affine.PANELS) * PANEL) {
            b = params[plan(Affine.BIAS) + i];
        }
        return b;
    }

    // Element e of the tile of x, read along a row of the batch.
    float x(int n, int from, int e) {
        int row = n + (e >> 4);
        int j = from + (e & 15);
        float x = 0f;
        if (row < rows) {
            if (j < plan(Affine.INPUTS)) {
                x = work[plan(Affine.X) + row * plan(Affine.X_STRIDE) + j];
            }
        }
        return x;
    }

    void storeX(int e, float x) {
        tileX[(e & 15) * TILE + (e >> 4)] = x;
    }

    // Element e of the tile of w, read along the outputs.
    float w(int i, int from, int e) {
        int output = i + (e & 63);
        int j = from + (e >> 6);
        float w = 0f;
        if (output < plan(Affine.PANELS) * PANEL) {
            if (j < plan(Affine.INPUTS)) {
                w = params[plan(Affine.WEIGHTS) + (output >> 4) * plan(Affine.PANEL_STRIDE) + j * PANEL + (output & 15)];
            }
        }
        return w;
    }

    void put4(int n, int i, float a, float b, float c, float d) {
        if (n < rows) {
            if (i < plan(Affine.PANELS) * PANEL) {
                int z = plan(Affine.Z) + n * plan(Affine.Z_STRIDE) + i;
                work[z] = a;
                work[z + 1] = b;
                work[z + 2] = c;
                work[z + 3] = d;
            }
        }
    }
}
