package dev.samebits.cli.predict;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.model.RunOptions;
import dev.samebits.cli.predict.Verdict.Finding;
import dev.samebits.cli.receipt.Keys;
import dev.samebits.cli.receipt.Receipts;
import dev.samebits.cli.receipt.Receipts.Found;
import dev.samebits.cli.receipt.Receipts.Trust;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samebits replay}: whether what a receipt tells of comes out again. */
@Command(
        name = "replay",
        description = {
            "Compute what a receipt of 'samebits predict --receipt' tells of anew, and compare.",
            "Says REPRODUCED (exit code 0), DIVERGED (1), TAMPERED (4) or INCONCLUSIVE (5), and why; 2 is bad input."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECEIPT", description = "The receipt.")
    private Path receipt;

    @Option(names = "--model", paramLabel = "FILE", description = "The model of the receipt.")
    private Path model;

    @Option(names = "--data", paramLabel = "FILE", description = "The data of the receipt; '-' for stdin.")
    private String data;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The output of the receipt, to see where what is computed differs.")
    private Path output;

    @Option(
            names = "--verify-key",
            paramLabel = "FILE",
            description = "The public key of Ed25519 (PEM) that the receipt must be signed with.")
    private Path verifyKey;

    @Mixin
    private RunOptions run;

    @Override
    public Integer call() {
        Found found = Receipts.read(receipt, verifyKey == null ? null : Keys.verifying(verifyKey));
        if (found.trust() == Trust.UNCHECKED) {
            System.err.println("samebits: note: " + Problem.oneLine(receipt
                    + ": it is signed, and by whom was not looked at: give --verify-key"));
        }
        Finding finding = new Replay(receipt, found, model, data, output, run).finding();
        System.out.println(finding.verdict() + ": " + Problem.oneLine(finding.reason()) + ": " + receipt);
        return finding.verdict().exitCode();
    }
}
