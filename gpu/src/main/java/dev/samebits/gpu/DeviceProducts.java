package dev.samebits.gpu;

/**
 * The forward products of a layer, for devices that are processors: a work-item keeps a tile of 4 × 16 results in registers,
 * whose sixteen columns the OpenCL compiler makes vectors of. No local memory: its barriers cost more than it saves.
 *
 * <p>Weights lie in panels of 16 outputs: w[i][j] at {@code (i / 16) · stride + j · 16 + i mod 16}, padded with zeros. Rows
 * and columns beyond the real ones are computed as well, from padding and into padding. Every sum ascends alone, as
 * docs/arithmetic.md says.
 */
abstract class DeviceProducts extends DeviceRows {
    static final int TILE_ROWS = 4;
    static final int PANEL = 16;

    /** Record: op, x, ldx, w, panel stride, inputs, panels, b, z, ldz. */
    void affinePass() {
        if (rows == 1) {
            matvecPass();
        } else {
            affineTiles();
        }
    }

    void matvecPass() {
        for (int i = getGlobalId(); i < plan(6) * PANEL; i += getGlobalSize()) {
            int w = plan(3) + (i >> 4) * plan(4) + (i & 15);
            float sum = params[plan(7) + i];
            for (int j = 0; j < plan(5); j++) {
                sum = fma(params[w + j * PANEL], work[plan(1) + j], sum);
            }
            work[plan(8) + i] = sum;
        }
    }

