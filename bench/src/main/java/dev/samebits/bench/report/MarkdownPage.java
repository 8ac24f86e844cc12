package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Machine;
import dev.samebits.bench.results.Names;
import dev.samebits.bench.results.Results;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as a page that Markdown readers show: where and how was measured, the goals, every benchmark. */
public final class MarkdownPage {
    private static final List<String> FACTS =
            List.of("processor", "microarchitecture", "cores", Machine.CACHES, "memory", "system");
    private static final String GOALS = """
            A figure is how many times as fast a row is as its yardstick, round by round: the median, and the range of all
            forks. A limit of the machine, the FMA peak or memory, is the best that any fork of this file reached in any
            iteration, on whichever JDK, and what is compared with it is each fork's fastest iteration. Without a yardstick
            the figure is the value itself, of memory the multiple of the weights, and of the first rows of a JVM the
            multiple of the time. Undisturbed is the same of the fastest iterations of all forks: on a shared machine what
            remains when its neighbours rest. ◆ marks rows whose forks do not agree.

            """;

    private final Results results;
    private final Limits limits;

    public MarkdownPage(Results results) {
        this.results = results;
        this.limits = new Limits(results);
    }

    /**
     * The page.
     *
     * @param name of the file it lies beside, without ending
     */
    public String text(String name) {
        StringBuilder page = new StringBuilder("# ").append(name).append("\n\n`samebits bench --report ").append(name)
                .append(".json` writes this page from that file; nobody edits it by hand.\n\n").append(head());
        GoalTable goals = new GoalTable(results);
        if (!goals.isEmpty()) {
            page.append("\n## Goals\n\n").append(goals.summary()).append("\nThe goals are those for vectors of ")
                    .append(results.vectorBits()).append(" bits").append(machine()).append(".\n\n").append(GOALS)
                    .append(goals.text());
        }
        String benchmarks = benchmarks();
        return page.append("\n## Every benchmark\n\nThe median of the forks, and their range. A share of the FMA peak is "
                + "one of the best that any fork reached, on\nwhichever JDK.")
                .append(benchmarks.contains(Limits.ABOVE) ? "\n\n" + Share.ABOVE : "").append("\n\n").append(benchmarks)
                .append(failures()).toString();
    }

    private String machine() {
        return results.machine() == null ? "" : ", on " + results.machine().name();
    }

    private String head() {
        MarkdownTable table = new MarkdownTable("", "");
        Machine machine = results.machine();
        Map<String, String> facts = machine == null ? Map.of() : machine.description();
        FACTS.stream().filter(facts::containsKey).forEach(fact -> table.row(fact, facts.get(fact)));
        facts.keySet().stream().filter(fact -> fact.startsWith("backend ")).sorted()
                .forEach(fact -> table.row(fact, facts.get(fact)));
        table.row("JDK", results.entries().stream().map(Entry::jdk).distinct().collect(Collectors.joining(", ")));
        if (machine != null) {
            table.row("date", machine.date().replace("T", " ").replaceFirst("(:00)?Z$", " UTC"));
            table.row("version", machine.settings().getOrDefault(Machine.VERSION, "not recorded"));
            machine.settings().forEach((setting, value) -> {
                if (!setting.equals(Machine.VERSION)) {
                    table.row(setting, setting.equals("command") ? "`" + value + "`" : value);
                }
            });
            machine.checks().forEach(check -> table.row("is fit: " + check.name(), check.verdict() + ": "
                    + check.finding()));
        }
        return table.text();
    }

    private String benchmarks() {
        MarkdownTable table = new MarkdownTable("benchmark", "JDK", "time:", "from:", "to:", "GFLOP/s:", "of FMA peak:",
                "GB/s:", "");
        for (Entry e : results.entries()) {
            double[] range = Limits.range(e.nanos());
            boolean counted = e.cost().flops() > 0;
            double share = Entry.median(e.gflops()) / limits.peak(Names.threads(e));
            table.row(e.name(), e.feature(), Entry.time(e.median()), Entry.time(range[0]), Entry.time(range[1]),
                    counted ? Entry.number(Entry.median(e.gflops())) : "",
                    counted && !Names.isOnDevice(e) ? Share.text(share) : "",
                    e.cost().bytes() > 0 ? Entry.number(Entry.median(e.gigabytes())) : "", e.isSteady() ? "" : "◆");
        }
        return table.text();
    }

    private String failures() {
        return results.machine() == null || results.machine().failures().isEmpty() ? ""
                : "\n## Not measured\n\n" + results.machine().failures().stream().map(line -> "- " + line + "\n")
                        .collect(Collectors.joining());
    }
}
