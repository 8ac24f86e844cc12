package dev.samebits.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.bench.results.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void noPageIsWithoutItsResults() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.matches(".*\\.(md|html|png)"))
                    .filter(name -> !name.equals("README.md")).map(name -> name.substring(0, name.lastIndexOf('.'))))
                    .isSubsetOf(names());
        }
    }
}
