package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.SplitMix64;
import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Log1p;
import dev.samebits.arithmetic.Softmax;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Vectors of draws and of functions of one number. */
final class SpecFunctions {
    /** The distance of the patterns whose values the digests are of. */
    static final int STRIDE = 4099;

    // Where a definition changes its form, and where results overflow, vanish or saturate.
    private static final float[] EDGES = {
        1e-3f, 0.1f, 0.25f, 0.34657f, 0.5f, 0.57008773f, 1, 1.5f, 2, 3, 6, 9.1f, 10.9f, 14.6f, 16.635f, 20, 64.25f,
        87.33655f, 88, 88.72284f, 89, 103.97208f, 104, 109.8f, 173, 0x1p17f, 0x1p30f, 0x1p76f, 1e20f
    };

    private SpecFunctions() {}

    static SpecFile random() {
        SpecFile file = new SpecFile();
        for (long seed : new long[] {0, 1, 2, -1, 0x9E3779B97F4A7C15L}) {
            SplitMix64 random = new SplitMix64(seed);
            StringBuilder draws = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                draws.append(String.format(i == 0 ? "%016X" : " %016X", random.nextLong()));
            }
            file.add("draws").with("seed", String.format("%016X", seed)).with("longs", draws.toString());
            random = new SplitMix64(seed);
            float[] floats = new float[8];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = random.nextFloat();
            }
            file.floats("floats", floats);
        }
        // With the last two bounds about every third and every second draw is taken again.
        for (int bound : new int[] {1, 2, 3, 10, 1000, 65536, Integer.MAX_VALUE, 1431655766, 1073741825}) {
            SplitMix64 random = new SplitMix64(bound);
            StringBuilder values = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                values.append(i == 0 ? "" : " ").append(random.nextInt(bound));
            }
            file.add("ints").with("seed", String.format("%016X", (long) bound)).with("bound", bound)
                    .with("values", values.toString());
        }
        for (int n : new int[] {0, 1, 2, 3, 10, 100}) {
            SplitMix64 random = new SplitMix64(7);
            int[] order = new int[n];
            for (int i = 0; i < n; i++) {
                order[i] = i;
            }
            for (String time : new String[] {"first", "second"}) {
                random.shuffle(order);
                StringBuilder values = new StringBuilder();
                for (int value : order) {
                    values.append(values.length() == 0 ? "" : " ").append(value);
                }
                file.add("shuffle").with("seed", "0000000000000007").with("n", n).with("time", time)
                        .with("values", values.toString());
            }
        }
        return file;
    }

    static SpecFile functions() {
        SpecFile file = new SpecFile();
        float[] x = arguments();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            float[] value = new float[x.length];
            float[] derivative = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                value[i] = spec.activation().value(x[i], spec.slope());
                derivative[i] = spec.activation().derivative(x[i], spec.slope());
            }
            function(file, spec).floats("x", x).floats("value", value).floats("derivative", derivative);
        }
        float[] expm1 = new float[x.length];
        float[] unit = new float[x.length];
        float[] log1p = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            expm1[i] = Exp.expm1(x[i]);
            unit[i] = Log1p.log1pUnit(x[i] >= 0 && x[i] <= 1 ? x[i] : 0);
            log1p[i] = Log1p.log1p(x[i] >= 0 && x[i] <= Log1p.DOMAIN ? x[i] : 0);
        }
        file.add("expm1").floats("x", x).floats("value", expm1);
        file.add("log1p-unit").floats("x", clipped(x, 1)).floats("value", unit);
        file.add("log1p").floats("x", clipped(x, Log1p.DOMAIN)).floats("value", log1p);
        pairs(file);
        return file;
    }

    private static float[] clipped(float[] x, float most) {
        float[] clipped = x.clone();
        for (int i = 0; i < x.length; i++) {
            clipped[i] = x[i] >= 0 && x[i] <= most ? x[i] : 0;
        }
        return clipped;
    }

    // The exponential of a pair, and of a difference: what the roundings lost is not lost.
    private static void pairs(SpecFile file) {
        SplitMix64 random = new SplitMix64(5);
        float[] hi = new float[64];
        float[] lo = new float[hi.length];
        float[] exp = new float[hi.length];
        float[] z = new float[hi.length];
        float[] m = new float[hi.length];
        float[] exponential = new float[hi.length];
        for (int i = 0; i < hi.length; i++) {
            hi[i] = (random.nextFloat() - 0.5f) * 180;
            lo[i] = (random.nextFloat() - 0.5f) * Math.ulp(hi[i]);
            exp[i] = Exp.exp(hi[i], lo[i]);
            m[i] = (random.nextFloat() - 0.5f) * 40;
            z[i] = m[i] - random.nextFloat() * (i % 4 == 0 ? 120 : 20);
            exponential[i] = Softmax.exponential(z[i], m[i]);
        }
        file.add("exp-pair").floats("x", hi).floats("lo", lo).floats("value", exp);
        file.add("exponential").floats("x", z).floats("m", m).floats("value", exponential);
    }

    private static SpecFile function(SpecFile file, ActivationSpec spec) {
        Activation f = spec.activation();
        boolean prelu = f.kind() == Activation.Kind.PRELU;
        return file.add("function").with("name", f.kind().label()).floats("first", prelu ? spec.slope() : f.first())
                .floats("second", f.second());
    }

    /** Zeros, denormals, infinities, NaN, edges and their neighbours on both sides, and random numbers. */
    static float[] arguments() {
        List<Float> x = new ArrayList<>(List.of(0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));
        for (float a : new float[] {Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL, 1e-20f, 1e-7f, Float.MAX_VALUE}) {
            x.addAll(List.of(a, -a));
        }
        for (float edge : EDGES) {
            for (float a : new float[] {Math.nextDown(edge), edge, Math.nextUp(edge)}) {
                x.addAll(List.of(a, -a));
            }
        }
        SplitMix64 random = new SplitMix64(3);
        for (int i = 0; i < 32; i++) {
            x.add(Math.fma(16, random.nextFloat(), -8));
            float any = Float.intBitsToFloat((int) random.nextLong());
            x.add(any != any ? 0.75f : any);
        }
        float[] array = new float[x.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = x.get(i);
        }
        return array;
    }

    static SpecFile digests() {
        SpecFile file = new SpecFile();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            function(file, spec).with("stride", STRIDE).with("value", digest(spec, false))
                    .with("derivative", digest(spec, true));
        }
        return file;
    }

    private static String digest(ActivationSpec spec, boolean derivative) {
        MessageDigest digest = SpecFile.sha256();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN);
        for (long pattern = 0; pattern < 1L << 32; pattern += STRIDE) {
            float x = Float.intBitsToFloat((int) pattern);
            bytes.putInt(Float.floatToIntBits(derivative ? spec.activation().derivative(x, spec.slope())
                    : spec.activation().value(x, spec.slope())));
            if (!bytes.hasRemaining()) {
                digest.update(bytes.flip());
                bytes.clear();
            }
        }
        digest.update(bytes.flip());
        return SpecFile.hex(digest);
    }
}
