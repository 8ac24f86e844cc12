package dev.samebits.cli;

import dev.samebits.Availability;
import dev.samebits.Backends;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code samebits backends}. */
@Command(
        name = "backends",
        description = "List the backends found here, best first: what each runs on, or why it cannot and what to do.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class BackendsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.out.println(Version.java());
        Table table = new Table("backend", "available", "");
        for (Backends.Entry entry : Backends.report()) {
            if (entry.availability() instanceof Availability.Available available) {
                table.row(entry.name(), "yes", available.backend().device());
            } else if (entry.availability() instanceof Availability.Unavailable why) {
                table.row(entry.name(), "no", Problem.oneLine(why.reason()) + "; to mend: " + Problem.oneLine(why.remedy()));
            }
        }
        table.print(System.out);
        return 0;
    }
}
