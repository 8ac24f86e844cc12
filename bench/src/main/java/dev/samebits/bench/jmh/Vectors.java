package dev.samebits.bench.jmh;

import java.util.List;

/**
 * How wide the vectors are that are measured, beside the widest of the machine. An option of the JVM, such as
 * {@code -XX:UseAVX=2}, narrows those of Java and leaves native code as it is.
 *
 * @param bits of the measured JVMs' vectors
 * @param machine bits of the widest that the processor has
 */
public record Vectors(int bits, int machine) {
    /** The system property that tells {@code OpenBlasPeer} for which processor's instructions it is to take its kernels. */
    public static final String OPENBLAS_CORE = "samebits.bench.openblas";

    // The first processor with AVX2 and FMA.
    private static final String AVX2_CORE = "Haswell";
    private static final int AVX2_BITS = 256;

    /** Whether the machine has wider ones than are measured, which native code would use. */
    public boolean isNarrowed() {
        return bits < machine;
    }

    /** Whether OpenBLAS, which can be told, uses the same instructions as the measured JVMs. */
    public boolean hasOpenBlas() {
        return !isNarrowed() || bits == AVX2_BITS;
    }

    /** What the forks must be told, lest a side of a ratio have wider vectors than the other. */
    public List<String> options() {
        return isNarrowed() && hasOpenBlas() ? List.of("-D" + OPENBLAS_CORE + "=" + AVX2_CORE) : List.of();
    }

    /** For people: how wide they are, and whom that leaves out. */
    public String text() {
        return bits + " bits" + (!isNarrowed() ? "" : ", of the machine's " + machine + ": native peers"
                + (hasOpenBlas() ? ", but for OpenBLAS," : "") + " would use all of them and are left out");
    }

    /** Prints how many bits the vectors have that this JVM prefers. */
    public static void main(String[] arguments) {
        System.out.println(FmaPeak.preferredBits());
    }
}
