package dev.samebits.gpu;

import dev.samebits.gpu.Plan.InputGradient;
import dev.samebits.gpu.Plan.WeightGradient;

/**
 * The products of the way back: δ through the weights, and the gradient of the weights. Tiles of 4 × 16.
 */
abstract class DeviceGradients extends DeviceProducts {
    /**
     * {@link Plan#inputGradient}: sixteen rows of the batch by four inputs a tile, from δ transposed, so that it is the rows
     * that lie side by side.
     */
    void inputGradientPass() {
        int tiles = (plan(InputGradient.INPUTS) + TILE_ROWS - 1) / TILE_ROWS;
        int blocks = (rows + PANEL - 1) / PANEL;
        int outputs = plan(InputGradient.OUTPUTS);
        int dxStride = plan(InputGradient.DX_STRIDE);
        for (int t = getGlobalId(); t < tiles * blocks; t += getGlobalSize()) {
            int tile = t / blocks;
            int n = (t - tile * blocks) * PANEL;
            int d = plan(InputGradient.DZ) + n;
            float c00 = 0f; float c01 = 0f; float c02 = 0f; float c03 = 0f;
            float c04 = 0f; float c05 = 0f; float c06 = 0f; float c07 = 0f;
            float c08 = 0f; float c09 = 0f; float c0a = 0f; float c0b = 0f;
            float c0c = 0f; float c0d = 0f; float c0e = 0f; float c0f = 0f;
            float c10 = 0f; float c11 = 0f; float c12 = 0f; float c13 = 0f;
            float c14 = 0f; float c15 = 0f; float c16 = 0f; float c17 = 0f;
            float c18 = 0f; float c19 = 0f; float c1a = 0f; float c1b = 0f;
            float c1c = 0f; float c1d = 0f; float c1e = 0f; float c1f = 0f;
            float c20 = 0f; float c21 = 0f; float c22 = 0f; float c23 = 0f;
            float c24 = 0f; float c25 = 0f; float c26 = 0f; float c27 = 0f;
            float c28 = 0f; float c29 = 0f; float c2a = 0f; float c2b = 0f;
            float c2c = 0f; float c2d = 0f; float c2e = 0f; float c2f = 0f;
            float c30 = 0f; float c31 = 0f; float c32 = 0f; float c33 = 0f;
            float c34 = 0f; float c35 = 0f; float c36 = 0f; float c37 = 0f;
            float c38 = 0f; float c39 = 0f; float c3a = 0f; float c3b = 0f;
            float c3c = 0f; float c3d = 0f; float c3e = 0f; float c3f = 0f;
            for (int i = 0; i < outputs; i++) {
                int w = plan(InputGradient.WEIGHTS) + (i >> 4) * plan(InputGradient.PANEL_STRIDE)
                        + tile * TILE_ROWS * PANEL + (i & 15);
                float w0 = params[w + 0 * PANEL];
                float w1 = params[w + 1 * PANEL];
                float w2 = params[w + 2 * PANEL];
                float w3 = params[w + 3 * PANEL];
                float d0 = work[d + 0]; float d1 = work[d + 1];
                float d2 = work[d + 2]; float d3 = work[d + 3];
                float d4 = work[d + 4]; float d5 = work[d + 5];
                float d6 = work[d + 6]; float d7 = work[d + 7];
                float d8 = work[d + 8]; float d9 = work[d + 9];
                float da = work[d + 10]; float db = work[d + 11];
                float dc = work[d + 12]; float dd = work[d + 13];
                float de = work[d + 14]; float df = work[d + 15];
                c00 = fma(w0, d0, c00); c01 = fma(w0, d1, c01); c02 = fma(w0, d2, c02); c03 = fma(w0, d3, c03);
                c04 = fma(w0, d4, c04); c05 = fma(w0, d5, c05); c06 = fma(w0, d6, c06); c07 = fma(w0, d7, c07);
                c08 = fma(w0, d8, c08); c09 = fma(w0, d9, c09); c0a = fma(w0, da, c0a); c0b = fma(w0, db, c0b);
                c0c = fma(w0, dc, c0c); c0d = fma(w0, dd, c0d); c0e = fma(w0, de, c0e); c0f = fma(w0, df, c0f);
                c10 = fma(w1, d0, c10); c11 = fma(w1, d1, c11); c12 = fma(w1, d2, c12); c13 = fma(w1, d3, c13);
                c14 = fma(w1, d4, c14); c15 = fma(w1, d5, c15); c16 = fma(w1, d6, c16); c17 = fma(w1, d7, c17);
                c18 = fma(w1, d8, c18); c19 = fma(w1, d9, c19); c1a = fma(w1, da, c1a); c1b = fma(w1, db, c1b);
                c1c = fma(w1, dc, c1c); c1d = fma(w1, dd, c1d); c1e = fma(w1, de, c1e); c1f = fma(w1, df, c1f);
                c20 = fma(w2, d0, c20); c21 = fma(w2, d1, c21); c22 = fma(w2, d2, c22); c23 = fma(w2, d3, c23);
                c24 = fma(w2, d4, c24); c25 = fma(w2, d5, c25); c26 = fma(w2, d6, c26); c27 = fma(w2, d7, c27);
                c28 = fma(w2, d8, c28); c29 = fma(w2, d9, c29); c2a = fma(w2, da, c2a); c2b = fma(w2, db, c2b);
                c2c = fma(w2, dc, c2c); c2d = fma(w2, dd, c2d); c2e = fma(w2, de, c2e); c2f = fma(w2, df, c2f);
                c30 = fma(w3, d0, c30); c31 = fma(w3, d1, c31); c32 = fma(w3, d2, c32); c33 = fma(w3, d3, c33);
                c34 = fma(w3, d4, c34); c35 = fma(w3, d5, c35); c36 = fma(w3, d6, c36); c37 = fma(w3, d7, c37);
                c38 = fma(w3, d8, c38); c39 = fma(w3, d9, c39); c3a = fma(w3, da, c3a); c3b = fma(w3, db, c3b);
                c3c = fma(w3, dc, c3c); c3d = fma(w3, dd, c3d); c3e = fma(w3, de, c3e); c3f = fma(w3, df, c3f);
                d = d + plan(InputGradient.DZ_STRIDE);
            }
            int j = tile * TILE_ROWS;
            int x = plan(InputGradient.DX) + n * dxStride + j;
            if (j + 0 < plan(InputGradient.INPUTS)) {
                work[x + 0 * dxStride + 0] = c00; work[x + 1 * dxStride + 0] = c01;
                work[x + 2 * dxStride + 0] = c02; work[x + 3 * dxStride + 0] = c03;
                work[x + 4 * dxStride + 0] = c04; work[x + 5 * dxStride + 0] = c05;
                work[x + 6 * dxStride + 0] = c06; work[x + 7 * dxStride + 0] = c07;
                work[x + 8 * dxStride + 0] = c08; work[x + 9 * dxStride + 0] = c09;
                work[x + 10 * dxStride + 0] = c0a; work[x + 11 * dxStride + 0] = c0b;
                work[x + 12 * dxStride + 0] = c0c; work[x + 13 * dxStride + 0] = c0d;
                work[x + 14 * dxStride + 0] = c0e; work[x + 15 * dxStride + 0] = c0f;
            }
            if (j + 1 < plan(InputGradient.INPUTS)) {
                work[x + 0 * dxStride + 1] = c10; work[x + 1 * dxStride + 1] = c11;
                work[x + 2 * dxStride + 1] = c12; work[x + 3 * dxStride + 1] = c13;
                work[x + 4 * dxStride + 1] = c14; work[x + 5 * dxStride + 1] = c15;
                work[x + 6 * dxStride + 1] = c16; work[x + 7 * dxStride + 1] = c17;
                work[x + 8 * dxStride + 1] = c18; work[x + 9 * dxStride + 1] = c19;
                work[x + 10 * dxStride + 1] = c1a; work[x + 11 * dxStride + 1] = c1b;
                work[x + 12 * dxStride + 1] = c1c; work[x + 13 * dxStride + 1] = c1d;
                work[x + 14 * dxStride + 1] = c1e; work[x + 15 * dxStride + 1] = c1f;
            }
            if (j + 2 < plan(InputGradient.INPUTS)) {
                work[x + 0 * dxStride + 2] = c20; work[x + 1 * dxStride + 2] = c21;
                work[x + 2 * dxStride + 2] = c22; work[x + 3 * dxStride + 2] = c23;
                work[x + 4 * dxStride + 2] = c24; work[x + 5 * dxStride + 2] = c25;
                work[x + 6 * dxStride + 2] = c26; work[x + 7 * dxStride + 2] = c27;
                work[x + 8 * dxStride + 2] = c28; work[x + 9 * dxStride + 2] = c29;
                work[x + 10 * dxStride + 2] = c2a; work[x + 11 * dxStride + 2] = c2b;
                work[x + 12 * dxStride + 2] = c2c; work[x + 13 * dxStride + 2] = c2d;
                work[x + 14 * dxStride + 2] = c2e; work[x + 15 * dxStride + 2] = c2f;
            }
            if (j + 3 < plan(InputGradient.INPUTS)) {
                work[x + 0 * dxStride + 3] = c30; work[x + 1 * dxStride + 3] = c31;
                work[x + 2 * dxStride + 3] = c32; work[x + 3 * dxStride + 3] = c33;
                work[x + 4 * dxStride + 3] = c34; work[x + 5 * dxStride + 3] = c35;
                work[x + 6 * dxStride + 3] = c36; work[x + 7 * dxStride + 3] = c37;
                work[x + 8 * dxStride + 3] = c38; work[x + 9 * dxStride + 3] = c39;
                work[x + 10 * dxStride + 3] = c3a; work[x + 11 * dxStride + 3] = c3b;
                work[x + 12 * dxStride + 3] = c3c; work[x + 13 * dxStride + 3] = c3d;
                work[x + 14 * dxStride + 3] = c3e; work[x + 15 * dxStride + 3] = c3f;
            }
        }
    }

