package dev.samebits.cli.inspect;

import dev.samebits.Arithmetic;
import dev.samebits.Availability;
import dev.samebits.Backends;
import dev.samebits.cli.console.Failures;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Table;
import dev.samebits.cli.console.Version;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code samebits backends}. */
@Command(
        name = "backends",
        description = "List the backends found here, best first: what each runs on, or why it cannot and what to do.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class BackendsCommand implements Callable<Integer> {
    @Option(
            names = "--check",
            description = "Also say whether this machine is fit to measure speed on; exit code 1 if it is not.")
    private boolean check;

    @Override
    public Integer call() {
        System.out.println(Version.java() + ", arithmetic " + Arithmetic.number());
        Table table = new Table("backend", "available", "");
        for (Backends.Entry entry : Backends.report()) {
            if (entry.availability() instanceof Availability.Available available) {
                table.row(entry.name(), "yes", available.backend().device());
            } else if (entry.availability() instanceof Availability.Unavailable why) {
                table.row(entry.name(), "no", Problem.oneLine(why.reason()) + "; to mend: " + Problem.oneLine(why.remedy()));
            }
        }
        table.print(System.out);
        return check ? check() : 0;
    }

    private static int check() {
        List<MachineCheck> checks = MachineCheck.all();
        Table table = new Table("check", "verdict", "");
        checks.forEach(found -> table.row(found.name(), found.verdict().toString(), found.finding()));
        System.out.println();
        table.print(System.out);
        System.out.println();
        long unfit = checks.stream().filter(found -> found.verdict() == MachineCheck.Verdict.UNFIT).count();
        long cautions = checks.stream().filter(found -> found.verdict() == MachineCheck.Verdict.CAUTION).count();
        System.out.println(unfit > 0 ? "Not fit to measure." : cautions > 0
                ? "Fit to compare what is measured in one run; absolute numbers will vary." : "Fit to measure.");
        return unfit > 0 ? Failures.DIFFERENT : 0;
    }
}
