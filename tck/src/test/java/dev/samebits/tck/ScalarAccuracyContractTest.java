package dev.samebits.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/** Measures the definition, and holds docs/numerics.md to what was measured. */
class ScalarAccuracyContractTest extends AccuracyContract {
    private static final Path PAGE = Path.of("..", "docs", "numerics.md");
    private static final String START = "<!-- measured by AccuracyContract: start -->\n";
    private static final String END = "<!-- measured by AccuracyContract: end -->\n";

    @Override
    protected String backend() {
        return "scalar";
    }

    @Override
    protected void compare(String measured) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(START) + START.length();
        int to = page.indexOf(END);
        if (Boolean.getBoolean("samebits.numerics.write")) {
            Files.writeString(PAGE, page.substring(0, from) + "\n" + measured + "\n" + page.substring(to));
            return;
        }
        String[] now = measured.strip().split("\n");
        String[] then = page.substring(from, to).strip().split("\n");
        for (int line = 0; line < Math.max(now.length, then.length); line++) {
            Assertions.assertEquals(line < now.length ? now[line] : "", line < then.length ? then[line] : "",
                    "docs/numerics.md does not say what was measured (expected is measured): look why, then run this test"
                            + " with -Dsamebits.numerics.write=true");
        }
    }
}