    /** {@link Plan#weightGradient}: adds it up and takes the step. */
    void weightGradientPass() {
        int tiles = (plan(WeightGradient.INPUTS) + TILE_ROWS - 1) / TILE_ROWS;
        for (int t = getGlobalId(); t < tiles * plan(WeightGradient.PANELS); t += getGlobalSize()) {
            int panel = t / tiles;
            int j = (t - panel * tiles) * TILE_ROWS;
            int at = plan(WeightGradient.WEIGHTS) + panel * plan(WeightGradient.PANEL_STRIDE) + j * PANEL;
            int d = plan(WeightGradient.DZ) + panel * PANEL;
            int x = plan(WeightGradient.X) + j;
            float c00 = start(at + 0); float c01 = start(at + 1);
            float c02 = start(at + 2); float c03 = start(at + 3);
            float c04 = start(at + 4); float c05 = start(at + 5);
            float c06 = start(at + 6); float c07 = start(at + 7);
            float c08 = start(at + 8); float c09 = start(at + 9);
            float c0a = start(at + 10); float c0b = start(at + 11);
            float c0c = start(at + 12); float c0d = start(at + 13);
            float c0e = start(at + 14); float c0f = start(at + 15);
            float c10 = start(at + 16); float c11 = start(at + 17);
            float c12 = start(at + 18); float c13 = start(at + 19);
            float c14 = start(at + 20); float c15 = start(at + 21);
            float c16 = start(at + 22); float c17 = start(at + 23);
            float c18 = start(at + 24); float c19 = start(at + 25);
            float c1a = start(at + 26); float c1b = start(at + 27);
            float c1c = start(at + 28); float c1d = start(at + 29);
            float c1e = start(at + 30); float c1f = start(at + 31);
            float c20 = start(at + 32); float c21 = start(at + 33);
            float c22 = start(at + 34); float c23 = start(at + 35);
            float c24 = start(at + 36); float c25 = start(at + 37);
            float c26 = start(at + 38); float c27 = start(at + 39);
            float c28 = start(at + 40); float c29 = start(at + 41);
            float c2a = start(at + 42); float c2b = start(at + 43);
            float c2c = start(at + 44); float c2d = start(at + 45);
            float c2e = start(at + 46); float c2f = start(at + 47);
            float c30 = start(at + 48); float c31 = start(at + 49);
            float c32 = start(at + 50); float c33 = start(at + 51);
            float c34 = start(at + 52); float c35 = start(at + 53);
            float c36 = start(at + 54); float c37 = start(at + 55);
            float c38 = start(at + 56); float c39 = start(at + 57);
            float c3a = start(at + 58); float c3b = start(at + 59);
            float c3c = start(at + 60); float c3d = start(at + 61);
            float c3e = start(at + 62); float c3f = start(at + 63);
            for (int n = 0; n < rows; n++) {
                float x0 = work[x + 0];
                float x1 = work[x + 1];
                float x2 = work[x + 2];
                float x3 = work[x + 3];
                float d0 = work[d + 0]; float d1 = work[d + 1];
                float d2 = work[d + 2]; float d3 = work[d + 3];
                float d4 = work[d + 4]; float d5 = work[d + 5];
                float d6 = work[d + 6]; float d7 = work[d + 7];
                float d8 = work[d + 8]; float d9 = work[d + 9];
                float da = work[d + 10]; float db = work[d + 11];
                float dc = work[d + 12]; float dd = work[d + 13];
                float de = work[d + 14]; float df = work[d + 15];
                c00 = fma(d0, x0, c00); c01 = fma(d1, x0, c01); c02 = fma(d2, x0, c02); c03 = fma(d3, x0, c03);
                c04 = fma(d4, x0, c04); c05 = fma(d5, x0, c05); c06 = fma(d6, x0, c06); c07 = fma(d7, x0, c07);
                c08 = fma(d8, x0, c08); c09 = fma(d9, x0, c09); c0a = fma(da, x0, c0a); c0b = fma(db, x0, c0b);
                c0c = fma(dc, x0, c0c); c0d = fma(dd, x0, c0d); c0e = fma(de, x0, c0e); c0f = fma(df, x0, c0f);
                c10 = fma(d0, x1, c10); c11 = fma(d1, x1, c11); c12 = fma(d2, x1, c12); c13 = fma(d3, x1, c13);
                c14 = fma(d4, x1, c14); c15 = fma(d5, x1, c15); c16 = fma(d6, x1, c16); c17 = fma(d7, x1, c17);
                c18 = fma(d8, x1, c18); c19 = fma(d9, x1, c19); c1a = fma(da, x1, c1a); c1b = fma(db, x1, c1b);
                c1c = fma(dc, x1, c1c); c1d = fma(dd, x1, c1d); c1e = fma(de, x1, c1e); c1f = fma(df, x1, c1f);
                c20 = fma(d0, x2, c20); c21 = fma(d1, x2, c21); c22 = fma(d2, x2, c22); c23 = fma(d3, x2, c23);
                c24 = fma(d4, x2, c24); c25 = fma(d5, x2, c25); c26 = fma(d6, x2, c26); c27 = fma(d7, x2, c27);
                c28 = fma(d8, x2, c28); c29 = fma(d9, x2, c29); c2a = fma(da, x2, c2a); c2b = fma(db, x2, c2b);
                c2c = fma(dc, x2, c2c); c2d = fma(dd, x2, c2d); c2e = fma(de, x2, c2e); c2f = fma(df, x2, c2f);
                c30 = fma(d0, x3, c30); c31 = fma(d1, x3, c31); c32 = fma(d2, x3, c32); c33 = fma(d3, x3, c33);
                c34 = fma(d4, x3, c34); c35 = fma(d5, x3, c35); c36 = fma(d6, x3, c36); c37 = fma(d7, x3, c37);
                c38 = fma(d8, x3, c38); c39 = fma(d9, x3, c39); c3a = fma(da, x3, c3a); c3b = fma(db, x3, c3b);
                c3c = fma(dc, x3, c3c); c3d = fma(dd, x3, c3d); c3e = fma(de, x3, c3e); c3f = fma(df, x3, c3f);
                d = d + plan(WeightGradient.DZ_STRIDE);
                x = x + plan(WeightGradient.X_STRIDE);
            }
            settle(at + 0, c00, weightDecay); settle(at + 1, c01, weightDecay);
            settle(at + 2, c02, weightDecay); settle(at + 3, c03, weightDecay);
            settle(at + 4, c04, weightDecay); settle(at + 5, c05, weightDecay);
            settle(at + 6, c06, weightDecay); settle(at + 7, c07, weightDecay);
            settle(at + 8, c08, weightDecay); settle(at + 9, c09, weightDecay);
            settle(at + 10, c0a, weightDecay); settle(at + 11, c0b, weightDecay);
            settle(at + 12, c0c, weightDecay); settle(at + 13, c0d, weightDecay);
            settle(at + 14, c0e, weightDecay); settle(at + 15, c0f, weightDecay);
            settle(at + 16, c10, weightDecay); settle(at + 17, c11, weightDecay);
            settle(at + 18, c12, weightDecay); settle(at + 19, c13, weightDecay);
            settle(at + 20, c14, weightDecay); settle(at + 21, c15, weightDecay);
            settle(at + 22, c16, weightDecay); settle(at + 23, c17, weightDecay);
            settle(at + 24, c18, weightDecay); settle(at + 25, c19, weightDecay);
            settle(at + 26, c1a, weightDecay); settle(at + 27, c1b, weightDecay);
            settle(at + 28, c1c, weightDecay); settle(at + 29, c1d, weightDecay);
            settle(at + 30, c1e, weightDecay); settle(at + 31, c1f, weightDecay);
            settle(at + 32, c20, weightDecay); settle(at + 33, c21, weightDecay);
            settle(at + 34, c22, weightDecay); settle(at + 35, c23, weightDecay);
            settle(at + 36, c24, weightDecay); settle(at + 37, c25, weightDecay);
            settle(at + 38, c26, weightDecay); settle(at + 39, c27, weightDecay);
            settle(at + 40, c28, weightDecay); settle(at + 41, c29, weightDecay);
            settle(at + 42, c2a, weightDecay); settle(at + 43, c2b, weightDecay);
            settle(at + 44, c2c, weightDecay); settle(at + 45, c2d, weightDecay);
            settle(at + 46, c2e, weightDecay); settle(at + 47, c2f, weightDecay);
            settle(at + 48, c30, weightDecay); settle(at + 49, c31, weightDecay);
            settle(at + 50, c32, weightDecay); settle(at + 51, c33, weightDecay);
            settle(at + 52, c34, weightDecay); settle(at + 53, c35, weightDecay);
            settle(at + 54, c36, weightDecay); settle(at + 55, c37, weightDecay);
            settle(at + 56, c38, weightDecay); settle(at + 57, c39, weightDecay);
            settle(at + 58, c3a, weightDecay); settle(at + 59, c3b, weightDecay);
            settle(at + 60, c3c, weightDecay); settle(at + 61, c3d, weightDecay);
            settle(at + 62, c3e, weightDecay); settle(at + 63, c3f, weightDecay);
        }
    }
}
