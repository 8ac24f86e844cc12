package dev.samebits.gpu;

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
        int tiles = (rows + AFFINE_ROWS - 1) / AFFINE_ROWS;
        int inputs = plan(5);
        int ldx = plan(2);
        // Rows change faster than panels, so that a panel stays in cache.
        for (int t = getGlobalId(); t < tiles * plan(6); t += getGlobalSize()) {
            int panel = t / tiles;
            int n = (t - panel * tiles) * AFFINE_ROWS;
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
            float s40 = params[b + 0]; float s41 = params[b + 1]; float s42 = params[b + 2]; float s43 = params[b + 3];
            float s44 = params[b + 4]; float s45 = params[b + 5]; float s46 = params[b + 6]; float s47 = params[b + 7];
            float s48 = params[b + 8]; float s49 = params[b + 9]; float s4a = params[b + 10]; float s4b = params[b + 11];
            float s4c = params[b + 12]; float s4d = params[b + 13]; float s4e = params[b + 14]; float s4f = params[b + 15];
            float s50 = params[b + 0]; float s51 = params[b + 1]; float s52 = params[b + 2]; float s53 = params[b + 3];
            float s54 = params[b + 4]; float s55 = params[b + 5]; float s56 = params[b + 6]; float s57 = params[b + 7];
            float s58 = params[b + 8]; float s59 = params[b + 9]; float s5a = params[b + 10]; float s5b = params[b + 11];
            float s5c = params[b + 12]; float s5d = params[b + 13]; float s5e = params[b + 14]; float s5f = params[b + 15];
            float s60 = params[b + 0]; float s61 = params[b + 1]; float s62 = params[b + 2]; float s63 = params[b + 3];
            float s64 = params[b + 4]; float s65 = params[b + 5]; float s66 = params[b + 6]; float s67 = params[b + 7];
            float s68 = params[b + 8]; float s69 = params[b + 9]; float s6a = params[b + 10]; float s6b = params[b + 11];
            float s6c = params[b + 12]; float s6d = params[b + 13]; float s6e = params[b + 14]; float s6f = params[b + 15];
            float s70 = params[b + 0]; float s71 = params[b + 1]; float s72 = params[b + 2]; float s73 = params[b + 3];
            float s74 = params[b + 4]; float s75 = params[b + 5]; float s76 = params[b + 6]; float s77 = params[b + 7];
            float s78 = params[b + 8]; float s79 = params[b + 9]; float s7a = params[b + 10]; float s7b = params[b + 11];
            float s7c = params[b + 12]; float s7d = params[b + 13]; float s7e = params[b + 14]; float s7f = params[b + 15];
            for (int j = 0; j < inputs; j++) {
                float x0 = work[x + 0 * ldx + j];
                float x1 = work[x + 1 * ldx + j];
                float x2 = work[x + 2 * ldx + j];
                float x3 = work[x + 3 * ldx + j];
                float x4 = work[x + 4 * ldx + j];
                float x5 = work[x + 5 * ldx + j];
                float x6 = work[x + 6 * ldx + j];
                float x7 = work[x + 7 * ldx + j];
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
                s40 = fma(w0, x4, s40); s41 = fma(w1, x4, s41); s42 = fma(w2, x4, s42); s43 = fma(w3, x4, s43);
                s44 = fma(w4, x4, s44); s45 = fma(w5, x4, s45); s46 = fma(w6, x4, s46); s47 = fma(w7, x4, s47);
                s48 = fma(w8, x4, s48); s49 = fma(w9, x4, s49); s4a = fma(wa, x4, s4a); s4b = fma(wb, x4, s4b);
                s4c = fma(wc, x4, s4c); s4d = fma(wd, x4, s4d); s4e = fma(we, x4, s4e); s4f = fma(wf, x4, s4f);
                s50 = fma(w0, x5, s50); s51 = fma(w1, x5, s51); s52 = fma(w2, x5, s52); s53 = fma(w3, x5, s53);
                s54 = fma(w4, x5, s54); s55 = fma(w5, x5, s55); s56 = fma(w6, x5, s56); s57 = fma(w7, x5, s57);
                s58 = fma(w8, x5, s58); s59 = fma(w9, x5, s59); s5a = fma(wa, x5, s5a); s5b = fma(wb, x5, s5b);
                s5c = fma(wc, x5, s5c); s5d = fma(wd, x5, s5d); s5e = fma(we, x5, s5e); s5f = fma(wf, x5, s5f);
                s60 = fma(w0, x6, s60); s61 = fma(w1, x6, s61); s62 = fma(w2, x6, s62); s63 = fma(w3, x6, s63);
                s64 = fma(w4, x6, s64); s65 = fma(w5, x6, s65); s66 = fma(w6, x6, s66); s67 = fma(w7, x6, s67);
                s68 = fma(w8, x6, s68); s69 = fma(w9, x6, s69); s6a = fma(wa, x6, s6a); s6b = fma(wb, x6, s6b);
                s6c = fma(wc, x6, s6c); s6d = fma(wd, x6, s6d); s6e = fma(we, x6, s6e); s6f = fma(wf, x6, s6f);
                s70 = fma(w0, x7, s70); s71 = fma(w1, x7, s71); s72 = fma(w2, x7, s72); s73 = fma(w3, x7, s73);
                s74 = fma(w4, x7, s74); s75 = fma(w5, x7, s75); s76 = fma(w6, x7, s76); s77 = fma(w7, x7, s77);
                s78 = fma(w8, x7, s78); s79 = fma(w9, x7, s79); s7a = fma(wa, x7, s7a); s7b = fma(wb, x7, s7b);
                s7c = fma(wc, x7, s7c); s7d = fma(wd, x7, s7d); s7e = fma(we, x7, s7e); s7f = fma(wf, x7, s7f);
                w = w + PANEL;
            }
            int z0 = plan(8) + n * plan(9) + panel * PANEL;
            int z1 = z0 + plan(9);
            int z2 = z1 + plan(9);
            int z3 = z2 + plan(9);
            int z4 = z3 + plan(9);
            int z5 = z4 + plan(9);
            int z6 = z5 + plan(9);
            int z7 = z6 + plan(9);
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
            work[z4 + 0] = s40; work[z4 + 1] = s41; work[z4 + 2] = s42; work[z4 + 3] = s43;
            work[z4 + 4] = s44; work[z4 + 5] = s45; work[z4 + 6] = s46; work[z4 + 7] = s47;
            work[z4 + 8] = s48; work[z4 + 9] = s49; work[z4 + 10] = s4a; work[z4 + 11] = s4b;
            work[z4 + 12] = s4c; work[z4 + 13] = s4d; work[z4 + 14] = s4e; work[z4 + 15] = s4f;
            work[z5 + 0] = s50; work[z5 + 1] = s51; work[z5 + 2] = s52; work[z5 + 3] = s53;
            work[z5 + 4] = s54; work[z5 + 5] = s55; work[z5 + 6] = s56; work[z5 + 7] = s57;
            work[z5 + 8] = s58; work[z5 + 9] = s59; work[z5 + 10] = s5a; work[z5 + 11] = s5b;
            work[z5 + 12] = s5c; work[z5 + 13] = s5d; work[z5 + 14] = s5e; work[z5 + 15] = s5f;
            work[z6 + 0] = s60; work[z6 + 1] = s61; work[z6 + 2] = s62; work[z6 + 3] = s63;
            work[z6 + 4] = s64; work[z6 + 5] = s65; work[z6 + 6] = s66; work[z6 + 7] = s67;
            work[z6 + 8] = s68; work[z6 + 9] = s69; work[z6 + 10] = s6a; work[z6 + 11] = s6b;
            work[z6 + 12] = s6c; work[z6 + 13] = s6d; work[z6 + 14] = s6e; work[z6 + 15] = s6f;
            work[z7 + 0] = s70; work[z7 + 1] = s71; work[z7 + 2] = s72; work[z7 + 3] = s73;
            work[z7 + 4] = s74; work[z7 + 5] = s75; work[z7 + 6] = s76; work[z7 + 7] = s77;
            work[z7 + 8] = s78; work[z7 + 9] = s79; work[z7 + 10] = s7a; work[z7 + 11] = s7b;
            work[z7 + 12] = s7c; work[z7 + 13] = s7d; work[z7 + 14] = s7e; work[z7 + 15] = s7f;
        }
    }
}
