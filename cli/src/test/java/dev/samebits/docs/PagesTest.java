package dev.samebits.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages name is there: the targets of links, files by their paths, and the classes and methods of docs/design.md. */
class PagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    /** From one of the folders of the project; three dots stand for folders in between. */
    private static final Pattern PATH = Pattern.compile(
            "(?:core|simd|gpu|onnx|djl|spark|tck|cli|bench|docs|consumers|examples|\\.ci)/[\\w./…-]+");
    private static final Pattern MEMBER = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:\\.([a-z]\\w*))?(?:\\(.*\\))?");

    @Test
    void everyLinkWithinTheProjectLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String target : all(LINK, prose(page).replaceAll("`[^`\n]*`", ""))) {
                if (!target.contains(":") && !leads(page, target)) {
                    broken.add(ROOT.relativize(page) + " → " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyFileThatIsNamedExists() throws IOException {
        List<String> files = sources(file -> true).stream().map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                .toList();
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            for (String path : all(CODE, prose(page))) {
                if (PATH.matcher(path).matches() && !path.contains("target/") && !path.matches(".*(NAME|Name[.]java).*")
                        && files.stream().noneMatch(named(path).asPredicate())) {
                    missing.add(ROOT.relativize(page) + ": " + path);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyClassAndMethodOfTheDesignExists() throws IOException {
        List<String> missing = new ArrayList<>();
        List<Path> java = sources(file -> file.toString().contains("main") && file.toString().endsWith(".java"));
        for (String code : all(CODE, prose(ROOT.resolve("docs/design.md")))) {
            var member = MEMBER.matcher(code);
            if (member.matches() && !declared(java, member.group(1), member.group(2))) {
                missing.add(code);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean declared(List<Path> java, String type, String method) throws IOException {
        Optional<Path> file = java.stream().filter(path -> path.endsWith(type + ".java")).findFirst();
        return file.isPresent() && (method == null || Files.readString(file.get()).contains(method + "("));
    }

    /** Whether a file is the one that a path names, or lies in the folder that it names. */
    private static Pattern named(String path) {
        String folders = Pattern.quote(path).replace("…", "\\E.*\\Q");
        return Pattern.compile("^" + folders + (path.endsWith("/") ? "" : "(/.*)?$"));
    }

    private static boolean leads(Path page, String target) throws IOException {
        int mark = target.indexOf('#');
        String path = mark < 0 ? target : target.substring(0, mark);
        Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        return Files.exists(file)
                && (mark < 0 || Files.isRegularFile(file) && anchors(file).contains(target.substring(mark + 1)));
    }

    /** The anchors of a page's headings, as GitHub makes them. */
    private static List<String> anchors(Path page) throws IOException {
        List<String> anchors = new ArrayList<>();
        for (String heading : prose(page).split("\n")) {
            if (heading.startsWith("#")) {
                String text = heading.replaceFirst("#+\\s*", "").toLowerCase(Locale.ROOT);
                String anchor = text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
                long before = anchors.stream().filter(other -> other.matches(Pattern.quote(anchor) + "(-\\d+)?")).count();
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** A page without its blocks of code. */
    private static String prose(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?s)(?m)^```.*?^```$", "");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = sources(file -> file.toString().endsWith(".md"));
        assertThat(pages).contains(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("docs/design.md"));
        return pages;
    }

    private static List<Path> sources(Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> !hidden(ROOT.relativize(file)) && Files.isRegularFile(file)).filter(which).toList();
        }
    }

    private static boolean hidden(Path file) {
        for (Path part : file) {
            if (part.toString().equals("target") || part.toString().equals(".git")) {
                return true;
            }
        }
        return false;
    }
}
