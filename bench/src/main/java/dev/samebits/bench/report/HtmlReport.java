package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Machine;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.page.Html;
import dev.samebits.cli.page.Page;
import java.util.List;
import java.util.stream.Collectors;

/** The report as one HTML page that needs nothing else: no script, no font, no network. */
public final class HtmlReport {
    private final Results results;
    private final Machine machine;

    public HtmlReport(Results results) {
        this.results = results;
        this.machine = results.machine();
    }

    /** The page. */
    public String text() {
        String title = machine == null ? "Samebits on a machine" : "Samebits on " + machine.name();
        return Page.of(title, "", header(title)
                + new RoofSection(results).html()
                + new PeerSection(results).html()
                + new BatchSection(results).html()
                + new ScenarioSection(results).html()
                + new ScalingSection(results).html()
                + new LimitsSection(results).html()
                + new OrderSection(results).html()
                + new ForksSection(results).html()
                + machine()
                + Page.resource(HtmlReport.class, "method.html"));
    }

    private String header(String title) {
        StringBuilder out = new StringBuilder("<header>\n<h1>" + Html.escape(title) + "</h1>\n<p class=\"lead\">"
                + results.entries().stream().map(Entry::jdk).distinct().map(jdk -> "JDK " + Html.escape(jdk))
                        .collect(Collectors.joining(", ")));
        if (machine != null) {
            out.append(" · ").append(Html.escape(machine.date().replace("T", " ").replace(":00Z", " UTC").replace("Z",
                    " UTC")))
                    .append(" · <code>").append(Html.escape(machine.settings().getOrDefault("command", "")))
                    .append("</code>");
        }
        out.append("</p>\n");
        for (String jdk : results.jdks()) {
            List<Headline.Tile> tiles = new Headline(results, jdk).tiles();
            if (!tiles.isEmpty()) {
                out.append(results.jdks().size() > 1 ? "<p class=\"jdk\">JDK " + jdk + "</p>" : "")
                        .append("<div class=\"tiles\">");
                tiles.forEach(tile -> out.append("<div class=\"tile\"><b>").append(tile.value()).append(" <small>")
                        .append(tile.unit()).append("</small></b><span>").append(Html.escape(tile.what()))
                        .append("</span><em>")
                        .append(Html.escape(tile.note())).append("</em></div>\n"));
                out.append("</div>\n");
            }
        }
        if (machine != null) {
            out.append("<p class=\"checks\">");
            machine.checks().forEach(check -> out.append("<a href=\"#machine\" class=\"").append(check.verdict())
                    .append("\" title=\"").append(Html.escape(check.finding())).append("\">")
                    .append(Html.escape(check.name()))
                    .append(": ").append(check.verdict()).append("</a> "));
            out.append("</p>\n");
        }
        return out.append("</header>\n").toString();
    }

    private String machine() {
        if (machine == null) {
            return "";
        }
        List<List<String>> facts = machine.description().entrySet().stream()
                .map(fact -> List.of(Html.escape(fact.getKey()), Html.escape(fact.getValue()))).toList();
        List<List<String>> checks = machine.checks().stream()
                .map(c -> List.of(Html.escape(c.name()), "<span class=\"" + c.verdict() + "\">" + c.verdict() + "</span>",
                        Html.escape(c.finding()))).toList();
        List<List<String>> settings = machine.settings().entrySet().stream()
                .map(s -> List.of(Html.escape(s.getKey()), Html.escape(s.getValue()))).toList();
        return Html.section("machine", "The machine", "And how it was measured.",
                "<div class=\"facts\">" + Html.table(List.of("", ""), facts) + "</div>\n<h3>Is it fit to measure?</h3>\n"
                        + Html.table(List.of("check", "verdict", "finding"), checks) + "<h3>Settings</h3>\n<div "
                        + "class=\"facts\">"
                        + Html.table(List.of("", ""), settings) + "</div>\n" + lines("Not measured", machine.failures())
                        + lines("What the forks said they ran", machine.forks()));
    }

    private static String lines(String title, List<String> lines) {
        return lines.isEmpty() ? "" : "<h3>" + title + "</h3>\n<ul class=\"lines\">"
                + lines.stream().map(line -> "<li>" + Html.escape(line) + "</li>\n").collect(Collectors.joining())
                + "</ul>\n";
    }
}
