package dev.samebits.gpu;

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
        int inputs = plan(5);
        int rowTiles = (rows + TILE - 1) / TILE;
        int tiles = rowTiles * ((plan(6) * PANEL + TILE - 1) / TILE);
        int me = getLocalId();
        int row = (me >> 4) * 4;
        int column = (me & 15) * 4;
        // The same number of turns for all of a group: they meet at barriers.
        for (int tile = getGroupId(); tile < tiles; tile += getNumGroups()) {
            int n = (tile % rowTiles) * TILE;
            int i = (tile / rowTiles) * TILE;
            float s00 = bias(i + column);
            float s01 = bias(i + column + 1);
            float s02 = bias(i + column + 2);
            float s03 = bias(i + column + 3);
            float s10 = s00;
            float s11 = s01;
            float s12 = s02;
            float s13 = s03;
            float s20 = s00;
            float s21 = s01;
            float s22 = s02;
            float s23 = s03;
            float s30 = s00;
            float s31 = s01;
            float s32 = s02;
            float s33 = s03;
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
                    s00 = fma(w0, x0, s00);
                    s01 = fma(w1, x0, s01);
                    s02 = fma(w2, x0, s02);
                    s03 = fma(w3, x0, s03);
                    s10 = fma(w0, x1, s10);
                    s11 = fma(w1, x1, s11);
                    s12 = fma(w2, x1, s12);
                    s13 = fma(w3, x1, s13);
                    s20 = fma(w0, x2, s20);
                    s21 = fma(w1, x2, s21);
                    s22 = fma(w2, x2, s22);
                    s23 = fma(w3, x2, s23);
                    s30 = fma(w0, x3, s30);
                    s31 = fma(w1, x3, s31);
                    s32 = fma(w2, x3, s32);
                    s33 = fma(w3, x3, s33);
                }
            }
            put4(n + row, i + column, s00, s01, s02, s03);
            put4(n + row + 1, i + column, s10, s11, s12, s13);
            put4(n + row + 2, i + column, s20, s21, s22, s23);
            put4(n + row + 3, i + column, s30, s31, s32, s33);
        }
    }

    float bias(int i) {
        float b = 0f;
        if (i < plan(6) * PANEL) {
            b = params[plan(7) + i];
        }
        return b;
    }

    // Element e of the tile of x, read along a row of the batch.
    float x(int n, int from, int e) {
        int row = n + (e >> 4);
        int j = from + (e & 15);
        float x = 0f;
        if (row < rows) {
            if (j < plan(5)) {
                x = work[plan(1) + row * plan(2) + j];
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
        if (output < plan(6) * PANEL) {
            if (j < plan(5)) {
                w = params[plan(3) + (output >> 4) * plan(4) + j * PANEL + (output & 15)];
            }
        }
        return w;
    }

    void put4(int n, int i, float a, float b, float c, float d) {
        if (n < rows) {
            if (i < plan(6) * PANEL) {
                int z = plan(8) + n * plan(9) + i;
                work[z] = a;
                work[z + 1] = b;
                work[z + 2] = c;
                work[z + 3] = d;
            }
        }
    }
}
