package dev.samebits.bench;

import dev.samebits.bench.report.GoalTable;
import dev.samebits.bench.report.HtmlReport;
import dev.samebits.bench.report.MarkdownPage;
import dev.samebits.bench.report.Summary;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.onnx.file.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The files of a run, {@code NAME.json} and the pages that are drawn of it, and its table on the terminal. */
final class RunPages {
    private final Path name;
    private final PrintWriter out;

    RunPages(Path name, PrintWriter out) {
        this.name = name;
        this.out = out;
    }

    private Path file(String ending) {
        return Path.of(name + ending);
    }

    Path json() {
        return file(".json");
    }

    Path log() {
        return file(".log");
    }

    private static List<String> endings(boolean goals) {
        return goals ? List.of(".md") : List.of(".md", ".html");
    }

    /** Checks that the pages can be written, beside what is read and written otherwise. */
    void check(RunFiles files, boolean goals) {
        endings(goals).forEach(ending -> files.writes("NAME" + ending, file(ending)));
    }

    /** Keeps the results so far. */
    void keep(String results) throws IOException {
        replace(json(), results);
    }

    /**
     * Writes the pages, and prints the table.
     *
     * @return whether no hot path allocates; of goals always, whether they are met or not
     */
    boolean write(Results results) throws IOException {
        replace(file(".md"), new MarkdownPage(results).text(name.getFileName().toString()));
        boolean good = true;
        if (results.isOfGoals()) {
            GoalTable table = new GoalTable(results);
            out.println(table.text());
            out.println(table.summary());
        } else {
            replace(file(".html"), new HtmlReport(results).text());
            good = new Summary(results).print(out);
        }
        out.println();
        endings(results.isOfGoals()).forEach(ending -> out.println("Report: " + file(ending).toAbsolutePath()));
        return good;
    }

    // In one step: a run that is stopped meanwhile leaves the file before.
    private static void replace(Path file, String text) throws IOException {
        AtomicFile.write(file, to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
