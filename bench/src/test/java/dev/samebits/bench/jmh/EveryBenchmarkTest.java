package dev.samebits.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.Matrix;
import dev.samebits.bench.plan.Trial;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every benchmark that JMH knows of, each with all values of its parameters, on every backend here and on one thread and
 * two: what its one call computes is bit for bit what it computes on the scalar backend. Sizes are cut down, since this is
 * about what is computed and not how fast.
 */
class EveryBenchmarkTest {
    // The scalar backend takes about a nanosecond for each.
    private static final double MOST_FLOPS = 2e7;
    private static final Map<String, Integer> MOST = Map.of("batch", 70, "elements", 1000, "kibibytes", 64, "inputs", 257,
            "outputs", 100);

    static List<String> benchmarks() {
        var silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        return BenchmarkList.defaultList().getAll(silent, List.of()).stream()
                .map(entry -> Trial.benchmark(entry.getUsername()))
                .filter(name -> !name.startsWith("peers."))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void computesWhatTheScalarBackendComputes(String benchmark) throws ReflectiveOperationException {
        Class<?> type = Class.forName(getClass().getPackageName() + "." + benchmark.substring(0, benchmark.indexOf('.')));
        Map<Map<String, String>, Object> oracle = new LinkedHashMap<>();
        int calls = 0;
        for (Map<String, String> parameters : combinations(type)) {
            Map<String, String> small = cut(benchmark, parameters);
            Object result = call(type, benchmark, small);
            assertThat(result).as(benchmark + " " + small).isNotNull();
            if (small.containsKey("backend")) {
                Map<String, String> reference = new TreeMap<>(small);
                reference.put("backend", "scalar");
                reference.replace("threads", "1");
                if (!oracle.containsKey(reference)) {
                    oracle.put(reference, call(type, benchmark, reference));
                }
                compare(result, oracle.get(reference), benchmark + " " + small);
            }
            calls++;
        }
        assertThat(calls).isPositive();
    }

    private static List<Map<String, String>> combinations(Class<?> type) {
        List<Map<String, String>> all = new ArrayList<>(List.of(new TreeMap<>()));
        for (Field field : type.getFields()) {
            if (field.isAnnotationPresent(Param.class)) {
                all = all.stream().flatMap(some -> values(field).map(value -> {
                    Map<String, String> more = new TreeMap<>(some);
                    more.put(field.getName(), value);
                    return more;
                })).distinct().toList();
            }
        }
        return all;
    }

    private static Stream<String> values(Field field) {
        return switch (field.getName()) {
            case "backend" -> Backends.available().stream().map(backend -> backend.name());
            case "threads" -> Stream.of("1", "2");
            default -> Stream.of(field.getAnnotation(Param.class).value());
        };
    }

    private static Map<String, String> cut(String benchmark, Map<String, String> parameters) {
        Map<String, String> small = new TreeMap<>(parameters);
        MOST.forEach((name, most) -> small.computeIfPresent(name,
                (key, value) -> String.valueOf(Math.min(most, Integer.parseInt(value)))));
        if (small.containsKey("batch") && small.containsKey("network")) {
            double one = Cost.of(benchmark, with(small, "batch", "1")).flops();
            int most = (int) Math.max(1, MOST_FLOPS / one);
            small.put("batch", String.valueOf(Math.min(most, Integer.parseInt(small.get("batch")))));
        }
        return small;
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put(name, value);
        return all;
    }

    private static Object call(Class<?> type, String benchmark, Map<String, String> parameters)
            throws ReflectiveOperationException {
        Object instance = type.getConstructor().newInstance();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            Field field = type.getField(parameter.getKey());
            if (field.getType() == int.class) {
                field.setInt(instance, Integer.parseInt(parameter.getValue()));
            } else {
                field.set(instance, parameter.getValue());
            }
        }
        for (Method method : type.getMethods()) {
            Setup setup = method.getAnnotation(Setup.class);
            if (setup != null && setup.value() == Level.Trial) {
                method.invoke(instance);
            }
        }
        Object result = copy(type.getMethod(benchmark.substring(benchmark.indexOf('.') + 1)).invoke(instance));
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(TearDown.class)) {
                method.invoke(instance);
            }
        }
        return result;
    }

    private static Object copy(Object result) {
        return result instanceof Matrix matrix ? matrix.data().clone() : result;
    }

    private static void compare(Object actual, Object expected, String what) {
        if (actual instanceof float[] floats) {
            float[] others = (float[]) expected;
            assertThat(floats.length).as(what).isEqualTo(others.length);
            for (int i = 0; i < floats.length; i++) {
                if (Float.floatToIntBits(floats[i]) != Float.floatToIntBits(others[i])) {
                    throw new AssertionError(what + ", element " + i + ": " + floats[i] + ", but scalar gives " + others[i]);
                }
            }
        } else if (!what.startsWith("SessionOpenBenchmark")) {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }
}
