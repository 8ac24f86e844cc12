package dev.samebits.gpu;

/**
 * The products of the way back: δ through the weights, and the gradient of the weights. Tiles of 4 × 16.
 */
abstract class DeviceGradients extends DeviceProducts {
    /**
     * Sixteen rows of the batch by four inputs a tile, from δ turned, so that it is the rows that lie side by side.
     * Record: op, dz turned, its stride, w, panel stride, outputs, inputs, dx, lddx.
     */
    void backpropagatePass() {
        int tiles = (plan(6) + TILE_ROWS - 1) / TILE_ROWS;
        int blocks = (rows + PANEL - 1) / PANEL;
        int outputs = plan(5);
        int ldx = plan(8);
        for (int t = getGlobalId(); t < tiles * blocks; t += getGlobalSize()) {
            int tile = t / blocks;
            int n = (t - tile * blocks) * PANEL;
            int d = plan(1) + n;
            float s00 = 0f; float s01 = 0f; float s02 = 0f; float s03 = 0f;
            float s04 = 0f; float s05 = 0f; float s06 = 0f; float s07 = 0f;
            float s08 = 0f; float s09 = 0f; float s0a = 0f; float s0b = 0f;
            float s0c = 0f; float s0d = 0f; float s0e = 0f; float s0f = 0f;
            float s10 = 0f; float s11 = 0f; float s12 = 0f; float s13 = 0f;
            float s14 = 0f; float s15 = 0f; float s16 = 0f; float s17 = 0f;
            float s18 = 0f; float s19 = 0f; float s1a = 0f; float s1b = 0f;
            float s1c = 0f; float s1d = 0f; float s1e = 0f; float s1f = 0f;
            float s20 = 0f; float s21 = 0f; float s22 = 0f; float s23 = 0f;
            float s24 = 0f; float s25 = 0f; float s26 = 0f; float s27 = 0f;
            float s28 = 0f; float s29 = 0f; float s2a = 0f; float s2b = 0f;
            float s2c = 0f; float s2d = 0f; float s2e = 0f; float s2f = 0f;
            float s30 = 0f; float s31 = 0f; float s32 = 0f; float s33 = 0f;
            float s34 = 0f; float s35 = 0f; float s36 = 0f; float s37 = 0f;
            float s38 = 0f; float s39 = 0f; float s3a = 0f; float s3b = 0f;
            float s3c = 0f; float s3d = 0f; float s3e = 0f; float s3f = 0f;
            for (int i = 0; i < outputs; i++) {
                int w = plan(3) + (i >> 4) * plan(4) + tile * TILE_ROWS * PANEL + (i & 15);
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
                s00 = fma(w0, d0, s00); s01 = fma(w0, d1, s01); s02 = fma(w0, d2, s02); s03 = fma(w0, d3, s03);
                s04 = fma(w0, d4, s04); s05 = fma(w0, d5, s05); s06 = fma(w0, d6, s06); s07 = fma(w0, d7, s07);
                s08 = fma(w0, d8, s08); s09 = fma(w0, d9, s09); s0a = fma(w0, da, s0a); s0b = fma(w0, db, s0b);
                s0c = fma(w0, dc, s0c); s0d = fma(w0, dd, s0d); s0e = fma(w0, de, s0e); s0f = fma(w0, df, s0f);
                s10 = fma(w1, d0, s10); s11 = fma(w1, d1, s11); s12 = fma(w1, d2, s12); s13 = fma(w1, d3, s13);
                s14 = fma(w1, d4, s14); s15 = fma(w1, d5, s15); s16 = fma(w1, d6, s16); s17 = fma(w1, d7, s17);
                s18 = fma(w1, d8, s18); s19 = fma(w1, d9, s19); s1a = fma(w1, da, s1a); s1b = fma(w1, db, s1b);
                s1c = fma(w1, dc, s1c); s1d = fma(w1, dd, s1d); s1e = fma(w1, de, s1e); s1f = fma(w1, df, s1f);
                s20 = fma(w2, d0, s20); s21 = fma(w2, d1, s21); s22 = fma(w2, d2, s22); s23 = fma(w2, d3, s23);
                s24 = fma(w2, d4, s24); s25 = fma(w2, d5, s25); s26 = fma(w2, d6, s26); s27 = fma(w2, d7, s27);
                s28 = fma(w2, d8, s28); s29 = fma(w2, d9, s29); s2a = fma(w2, da, s2a); s2b = fma(w2, db, s2b);
                s2c = fma(w2, dc, s2c); s2d = fma(w2, dd, s2d); s2e = fma(w2, de, s2e); s2f = fma(w2, df, s2f);
                s30 = fma(w3, d0, s30); s31 = fma(w3, d1, s31); s32 = fma(w3, d2, s32); s33 = fma(w3, d3, s33);
                s34 = fma(w3, d4, s34); s35 = fma(w3, d5, s35); s36 = fma(w3, d6, s36); s37 = fma(w3, d7, s37);
                s38 = fma(w3, d8, s38); s39 = fma(w3, d9, s39); s3a = fma(w3, da, s3a); s3b = fma(w3, db, s3b);
                s3c = fma(w3, dc, s3c); s3d = fma(w3, dd, s3d); s3e = fma(w3, de, s3e); s3f = fma(w3, df, s3f);
                d = d + plan(2);
            }
            int j = tile * TILE_ROWS;
            int x = plan(7) + n * ldx + j;
            if (j + 0 < plan(6)) {
                work[x + 0 * ldx + 0] = s00; work[x + 1 * ldx + 0] = s01;
                work[x + 2 * ldx + 0] = s02; work[x + 3 * ldx + 0] = s03;
                work[x + 4 * ldx + 0] = s04; work[x + 5 * ldx + 0] = s05;
                work[x + 6 * ldx + 0] = s06; work[x + 7 * ldx + 0] = s07;
                work[x + 8 * ldx + 0] = s08; work[x + 9 * ldx + 0] = s09;
                work[x + 10 * ldx + 0] = s0a; work[x + 11 * ldx + 0] = s0b;
                work[x + 12 * ldx + 0] = s0c; work[x + 13 * ldx + 0] = s0d;
                work[x + 14 * ldx + 0] = s0e; work[x + 15 * ldx + 0] = s0f;
            }
            if (j + 1 < plan(6)) {
                work[x + 0 * ldx + 1] = s10; work[x + 1 * ldx + 1] = s11;
                work[x + 2 * ldx + 1] = s12; work[x + 3 * ldx + 1] = s13;
                work[x + 4 * ldx + 1] = s14; work[x + 5 * ldx + 1] = s15;
                work[x + 6 * ldx + 1] = s16; work[x + 7 * ldx + 1] = s17;
                work[x + 8 * ldx + 1] = s18; work[x + 9 * ldx + 1] = s19;
                work[x + 10 * ldx + 1] = s1a; work[x + 11 * ldx + 1] = s1b;
                work[x + 12 * ldx + 1] = s1c; work[x + 13 * ldx + 1] = s1d;
                work[x + 14 * ldx + 1] = s1e; work[x + 15 * ldx + 1] = s1f;
            }
            if (j + 2 < plan(6)) {
                work[x + 0 * ldx + 2] = s20; work[x + 1 * ldx + 2] = s21;
                work[x + 2 * ldx + 2] = s22; work[x + 3 * ldx + 2] = s23;
                work[x + 4 * ldx + 2] = s24; work[x + 5 * ldx + 2] = s25;
                work[x + 6 * ldx + 2] = s26; work[x + 7 * ldx + 2] = s27;
                work[x + 8 * ldx + 2] = s28; work[x + 9 * ldx + 2] = s29;
                work[x + 10 * ldx + 2] = s2a; work[x + 11 * ldx + 2] = s2b;
                work[x + 12 * ldx + 2] = s2c; work[x + 13 * ldx + 2] = s2d;
                work[x + 14 * ldx + 2] = s2e; work[x + 15 * ldx + 2] = s2f;
            }
            if (j + 3 < plan(6)) {
                work[x + 0 * ldx + 3] = s30; work[x + 1 * ldx + 3] = s31;
                work[x + 2 * ldx + 3] = s32; work[x + 3 * ldx + 3] = s33;
                work[x + 4 * ldx + 3] = s34; work[x + 5 * ldx + 3] = s35;
                work[x + 6 * ldx + 3] = s36; work[x + 7 * ldx + 3] = s37;
                work[x + 8 * ldx + 3] = s38; work[x + 9 * ldx + 3] = s39;
                work[x + 10 * ldx + 3] = s3a; work[x + 11 * ldx + 3] = s3b;
                work[x + 12 * ldx + 3] = s3c; work[x + 13 * ldx + 3] = s3d;
                work[x + 14 * ldx + 3] = s3e; work[x + 15 * ldx + 3] = s3f;
            }
        }
    }

