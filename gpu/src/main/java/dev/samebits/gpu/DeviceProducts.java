package dev.samebits.gpu;

import dev.samebits.gpu.Plan.Affine;

/**
 * The forward products of a layer, for devices that are processors: a work-item keeps a tile of 8 × 16 results in registers,
 * whose sixteen columns the OpenCL compiler makes vectors of. No local memory: its barriers cost more than it saves.
 *
 * <p>Weights lie in panels of 16 outputs: w[i][j] at {@code (i / 16) · stride + j · 16 + i mod 16}, padded with zeros. Rows
 * and columns beyond the real ones are computed as well, from padding and into padding. Every sum ascends alone, as
 * docs/arithmetic.md says.
 */
abstract class DeviceProducts extends DeviceRows {
    /** Rows of a tile of the batch. */
    static final int AFFINE_ROWS = 8;
    /** Inputs of a tile on the way back. */
    static final int TILE_ROWS = 4;
    /** Columns of every tile; rows of the batch are padded to it too. */
    static final int PANEL = 16;

    /** {@link Plan#affine}. */
    void affinePass() {
        if (rows == 1) {
            matvecPass();
        } else {
            affineTiles();
        }
    }

    void matvecPass() {
        for (int i = getGlobalId(); i < plan(Affine.PANELS) * PANEL; i += getGlobalSize()) {
            int w = plan(Affine.WEIGHTS) + (i >> 4) * plan(Affine.PANEL_STRIDE) + (i & 15);
            float sum = params[plan(Affine.BIAS) + i];
            for (int j = 0; j < plan(Affine.INPUTS); j++) {
                sum = fma(params[w + j * PANEL], work[plan(Affine.X) + j], sum);
            }
            work[plan(Affine.Z) + i] = sum;
        }
    }

