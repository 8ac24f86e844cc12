package dev.samebits.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in docs/results is what the tool writes: {@code ./samebits bench --report NAME.json --out NAME}. */
class CheckedInPagesTest {
    private static final Path FOLDER = Path.of("../docs/results");

    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isWhatIsWrittenFromTheResults(String name) throws IOException {
        Results results = Results.read(FOLDER.resolve(name + ".json"));
        assertThat(FOLDER.resolve(name + ".md")).content().isEqualTo(new MarkdownPage(results).text(name));
        if (!results.isOfGoals()) {
            assertThat(FOLDER.resolve(name + ".html")).content().isEqualTo(new HtmlReport(results).text());
        }
    }

    /** What was published before that rule had 101, 112 and 221 % of a limit. */
    @ParameterizedTest
    @MethodSource("names")
    void noShareIsAboveOne(String name) throws IOException {
        Matcher cell = Pattern.compile("[|>] *(\\d+) % *[|<]").matcher(Files.readString(FOLDER.resolve(name + ".md"))
                + (Files.exists(FOLDER.resolve(name + ".html")) ? Files.readString(FOLDER.resolve(name + ".html")) : ""));
        List<Integer> shares = new ArrayList<>();
        while (cell.find()) {
            shares.add(Integer.parseInt(cell.group(1)));
        }
        assertThat(shares).allMatch(share -> share <= Math.round(100 * Limits.MOST));
    }

    @Test
    void noPageIsWithoutItsResults() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.matches(".*\\.(md|html|png)"))
                    .filter(name -> !name.equals("README.md")).map(name -> name.substring(0, name.lastIndexOf('.'))))
                    .isSubsetOf(names());
        }
    }
}
