package dev.samebits.cli;

import dev.samebits.cli.console.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code samebits bench}: hands everything to the tool of that name in the bench module, where that is on the class path. It
 * is not on that of the other commands, which have no use for the benchmarks and their libraries: see the launcher.
 */
@Command(
        name = "bench",
        description = "Measure this machine and draw a report, measure the goals, or compare two runs. See 'samebits bench "
        + "--help'.")
final class BenchCommand implements Callable<Integer> {
    private static final String TOOL = "samebits-bench";

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        ToolProvider tool = ToolProvider.findFirst(TOOL).orElseThrow(() -> new Problem(
                "the benchmarks are not on the class path", "bench", "run './samebits bench' where the project's sources "
                + "are"));
        // Through writers that show each line at once; those of the tool's own would keep them to the end.
        return tool.run(new PrintWriter(System.out, true), new PrintWriter(System.err, true),
                arguments.toArray(String[]::new));
    }
}