    void affineTiles() {
        int tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
        int inputs = plan(5);
        int ldx = plan(2);
        // Rows change faster than panels, so that a panel stays in cache.
        for (int t = getGlobalId(); t < tiles * plan(6); t += getGlobalSize()) {
            int panel = t / tiles;
            int n = (t - panel * tiles) * TILE_ROWS;
            int x = plan(1) + n * ldx;
            int w = plan(3) + panel * plan(4);
            int b = plan(7) + panel * PANEL;
            float s00 = params[b + 0]; float s01 = params[b + 1]; float s02 = params[b + 2]; float s03 = params[b + 3];
            float s04 = params[b + 4]; float s05 = params[b + 5]; float s06 = params[b + 6]; float s07 = params[b + 7];
            float s08 = params[b + 8]; float s09 = params[b + 9]; float s0a = params[b + 10]; float s0b = params[b + 11];
            float s0c = params[b + 12]; float s0d = params[b + 13]; float s0e = params[b + 14]; float s0f = params[b + 15];
            float s10 = params[b + 0]; float s11 = params[b + 1]; float s12 = params[b + 2]; float s13 = params[b + 3];
            float s14 = params[b + 4]; float s15 = params[b + 5]; float s16 = params[b + 6]; float s17 = params[b + 7];
            float s18 = params[b + 8]; float s19 = params[b + 9]; float s1a = params[b + 10]; float s1b = params[b + 11];
            float s1c = params[b + 12]; float s1d = params[b + 13]; float s1e = params[b + 14]; float s1f = params[b + 15];
            float s20 = params[b + 0]; float s21 = params[b + 1]; float s22 = params[b + 2]; float s23 = params[b + 3];
            float s24 = params[b + 4]; float s25 = params[b + 5]; float s26 = params[b + 6]; float s27 = params[b + 7];
            float s28 = params[b + 8]; float s29 = params[b + 9]; float s2a = params[b + 10]; float s2b = params[b + 11];
            float s2c = params[b + 12]; float s2d = params[b + 13]; float s2e = params[b + 14]; float s2f = params[b + 15];
            float s30 = params[b + 0]; float s31 = params[b + 1]; float s32 = params[b + 2]; float s33 = params[b + 3];
            float s34 = params[b + 4]; float s35 = params[b + 5]; float s36 = params[b + 6]; float s37 = params[b + 7];
            float s38 = params[b + 8]; float s39 = params[b + 9]; float s3a = params[b + 10]; float s3b = params[b + 11];
            float s3c = params[b + 12]; float s3d = params[b + 13]; float s3e = params[b + 14]; float s3f = params[b + 15];
            for (int j = 0; j < inputs; j++) {
                float x0 = work[x + 0 * ldx + j];
                float x1 = work[x + 1 * ldx + j];
                float x2 = work[x + 2 * ldx + j];
                float x3 = work[x + 3 * ldx + j];
                float w0 = params[w + 0]; float w1 = params[w + 1];
                float w2 = params[w + 2]; float w3 = params[w + 3];
                float w4 = params[w + 4]; float w5 = params[w + 5];
                float w6 = params[w + 6]; float w7 = params[w + 7];
                float w8 = params[w + 8]; float w9 = params[w + 9];
                float wa = params[w + 10]; float wb = params[w + 11];
                float wc = params[w + 12]; float wd = params[w + 13];
                float we = params[w + 14]; float wf = params[w + 15];
                s00 = fma(w0, x0, s00); s01 = fma(w1, x0, s01); s02 = fma(w2, x0, s02); s03 = fma(w3, x0, s03);
                s04 = fma(w4, x0, s04); s05 = fma(w5, x0, s05); s06 = fma(w6, x0, s06); s07 = fma(w7, x0, s07);
                s08 = fma(w8, x0, s08); s09 = fma(w9, x0, s09); s0a = fma(wa, x0, s0a); s0b = fma(wb, x0, s0b);
                s0c = fma(wc, x0, s0c); s0d = fma(wd, x0, s0d); s0e = fma(we, x0, s0e); s0f = fma(wf, x0, s0f);
                s10 = fma(w0, x1, s10); s11 = fma(w1, x1, s11); s12 = fma(w2, x1, s12); s13 = fma(w3, x1, s13);
                s14 = fma(w4, x1, s14); s15 = fma(w5, x1, s15); s16 = fma(w6, x1, s16); s17 = fma(w7, x1, s17);
                s18 = fma(w8, x1, s18); s19 = fma(w9, x1, s19); s1a = fma(wa, x1, s1a); s1b = fma(wb, x1, s1b);
                s1c = fma(wc, x1, s1c); s1d = fma(wd, x1, s1d); s1e = fma(we, x1, s1e); s1f = fma(wf, x1, s1f);
                s20 = fma(w0, x2, s20); s21 = fma(w1, x2, s21); s22 = fma(w2, x2, s22); s23 = fma(w3, x2, s23);
                s24 = fma(w4, x2, s24); s25 = fma(w5, x2, s25); s26 = fma(w6, x2, s26); s27 = fma(w7, x2, s27);
                s28 = fma(w8, x2, s28); s29 = fma(w9, x2, s29); s2a = fma(wa, x2, s2a); s2b = fma(wb, x2, s2b);
                s2c = fma(wc, x2, s2c); s2d = fma(wd, x2, s2d); s2e = fma(we, x2, s2e); s2f = fma(wf, x2, s2f);
                s30 = fma(w0, x3, s30); s31 = fma(w1, x3, s31); s32 = fma(w2, x3, s32); s33 = fma(w3, x3, s33);
                s34 = fma(w4, x3, s34); s35 = fma(w5, x3, s35); s36 = fma(w6, x3, s36); s37 = fma(w7, x3, s37);
                s38 = fma(w8, x3, s38); s39 = fma(w9, x3, s39); s3a = fma(wa, x3, s3a); s3b = fma(wb, x3, s3b);
                s3c = fma(wc, x3, s3c); s3d = fma(wd, x3, s3d); s3e = fma(we, x3, s3e); s3f = fma(wf, x3, s3f);
                w = w + PANEL;
            }
            int z0 = plan(8) + n * plan(9) + panel * PANEL;
            int z1 = z0 + plan(9);
            int z2 = z1 + plan(9);
            int z3 = z2 + plan(9);
            work[z0 + 0] = s00; work[z0 + 1] = s01; work[z0 + 2] = s02; work[z0 + 3] = s03;
            work[z0 + 4] = s04; work[z0 + 5] = s05; work[z0 + 6] = s06; work[z0 + 7] = s07;
            work[z0 + 8] = s08; work[z0 + 9] = s09; work[z0 + 10] = s0a; work[z0 + 11] = s0b;
            work[z0 + 12] = s0c; work[z0 + 13] = s0d; work[z0 + 14] = s0e; work[z0 + 15] = s0f;
            work[z1 + 0] = s10; work[z1 + 1] = s11; work[z1 + 2] = s12; work[z1 + 3] = s13;
            work[z1 + 4] = s14; work[z1 + 5] = s15; work[z1 + 6] = s16; work[z1 + 7] = s17;
            work[z1 + 8] = s18; work[z1 + 9] = s19; work[z1 + 10] = s1a; work[z1 + 11] = s1b;
            work[z1 + 12] = s1c; work[z1 + 13] = s1d; work[z1 + 14] = s1e; work[z1 + 15] = s1f;
            work[z2 + 0] = s20; work[z2 + 1] = s21; work[z2 + 2] = s22; work[z2 + 3] = s23;
            work[z2 + 4] = s24; work[z2 + 5] = s25; work[z2 + 6] = s26; work[z2 + 7] = s27;
            work[z2 + 8] = s28; work[z2 + 9] = s29; work[z2 + 10] = s2a; work[z2 + 11] = s2b;
            work[z2 + 12] = s2c; work[z2 + 13] = s2d; work[z2 + 14] = s2e; work[z2 + 15] = s2f;
            work[z3 + 0] = s30; work[z3 + 1] = s31; work[z3 + 2] = s32; work[z3 + 3] = s33;
            work[z3 + 4] = s34; work[z3 + 5] = s35; work[z3 + 6] = s36; work[z3 + 7] = s37;
            work[z3 + 8] = s38; work[z3 + 9] = s39; work[z3 + 10] = s3a; work[z3 + 11] = s3b;
            work[z3 + 12] = s3c; work[z3 + 13] = s3d; work[z3 + 14] = s3e; work[z3 + 15] = s3f;
        }
    }
}
