package dev.samebits.cli.inspect;

import dev.samebits.IdColumn;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import dev.samebits.cli.file.Digests;
import dev.samebits.cli.model.Bits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The inputs of {@code verify}, and the digest of what comes out. */
final class VerifyInputs {
    // Whole rows of these stand last, then one row each with a single one of them among ordinary values.
    private static final float[] SPECIAL = {
        0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL, 1e-20f, 1e6f, -1e6f, 1e20f, 3e38f,
        -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN
    };

    private VerifyInputs() {}

    /** Rows uniform on [−1, 1), the special ones last; ids of the model's tables where it takes ids. */
    static Matrix of(int rows, Network network, long seed) {
        Matrix x = of(rows, network.inputs(), seed);
        SplitMix64 random = new SplitMix64(seed);
        for (int n = 0; n < rows; n++) {
            for (IdColumn ids : network.idColumns()) {
                x.set(n, ids.position(), random.nextInt(ids.entries()));
            }
        }
        return x;
    }

    private static Matrix of(int rows, int columns, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix x = Matrix.zeros(rows, columns);
        for (int n = 0; n < rows; n++) {
            for (int j = 0; j < columns; j++) {
                x.set(n, j, Math.fma(2f, random.nextFloat(), -1f));
            }
        }
        for (int s = 0; s < SPECIAL.length; s++) {
            int whole = rows - 2 * SPECIAL.length + s;
            for (int j = 0; j < columns; j++) {
                x.set(whole, j, SPECIAL[s]);
            }
            x.set(rows - SPECIAL.length + s, random.nextInt(columns), SPECIAL[s]);
        }
        return x;
    }

    /** SHA-256 over the elements in row order, four bytes each, little-endian, NaN in its canonical form. */
    static String sha256(Matrix outputs) {
        MessageDigest digest = Digests.sha256();
        ByteBuffer row = ByteBuffer.allocate(outputs.columns() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < outputs.rows(); n++) {
            row.clear();
            for (int j = 0; j < outputs.columns(); j++) {
                row.putInt(Bits.of(outputs, n, j));
            }
            digest.update(row.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
