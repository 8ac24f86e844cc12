package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Pattern READ = Pattern.compile(
            "(?:getProperty|getBoolean|getInteger|getLong|getenv|PROPERTY =|TILES =|REQUIRE =)\\(?\\s*"
            + "\"(samebits\\.[a-z.]+|SAMEBITS_[A-Z_]+)\"");

    @Test
    void aMisspeltNameIsToldWithWhatWasMeant() {
        assertThat(Settings.misspelt(List.of("samebits.backnd", "samebits.simd.bit", "Samebits.Backend", "samebits.speed",
                "java.home", "samebits.backend", "samebits.require"), List.of())).containsExactly(
                "the system property Samebits.Backend has no effect: did you mean samebits.backend?",
                "the system property samebits.backnd has no effect: did you mean samebits.backend?",
                "the system property samebits.simd.bit has no effect: did you mean samebits.simd.bits?",
                "the system property samebits.speed has no effect: did you mean samebits.seed?");
        assertThat(Settings.misspelt(List.of("samebits.threads"), List.of())).singleElement().asString()
                .startsWith("the system property samebits.threads has no effect: Samebits knows samebits.backend, ");
    }

    @Test
    void ofVariablesOnlyThoseThatAreNearAreTold() {
        assertThat(Settings.misspelt(List.of(), Set.of("SAMEBITS_BACKENDS", "SAMEBITS_SERVICE_HOST", "SAMEBIT_BACKEND",
                "SAMEBITS_BACKEND", "SAMEBITS_JAVA_OPTS", "PATH", "BACKEND"))).containsExactly(
                "the environment variable SAMEBITS_BACKENDS has no effect: did you mean SAMEBITS_BACKEND?",
                "the environment variable SAMEBIT_BACKEND has no effect: did you mean SAMEBITS_BACKEND?");
    }

    /** A new setting that is forgotten in the list would be warned of. */
    @Test
    void everySettingInTheSourcesIsKnown() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            files.filter(file -> file.toString().endsWith(".java") && file.toString().contains("src")).forEach(file -> {
                Matcher matcher = READ.matcher(text(file));
                while (matcher.find()) {
                    read.add(matcher.group(1));
                }
            });
        }
        Set<String> known = Settings.known().collect(Collectors.toSet());
        assertThat(read).contains(Backends.PROPERTY, "samebits.simd.bits", "samebits.terminal", "samebits.opencl.tiles");
        assertThat(known).containsAll(read);
        read.add("SAMEBITS_JAVA_OPTS");
        read.add(Backends.ENVIRONMENT);
        assertThat(read).containsAll(known);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
