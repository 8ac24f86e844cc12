package dev.samebits.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Aparapi makes of the programs, on any machine: OpenCL C that leaves no device a choice of bits. */
class ProgramTextTest {
    private static final Pattern CALL = Pattern.compile("(dev_samebits_gpu_\\w+)\\(this");
    private static final Pattern FUNCTION = Pattern.compile("(?ms)^\\w+ (dev_samebits_gpu_\\w+)\\(This \\*this.*?^}");

    private static final Pattern FLOAT = Pattern.compile("float (\\w+)");

    static Stream<Named<DeviceProgram>> programs() {
        return Stream.of(Named.of("registers", new DeviceProgram()), Named.of("local memory", new TiledProgram()));
    }

    private static String text(DeviceProgram program) throws Exception {
        return KernelWriter.writeToString(ClassModel.createClassModel(program.getClass()).getEntrypoint("run", program));
    }

    // Function by name, in the order of the text.
    private static Map<String, String> functions(String text) {
        Map<String, String> functions = new LinkedHashMap<>();
        Matcher matcher = FUNCTION.matcher(text);
        while (matcher.find()) {
            functions.put(matcher.group(1), matcher.group());
        }
        return functions;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void noDoublesAreUsed(DeviceProgram program) throws Exception {
        assertThat(text(program)).doesNotContain("cl_khr_fp64").doesNotContain("double");
    }

    /** Words of OpenCL C that are names in Java, as no device's compiler would take them. */
    @ParameterizedTest
    @MethodSource("programs")
    void noVariableHasTheNameOfAType(DeviceProgram program) throws Exception {
        assertThat(text(program)).doesNotContainPattern("(float|int) (half|uint|ulong|ushort|uchar|bool|kernel|global|local)\\b");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyFunctionIsDeclaredBeforeItIsCalled(DeviceProgram program) throws Exception {
        String text = text(program);
        Map<String, Integer> declared = new HashMap<>();
        functions(text).forEach((name, body) -> declared.put(name, text.indexOf(body)));
        assertThat(declared).hasSizeGreaterThan(60);
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            assertThat(declared.get(call.group(1))).as(call.group(1)).isNotNull().isLessThan(call.start());
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everySumOfProductsIsAnFma(DeviceProgram program) throws Exception {
        Map<String, String> functions = functions(text(program));
        String affine = functions.get(program instanceof TiledProgram
                ? "dev_samebits_gpu_TiledProgram__affineTiles"
                : "dev_samebits_gpu_DeviceProducts__affineTiles");
        // One for each result of a tile: 4 × 4 in local memory, 8 × 16 in registers alone.
        assertThat(affine.split("= fma\\(w", -1)).hasSize(1 + (program instanceof TiledProgram ? 16 : 128));
        assertThat(functions.get("dev_samebits_gpu_DeviceProducts__matvecPass")).contains("sum = fma(");
        String gradients = "dev_samebits_gpu_DeviceGradients__";
        assertThat(functions.get(gradients + "inputGradientPass").split("= fma\\(w", -1)).hasSize(65);
        assertThat(functions.get(gradients + "weightGradientPass").split("= fma\\(d", -1)).hasSize(65);
    }

    /**
     * A product of floats outside an fma may be contracted with the sum it goes into, and a quotient may be off: there is
     * none.
     */
    @ParameterizedTest
    @MethodSource("programs")
    void onlyIntegersAreMultipliedAndDividedByOperators(DeviceProgram program) throws Exception {
        functions(text(program)).forEach((name, body) -> {
            if (name.endsWith("__reciprocal") || name.endsWith("__inDomain")) {
                return;
            }
            Set<String> floats = FLOAT.matcher(body).results().map(match -> match.group(1)).collect(Collectors.toSet());
            var lines = body.lines().skip(1).map(ProgramTextTest::withoutIndices);
            lines.filter(line -> line.matches(".* [*/] .*")).forEach(line -> {
                assertThat(line).as(name).doesNotContain("fma(", "mul(", "this->params", "this->work", "this->in")
                        .doesNotContain("this->sums").doesNotContainPattern("\\d\\.\\d");
                assertThat(Arrays.stream(line.split("\\W+")).filter(floats::contains)).as(name + ": " + line).isEmpty();
            });
        });
    }

    // What stands in brackets is an index.
    private static String withoutIndices(String line) {
        StringBuilder kept = new StringBuilder();
        int depth = 0;
        for (char c : line.toCharArray()) {
            depth -= c == ']' ? 1 : 0;
            if (depth == 0) {
                kept.append(c);
            }
            depth += c == '[' ? 1 : 0;
        }
        return kept.toString();
    }
}
