package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The constants and special values that spec/functions.md states are those of the definition; vectors check the rest. */
class SpecTextTest {
    private static final Path TEXT = Path.of("..", "spec", "functions.md");
    private static final Path CLASSES = Path.of("..", "core", "src", "main", "java", "dev", "samebits", "arithmetic");

    @Test
    void theTextHasEveryConstantAndNoOther() throws Exception {
        List<String> constants = new ArrayList<>();
        for (String name : classes()) {
            for (Field field : Class.forName("dev.samebits.arithmetic." + name).getFields()) {
                if (field.getType() == float.class) {
                    float value = field.getFloat(null);
                    constants.add("| `" + name + "." + field.getName() + "` | `"
                            + Float.toHexString(value).replace("0x1.0p", "0x1p") + "` | `"
                            + String.format("%08X", Float.floatToIntBits(value)) + "` |");
                }
            }
        }
        List<String> stated = Files.readAllLines(TEXT).stream().filter(line -> line.matches("\\| `[A-Z]\\w+\\.\\w+` \\|.*"))
                .toList();
        assertThat(stated).containsExactlyInAnyOrderElementsOf(constants);
    }

    private static List<String> classes() throws IOException {
        try (var files = Files.list(CLASSES)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("package-info")).sorted().toList();
        }
    }

    @Test
    void theTextHasTheSpecialValues() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Activation.Kind kind : Activation.Kind.values()) {
            Activation f = Activation.parse(kind.label());
            lines.add(line(f, kind.label(), false));
            lines.add(line(f, kind.label() + "'", true));
        }
        List<String> text = Files.readAllLines(TEXT);
        List<String> stated = text.subList(text.indexOf("## Special values"), text.size()).stream()
                .filter(line -> line.startsWith("| `")).toList();
        assertThat(stated).as("the lines are\n" + String.join("\n", lines)).containsExactlyElementsOf(lines);
    }

    private static String line(Activation f, String name, boolean derivative) {
        StringJoiner line = new StringJoiner(" | ", "| ", " |");
        line.add("`" + name + "`");
        Arrays.asList(Float.NEGATIVE_INFINITY, -0f, 0f, Float.POSITIVE_INFINITY, Float.NaN).forEach(x ->
                line.add(shown(derivative ? f.derivative(x, 0.25f) : f.value(x, 0.25f))));
        return line.toString();
    }

    private static String shown(float y) {
        return y == 0 ? (1 / y < 0 ? "−0" : "+0") : Float.isInfinite(y) ? (y < 0 ? "−∞" : "+∞")
                : Float.isNaN(y) ? "NaN" : y == Math.rint(y) ? String.valueOf((int) y).replace('-', '−')
                : String.valueOf(y).replace('-', '−');
    }
}
