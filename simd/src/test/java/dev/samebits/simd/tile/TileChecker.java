package dev.samebits.simd.tile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Bfloat16;
import dev.samebits.SplitMix64;
import dev.samebits.simd.vector.Lanes;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a compiled tile and compares every bit of what it leaves with the definition: a sum is a chain of fma. */
final class TileChecker {
    private static final int DEPTH = 37;
    private static final int ROOM = 1 << 14;
    private static final float THRESHOLD = 0.1f;

    private TileChecker() {}

    /** So many of the tile's rows. */
    static void check(TileSource tile, Class<?> compiled, int rows) throws ReflectiveOperationException {
        int width = tile.vectors * Lanes.N;
        TileOperands operands = operands(tile, rows);
        SplitMix64 random = new SplitMix64(rows);
        float[] a = numbers(random);
        float[] b = numbers(random);
        int[] pairs = pairs(random);
        float[] s = numbers(random);
        float[] c = tile.inPlace() ? s : numbers(random);
        float[] expected = c.clone();
        for (int r = 0; r < rows; r++) {
            for (int column = 0; column < width; column++) {
                float sum = s[tile.s(r, column, operands)];
                for (int k = 0; k < operands.depth(); k++) {
                    float weight = tile.bfloat16 ? half(pairs, tile, r, k, column, operands)
                            : b[tile.b(r, k, column, operands)];
                    sum = Math.fma(a[tile.a(r, k, operands)], weight, sum);
                }
                expected[tile.c(r, column, operands)] = tile.result(sum, operands);
            }
        }
        multiply(tile, compiled, operands, a, b, pairs, s, c, 1);
        for (int i = 0; i < c.length; i++) {
            assertThat(c[i]).as("%s, %d rows, index %d", tile.name(), rows, i).isEqualTo(expected[i]);
        }
    }

    /** All of the tile's rows, again and again. */
    static void repeat(TileSource tile, Class<?> compiled, int calls) throws ReflectiveOperationException {
        SplitMix64 random = new SplitMix64(1);
        multiply(tile, compiled, operands(tile, tile.rows), numbers(random), numbers(random), pairs(random), numbers(random),
                numbers(random), calls);
    }

    private static TileOperands operands(TileSource tile, int rows) {
        int width = tile.vectors * Lanes.N;
        return new TileOperands(rows, DEPTH, 5, 53, 7, width, 3, width + 9, 11, width + 4, THRESHOLD);
    }

    private static void multiply(TileSource tile, Class<?> compiled, TileOperands operands, float[] a, float[] b,
            int[] pairs, float[] s, float[] c, int calls) throws ReflectiveOperationException {
        Method method = Arrays.stream(compiled.getDeclaredMethods()).filter(m -> m.getName().equals("multiply")).findAny()
                .orElseThrow();
        method.setAccessible(true);
        List<Object> arguments = new ArrayList<>();
        for (String parameter : tile.parameters().split(", ")) {
            String name = parameter.substring(parameter.indexOf(' ') + 1);
            arguments.add(switch (name) {
                case "a" -> a;
                case "b" -> tile.bfloat16 ? pairs : b;
                case "s", "sums" -> s;
                case "c" -> c;
                default -> TileOperands.class.getDeclaredMethod(name).invoke(operands);
            });
        }
        Object[] values = arguments.toArray();
        for (int call = 0; call < calls; call++) {
            method.invoke(null, values);
        }
    }

    private static float[] numbers(SplitMix64 random) {
        float[] numbers = new float[ROOM];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    private static int[] pairs(SplitMix64 random) {
        float[] first = numbers(random);
        float[] second = numbers(random);
        int[] pairs = new int[ROOM];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = Bfloat16.bits(second[i]) << Short.SIZE | Short.toUnsignedInt(Bfloat16.bits(first[i]));
        }
        return pairs;
    }

    // Of two vectors, the first is the lower half of a vector of ints.
    private static float half(int[] pairs, TileSource tile, int r, int k, int column, TileOperands operands) {
        int vector = column / Lanes.N;
        int pair = pairs[tile.b(r, k, vector / 2 * Lanes.N + column % Lanes.N, operands)];
        return Bfloat16.value((short) (vector % 2 == 0 ? pair : pair >>> Short.SIZE));
    }
}