    /**
     * Adds up a layer's weight gradient and takes the step. Record: op, dz, lddz, x, ldx, w, panel stride, inputs, panels.
     */
    void gradientPass() {
        int tiles = (plan(7) + TILE_ROWS - 1) / TILE_ROWS;
        for (int t = getGlobalId(); t < tiles * plan(8); t += getGlobalSize()) {
            int panel = t / tiles;
            int j = (t - panel * tiles) * TILE_ROWS;
            int at = plan(5) + panel * plan(6) + j * PANEL;
            int d = plan(1) + panel * PANEL;
            int x = plan(3) + j;
            float s00 = start(at + 0); float s01 = start(at + 1);
            float s02 = start(at + 2); float s03 = start(at + 3);
            float s04 = start(at + 4); float s05 = start(at + 5);
            float s06 = start(at + 6); float s07 = start(at + 7);
            float s08 = start(at + 8); float s09 = start(at + 9);
            float s0a = start(at + 10); float s0b = start(at + 11);
            float s0c = start(at + 12); float s0d = start(at + 13);
            float s0e = start(at + 14); float s0f = start(at + 15);
            float s10 = start(at + 16); float s11 = start(at + 17);
            float s12 = start(at + 18); float s13 = start(at + 19);
            float s14 = start(at + 20); float s15 = start(at + 21);
            float s16 = start(at + 22); float s17 = start(at + 23);
            float s18 = start(at + 24); float s19 = start(at + 25);
            float s1a = start(at + 26); float s1b = start(at + 27);
            float s1c = start(at + 28); float s1d = start(at + 29);
            float s1e = start(at + 30); float s1f = start(at + 31);
            float s20 = start(at + 32); float s21 = start(at + 33);
            float s22 = start(at + 34); float s23 = start(at + 35);
            float s24 = start(at + 36); float s25 = start(at + 37);
            float s26 = start(at + 38); float s27 = start(at + 39);
            float s28 = start(at + 40); float s29 = start(at + 41);
            float s2a = start(at + 42); float s2b = start(at + 43);
            float s2c = start(at + 44); float s2d = start(at + 45);
            float s2e = start(at + 46); float s2f = start(at + 47);
            float s30 = start(at + 48); float s31 = start(at + 49);
            float s32 = start(at + 50); float s33 = start(at + 51);
            float s34 = start(at + 52); float s35 = start(at + 53);
            float s36 = start(at + 54); float s37 = start(at + 55);
            float s38 = start(at + 56); float s39 = start(at + 57);
            float s3a = start(at + 58); float s3b = start(at + 59);
            float s3c = start(at + 60); float s3d = start(at + 61);
            float s3e = start(at + 62); float s3f = start(at + 63);
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
                s00 = fma(d0, x0, s00); s01 = fma(d1, x0, s01); s02 = fma(d2, x0, s02); s03 = fma(d3, x0, s03);
                s04 = fma(d4, x0, s04); s05 = fma(d5, x0, s05); s06 = fma(d6, x0, s06); s07 = fma(d7, x0, s07);
                s08 = fma(d8, x0, s08); s09 = fma(d9, x0, s09); s0a = fma(da, x0, s0a); s0b = fma(db, x0, s0b);
                s0c = fma(dc, x0, s0c); s0d = fma(dd, x0, s0d); s0e = fma(de, x0, s0e); s0f = fma(df, x0, s0f);
                s10 = fma(d0, x1, s10); s11 = fma(d1, x1, s11); s12 = fma(d2, x1, s12); s13 = fma(d3, x1, s13);
                s14 = fma(d4, x1, s14); s15 = fma(d5, x1, s15); s16 = fma(d6, x1, s16); s17 = fma(d7, x1, s17);
                s18 = fma(d8, x1, s18); s19 = fma(d9, x1, s19); s1a = fma(da, x1, s1a); s1b = fma(db, x1, s1b);
                s1c = fma(dc, x1, s1c); s1d = fma(dd, x1, s1d); s1e = fma(de, x1, s1e); s1f = fma(df, x1, s1f);
                s20 = fma(d0, x2, s20); s21 = fma(d1, x2, s21); s22 = fma(d2, x2, s22); s23 = fma(d3, x2, s23);
                s24 = fma(d4, x2, s24); s25 = fma(d5, x2, s25); s26 = fma(d6, x2, s26); s27 = fma(d7, x2, s27);
                s28 = fma(d8, x2, s28); s29 = fma(d9, x2, s29); s2a = fma(da, x2, s2a); s2b = fma(db, x2, s2b);
                s2c = fma(dc, x2, s2c); s2d = fma(dd, x2, s2d); s2e = fma(de, x2, s2e); s2f = fma(df, x2, s2f);
                s30 = fma(d0, x3, s30); s31 = fma(d1, x3, s31); s32 = fma(d2, x3, s32); s33 = fma(d3, x3, s33);
                s34 = fma(d4, x3, s34); s35 = fma(d5, x3, s35); s36 = fma(d6, x3, s36); s37 = fma(d7, x3, s37);
                s38 = fma(d8, x3, s38); s39 = fma(d9, x3, s39); s3a = fma(da, x3, s3a); s3b = fma(db, x3, s3b);
                s3c = fma(dc, x3, s3c); s3d = fma(dd, x3, s3d); s3e = fma(de, x3, s3e); s3f = fma(df, x3, s3f);
                d = d + plan(2);
                x = x + plan(4);
            }
            settle(at + 0, s00, weightDecay); settle(at + 1, s01, weightDecay);
            settle(at + 2, s02, weightDecay); settle(at + 3, s03, weightDecay);
            settle(at + 4, s04, weightDecay); settle(at + 5, s05, weightDecay);
            settle(at + 6, s06, weightDecay); settle(at + 7, s07, weightDecay);
            settle(at + 8, s08, weightDecay); settle(at + 9, s09, weightDecay);
            settle(at + 10, s0a, weightDecay); settle(at + 11, s0b, weightDecay);
            settle(at + 12, s0c, weightDecay); settle(at + 13, s0d, weightDecay);
            settle(at + 14, s0e, weightDecay); settle(at + 15, s0f, weightDecay);
            settle(at + 16, s10, weightDecay); settle(at + 17, s11, weightDecay);
            settle(at + 18, s12, weightDecay); settle(at + 19, s13, weightDecay);
            settle(at + 20, s14, weightDecay); settle(at + 21, s15, weightDecay);
            settle(at + 22, s16, weightDecay); settle(at + 23, s17, weightDecay);
            settle(at + 24, s18, weightDecay); settle(at + 25, s19, weightDecay);
            settle(at + 26, s1a, weightDecay); settle(at + 27, s1b, weightDecay);
            settle(at + 28, s1c, weightDecay); settle(at + 29, s1d, weightDecay);
            settle(at + 30, s1e, weightDecay); settle(at + 31, s1f, weightDecay);
            settle(at + 32, s20, weightDecay); settle(at + 33, s21, weightDecay);
            settle(at + 34, s22, weightDecay); settle(at + 35, s23, weightDecay);
            settle(at + 36, s24, weightDecay); settle(at + 37, s25, weightDecay);
            settle(at + 38, s26, weightDecay); settle(at + 39, s27, weightDecay);
            settle(at + 40, s28, weightDecay); settle(at + 41, s29, weightDecay);
            settle(at + 42, s2a, weightDecay); settle(at + 43, s2b, weightDecay);
            settle(at + 44, s2c, weightDecay); settle(at + 45, s2d, weightDecay);
            settle(at + 46, s2e, weightDecay); settle(at + 47, s2f, weightDecay);
            settle(at + 48, s30, weightDecay); settle(at + 49, s31, weightDecay);
            settle(at + 50, s32, weightDecay); settle(at + 51, s33, weightDecay);
            settle(at + 52, s34, weightDecay); settle(at + 53, s35, weightDecay);
            settle(at + 54, s36, weightDecay); settle(at + 55, s37, weightDecay);
            settle(at + 56, s38, weightDecay); settle(at + 57, s39, weightDecay);
            settle(at + 58, s3a, weightDecay); settle(at + 59, s3b, weightDecay);
            settle(at + 60, s3c, weightDecay); settle(at + 61, s3d, weightDecay);
            settle(at + 62, s3e, weightDecay); settle(at + 63, s3f, weightDecay);
        }
    }
}
