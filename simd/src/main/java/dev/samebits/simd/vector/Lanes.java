package dev.samebits.simd.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width, fixed when this class is loaded: the system property {@code samebits.simd.bits} (128, 256 or 512, see
 * {@code Probe}), or else what the machine prefers, 512 at most. Static finals, so that the compiler treats them as
 * constants.
 */
public final class Lanes {

    public static final String PROPERTY = "samebits.simd.bits";
    private static final int WIDEST = 512;

    /** The width in bits that the machine prefers; where it has no vectors, 64. */
    public static final int PREFERRED = FloatVector.SPECIES_PREFERRED.vectorBitSize();

    /** Floats in a vector. */
    public static final VectorSpecies<Float> F = VectorSpecies.of(float.class, shape());

    /** Ints in a vector of the same shape. */
    public static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());

    /** The lane count. */
    public static final int N = F.length();

    private Lanes() {
    }

    private static VectorShape shape() {
        String asked = System.getProperty(PROPERTY);
        if (asked == null) {
            return VectorShape.forBitSize(Math.min(PREFERRED, WIDEST));
        }
        return switch (asked) {
            case "128" -> VectorShape.S_128_BIT;
            case "256" -> VectorShape.S_256_BIT;
            case "512" -> VectorShape.S_512_BIT;
            default -> throw new IllegalArgumentException(PROPERTY + " must be 128, 256 or 512, not " + asked);
        };
    }
}