    void affineTiles() {
        int tiles = (rows + AFFINE_ROWS - 1) / AFFINE_ROWS;
        int inputs = plan(Affine.INPUTS);
        int xStride = plan(Affine.X_STRIDE);
        // Rows change faster than panels, so that a panel stays in cache.
        for (int t = getGlobalId(); t < tiles * plan(Affine.PANELS); t += getGlobalSize()) {
            int panel = t / tiles;
            int n = (t - panel * tiles) * AFFINE_ROWS;
            int x = plan(Affine.X) + n * xStride;
            int w = plan(Affine.WEIGHTS) + panel * plan(Affine.PANEL_STRIDE);
            int b = plan(Affine.BIAS) + panel * PANEL;
            float c00 = params[b + 0]; float c01 = params[b + 1]; float c02 = params[b + 2]; float c03 = params[b + 3];
            float c04 = params[b + 4]; float c05 = params[b + 5]; float c06 = params[b + 6]; float c07 = params[b + 7];
            float c08 = params[b + 8]; float c09 = params[b + 9]; float c0a = params[b + 10]; float c0b = params[b + 11];
            float c0c = params[b + 12]; float c0d = params[b + 13]; float c0e = params[b + 14]; float c0f = params[b + 15];
            float c10 = params[b + 0]; float c11 = params[b + 1]; float c12 = params[b + 2]; float c13 = params[b + 3];
            float c14 = params[b + 4]; float c15 = params[b + 5]; float c16 = params[b + 6]; float c17 = params[b + 7];
            float c18 = params[b + 8]; float c19 = params[b + 9]; float c1a = params[b + 10]; float c1b = params[b + 11];
            float c1c = params[b + 12]; float c1d = params[b + 13]; float c1e = params[b + 14]; float c1f = params[b + 15];
            float c20 = params[b + 0]; float c21 = params[b + 1]; float c22 = params[b + 2]; float c23 = params[b + 3];
            float c24 = params[b + 4]; float c25 = params[b + 5]; float c26 = params[b + 6]; float c27 = params[b + 7];
            float c28 = params[b + 8]; float c29 = params[b + 9]; float c2a = params[b + 10]; float c2b = params[b + 11];
            float c2c = params[b + 12]; float c2d = params[b + 13]; float c2e = params[b + 14]; float c2f = params[b + 15];
            float c30 = params[b + 0]; float c31 = params[b + 1]; float c32 = params[b + 2]; float c33 = params[b + 3];
            float c34 = params[b + 4]; float c35 = params[b + 5]; float c36 = params[b + 6]; float c37 = params[b + 7];
            float c38 = params[b + 8]; float c39 = params[b + 9]; float c3a = params[b + 10]; float c3b = params[b + 11];
            float c3c = params[b + 12]; float c3d = params[b + 13]; float c3e = params[b + 14]; float c3f = params[b + 15];
            float c40 = params[b + 0]; float c41 = params[b + 1]; float c42 = params[b + 2]; float c43 = params[b + 3];
            float c44 = params[b + 4]; float c45 = params[b + 5]; float c46 = params[b + 6]; float c47 = params[b + 7];
            float c48 = params[b + 8]; float c49 = params[b + 9]; float c4a = params[b + 10]; float c4b = params[b + 11];
            float c4c = params[b + 12]; float c4d = params[b + 13]; float c4e = params[b + 14]; float c4f = params[b + 15];
            float c50 = params[b + 0]; float c51 = params[b + 1]; float c52 = params[b + 2]; float c53 = params[b + 3];
            float c54 = params[b + 4]; float c55 = params[b + 5]; float c56 = params[b + 6]; float c57 = params[b + 7];
            float c58 = params[b + 8]; float c59 = params[b + 9]; float c5a = params[b + 10]; float c5b = params[b + 11];
            float c5c = params[b + 12]; float c5d = params[b + 13]; float c5e = params[b + 14]; float c5f = params[b + 15];
            float c60 = params[b + 0]; float c61 = params[b + 1]; float c62 = params[b + 2]; float c63 = params[b + 3];
            float c64 = params[b + 4]; float c65 = params[b + 5]; float c66 = params[b + 6]; float c67 = params[b + 7];
            float c68 = params[b + 8]; float c69 = params[b + 9]; float c6a = params[b + 10]; float c6b = params[b + 11];
            float c6c = params[b + 12]; float c6d = params[b + 13]; float c6e = params[b + 14]; float c6f = params[b + 15];
            float c70 = params[b + 0]; float c71 = params[b + 1]; float c72 = params[b + 2]; float c73 = params[b + 3];
            float c74 = params[b + 4]; float c75 = params[b + 5]; float c76 = params[b + 6]; float c77 = params[b + 7];
            float c78 = params[b + 8]; float c79 = params[b + 9]; float c7a = params[b + 10]; float c7b = params[b + 11];
            float c7c = params[b + 12]; float c7d = params[b + 13]; float c7e = params[b + 14]; float c7f = params[b + 15];
            for (int j = 0; j < inputs; j++) {
                float x0 = work[x + 0 * xStride + j];
                float x1 = work[x + 1 * xStride + j];
                float x2 = work[x + 2 * xStride + j];
                float x3 = work[x + 3 * xStride + j];
                float x4 = work[x + 4 * xStride + j];
                float x5 = work[x + 5 * xStride + j];
                float x6 = work[x + 6 * xStride + j];
                float x7 = work[x + 7 * xStride + j];
                float w0 = params[w + 0]; float w1 = params[w + 1];
                float w2 = params[w + 2]; float w3 = params[w + 3];
                float w4 = params[w + 4]; float w5 = params[w + 5];
                float w6 = params[w + 6]; float w7 = params[w + 7];
                float w8 = params[w + 8]; float w9 = params[w + 9];
                float wa = params[w + 10]; float wb = params[w + 11];
                float wc = params[w + 12]; float wd = params[w + 13];
                float we = params[w + 14]; float wf = params[w + 15];
                c00 = fma(w0, x0, c00); c01 = fma(w1, x0, c01); c02 = fma(w2, x0, c02); c03 = fma(w3, x0, c03);
                c04 = fma(w4, x0, c04); c05 = fma(w5, x0, c05); c06 = fma(w6, x0, c06); c07 = fma(w7, x0, c07);
                c08 = fma(w8, x0, c08); c09 = fma(w9, x0, c09); c0a = fma(wa, x0, c0a); c0b = fma(wb, x0, c0b);
                c0c = fma(wc, x0, c0c); c0d = fma(wd, x0, c0d); c0e = fma(we, x0, c0e); c0f = fma(wf, x0, c0f);
                c10 = fma(w0, x1, c10); c11 = fma(w1, x1, c11); c12 = fma(w2, x1, c12); c13 = fma(w3, x1, c13);
                c14 = fma(w4, x1, c14); c15 = fma(w5, x1, c15); c16 = fma(w6, x1, c16); c17 = fma(w7, x1, c17);
                c18 = fma(w8, x1, c18); c19 = fma(w9, x1, c19); c1a = fma(wa, x1, c1a); c1b = fma(wb, x1, c1b);
                c1c = fma(wc, x1, c1c); c1d = fma(wd, x1, c1d); c1e = fma(we, x1, c1e); c1f = fma(wf, x1, c1f);
                c20 = fma(w0, x2, c20); c21 = fma(w1, x2, c21); c22 = fma(w2, x2, c22); c23 = fma(w3, x2, c23);
                c24 = fma(w4, x2, c24); c25 = fma(w5, x2, c25); c26 = fma(w6, x2, c26); c27 = fma(w7, x2, c27);
                c28 = fma(w8, x2, c28); c29 = fma(w9, x2, c29); c2a = fma(wa, x2, c2a); c2b = fma(wb, x2, c2b);
                c2c = fma(wc, x2, c2c); c2d = fma(wd, x2, c2d); c2e = fma(we, x2, c2e); c2f = fma(wf, x2, c2f);
                c30 = fma(w0, x3, c30); c31 = fma(w1, x3, c31); c32 = fma(w2, x3, c32); c33 = fma(w3, x3, c33);
                c34 = fma(w4, x3, c34); c35 = fma(w5, x3, c35); c36 = fma(w6, x3, c36); c37 = fma(w7, x3, c37);
                c38 = fma(w8, x3, c38); c39 = fma(w9, x3, c39); c3a = fma(wa, x3, c3a); c3b = fma(wb, x3, c3b);
                c3c = fma(wc, x3, c3c); c3d = fma(wd, x3, c3d); c3e = fma(we, x3, c3e); c3f = fma(wf, x3, c3f);
                c40 = fma(w0, x4, c40); c41 = fma(w1, x4, c41); c42 = fma(w2, x4, c42); c43 = fma(w3, x4, c43);
                c44 = fma(w4, x4, c44); c45 = fma(w5, x4, c45); c46 = fma(w6, x4, c46); c47 = fma(w7, x4, c47);
                c48 = fma(w8, x4, c48); c49 = fma(w9, x4, c49); c4a = fma(wa, x4, c4a); c4b = fma(wb, x4, c4b);
                c4c = fma(wc, x4, c4c); c4d = fma(wd, x4, c4d); c4e = fma(we, x4, c4e); c4f = fma(wf, x4, c4f);
                c50 = fma(w0, x5, c50); c51 = fma(w1, x5, c51); c52 = fma(w2, x5, c52); c53 = fma(w3, x5, c53);
                c54 = fma(w4, x5, c54); c55 = fma(w5, x5, c55); c56 = fma(w6, x5, c56); c57 = fma(w7, x5, c57);
                c58 = fma(w8, x5, c58); c59 = fma(w9, x5, c59); c5a = fma(wa, x5, c5a); c5b = fma(wb, x5, c5b);
                c5c = fma(wc, x5, c5c); c5d = fma(wd, x5, c5d); c5e = fma(we, x5, c5e); c5f = fma(wf, x5, c5f);
                c60 = fma(w0, x6, c60); c61 = fma(w1, x6, c61); c62 = fma(w2, x6, c62); c63 = fma(w3, x6, c63);
                c64 = fma(w4, x6, c64); c65 = fma(w5, x6, c65); c66 = fma(w6, x6, c66); c67 = fma(w7, x6, c67);
                c68 = fma(w8, x6, c68); c69 = fma(w9, x6, c69); c6a = fma(wa, x6, c6a); c6b = fma(wb, x6, c6b);
                c6c = fma(wc, x6, c6c); c6d = fma(wd, x6, c6d); c6e = fma(we, x6, c6e); c6f = fma(wf, x6, c6f);
                c70 = fma(w0, x7, c70); c71 = fma(w1, x7, c71); c72 = fma(w2, x7, c72); c73 = fma(w3, x7, c73);
                c74 = fma(w4, x7, c74); c75 = fma(w5, x7, c75); c76 = fma(w6, x7, c76); c77 = fma(w7, x7, c77);
                c78 = fma(w8, x7, c78); c79 = fma(w9, x7, c79); c7a = fma(wa, x7, c7a); c7b = fma(wb, x7, c7b);
                c7c = fma(wc, x7, c7c); c7d = fma(wd, x7, c7d); c7e = fma(we, x7, c7e); c7f = fma(wf, x7, c7f);
                w = w + PANEL;
            }
            int z0 = plan(Affine.Z) + n * plan(Affine.Z_STRIDE) + panel * PANEL;
            int z1 = z0 + plan(Affine.Z_STRIDE);
            int z2 = z1 + plan(Affine.Z_STRIDE);
            int z3 = z2 + plan(Affine.Z_STRIDE);
            int z4 = z3 + plan(Affine.Z_STRIDE);
            int z5 = z4 + plan(Affine.Z_STRIDE);
            int z6 = z5 + plan(Affine.Z_STRIDE);
            int z7 = z6 + plan(Affine.Z_STRIDE);
            work[z0 + 0] = c00; work[z0 + 1] = c01; work[z0 + 2] = c02; work[z0 + 3] = c03;
            work[z0 + 4] = c04; work[z0 + 5] = c05; work[z0 + 6] = c06; work[z0 + 7] = c07;
            work[z0 + 8] = c08; work[z0 + 9] = c09; work[z0 + 10] = c0a; work[z0 + 11] = c0b;
            work[z0 + 12] = c0c; work[z0 + 13] = c0d; work[z0 + 14] = c0e; work[z0 + 15] = c0f;
            work[z1 + 0] = c10; work[z1 + 1] = c11; work[z1 + 2] = c12; work[z1 + 3] = c13;
            work[z1 + 4] = c14; work[z1 + 5] = c15; work[z1 + 6] = c16; work[z1 + 7] = c17;
            work[z1 + 8] = c18; work[z1 + 9] = c19; work[z1 + 10] = c1a; work[z1 + 11] = c1b;
            work[z1 + 12] = c1c; work[z1 + 13] = c1d; work[z1 + 14] = c1e; work[z1 + 15] = c1f;
            work[z2 + 0] = c20; work[z2 + 1] = c21; work[z2 + 2] = c22; work[z2 + 3] = c23;
            work[z2 + 4] = c24; work[z2 + 5] = c25; work[z2 + 6] = c26; work[z2 + 7] = c27;
            work[z2 + 8] = c28; work[z2 + 9] = c29; work[z2 + 10] = c2a; work[z2 + 11] = c2b;
            work[z2 + 12] = c2c; work[z2 + 13] = c2d; work[z2 + 14] = c2e; work[z2 + 15] = c2f;
            work[z3 + 0] = c30; work[z3 + 1] = c31; work[z3 + 2] = c32; work[z3 + 3] = c33;
            work[z3 + 4] = c34; work[z3 + 5] = c35; work[z3 + 6] = c36; work[z3 + 7] = c37;
            work[z3 + 8] = c38; work[z3 + 9] = c39; work[z3 + 10] = c3a; work[z3 + 11] = c3b;
            work[z3 + 12] = c3c; work[z3 + 13] = c3d; work[z3 + 14] = c3e; work[z3 + 15] = c3f;
            work[z4 + 0] = c40; work[z4 + 1] = c41; work[z4 + 2] = c42; work[z4 + 3] = c43;
            work[z4 + 4] = c44; work[z4 + 5] = c45; work[z4 + 6] = c46; work[z4 + 7] = c47;
            work[z4 + 8] = c48; work[z4 + 9] = c49; work[z4 + 10] = c4a; work[z4 + 11] = c4b;
            work[z4 + 12] = c4c; work[z4 + 13] = c4d; work[z4 + 14] = c4e; work[z4 + 15] = c4f;
            work[z5 + 0] = c50; work[z5 + 1] = c51; work[z5 + 2] = c52; work[z5 + 3] = c53;
            work[z5 + 4] = c54; work[z5 + 5] = c55; work[z5 + 6] = c56; work[z5 + 7] = c57;
            work[z5 + 8] = c58; work[z5 + 9] = c59; work[z5 + 10] = c5a; work[z5 + 11] = c5b;
            work[z5 + 12] = c5c; work[z5 + 13] = c5d; work[z5 + 14] = c5e; work[z5 + 15] = c5f;
            work[z6 + 0] = c60; work[z6 + 1] = c61; work[z6 + 2] = c62; work[z6 + 3] = c63;
            work[z6 + 4] = c64; work[z6 + 5] = c65; work[z6 + 6] = c66; work[z6 + 7] = c67;
            work[z6 + 8] = c68; work[z6 + 9] = c69; work[z6 + 10] = c6a; work[z6 + 11] = c6b;
            work[z6 + 12] = c6c; work[z6 + 13] = c6d; work[z6 + 14] = c6e; work[z6 + 15] = c6f;
            work[z7 + 0] = c70; work[z7 + 1] = c71; work[z7 + 2] = c72; work[z7 + 3] = c73;
            work[z7 + 4] = c74; work[z7 + 5] = c75; work[z7 + 6] = c76; work[z7 + 7] = c77;
            work[z7 + 8] = c78; work[z7 + 9] = c79; work[z7 + 10] = c7a; work[z7 + 11] = c7b;
            work[z7 + 12] = c7c; work[z7 + 13] = c7d; work[z7 + 14] = c7e; work[z7 + 15] = c7f;
        }
    }
}
