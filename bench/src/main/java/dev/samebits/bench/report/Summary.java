package dev.samebits.bench.report;

import dev.samebits.bench.results.Allocation;
import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Results;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** The results as a table for a terminal, and whether they passed the gate on garbage. */
public final class Summary {
    private final Results results;

    public Summary(Results results) {
        this.results = results;
    }

    /**
     * Prints the table.
     *
     * @return whether no hot path allocates
     */
    public boolean print(PrintWriter out) {
        TextTable table = new TextTable("benchmark", "JDK", "time", "forks from", "to", "GFLOP/s", "GB/s", "");
        for (Entry e : results.entries()) {
            double[] range = Limits.range(e.nanos());
            table.row(e.name(), e.feature(), Entry.time(e.median()), Entry.time(range[0]), Entry.time(range[1]),
                    e.cost().flops() > 0 ? Entry.number(Entry.median(e.gflops())) : "",
                    e.cost().bytes() > 0 ? Entry.number(Entry.median(e.gigabytes())) : "",
                    e.isSteady() ? "" : "◆ forks disagree");
        }
        table.print(out);
        List<Entry> judged = results.entries().stream().filter(Allocation::isJudged).toList();
        List<Entry> failed = judged.stream().filter(e -> !Allocation.passes(e)).toList();
        out.println();
        for (Entry e : failed) {
            out.println("ALLOCATES: " + e.name() + ", JDK " + e.feature() + ": "
                    + Entry.number(Arrays.stream(Allocation.bytes(e)).max().orElseThrow()) + " bytes a call");
        }
        if (failed.isEmpty() && !judged.isEmpty()) {
            out.println("No hot path allocates (" + judged.size() + " judged).");
        }
        out.println("From fast to slow, by GFLOP/s or GB/s: " + new OrderSection(results).text()
                + " Those that are not are named in the report.");
        return failed.isEmpty();
    }
}
