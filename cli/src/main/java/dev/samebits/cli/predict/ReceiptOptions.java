package dev.samebits.cli.predict;

import dev.samebits.Arithmetic;
import dev.samebits.Backend;
import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.receipt.Keys;
import dev.samebits.cli.receipt.Predicate;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Option;

/** On what a run leaves to show what it did: the options {@code --receipt} and {@code --sign-key}. */
final class ReceiptOptions {
    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            description = "Also write a receipt of the run, JSON, which 'samebits replay' holds against model, data and "
                    + "output.")
    private Path receipt;

    @Option(
            names = "--sign-key",
            paramLabel = "FILE",
            description = "Sign the receipt with this key of Ed25519 (PKCS#8 in PEM).")
    private Path signKey;

    boolean isWanted() {
        return receipt != null;
    }

    /** Names the file that is read. */
    void reads(RunFiles files) {
        if (signKey != null) {
            if (receipt == null) {
                throw new Problem("there is no receipt to sign", "--sign-key", "give --receipt with it");
            }
            files.reads("--sign-key", signKey);
        }
    }

    /** Names the file that is written. */
    void writes(RunFiles files) {
        if (receipt != null) {
            files.writes("--receipt", receipt);
        }
    }

    /** Starts to write it, having read the key; where none is wanted, what does nothing. */
    ReceiptFile open() {
        return receipt == null ? ReceiptFile.none()
                : ReceiptFile.open(receipt, signKey == null ? null : Keys.signing(signKey));
    }

    /** What is to be said of a run that is over. */
    static Predicate predicate(ModelFile model, DataRows data, Predicate.Settings settings, Prediction prediction,
            Backend backend, int threads) {
        String name = data.data().equals(Descriptor.STANDARD) ? "stdin" : ModelFile.name(Path.of(data.data()));
        return new Predicate(model.described(), new Predicate.Data(name, data.digest()), settings, prediction.rows(),
                prediction.badRows(), prediction.fingerprint() == null ? null : prediction.fingerprint().toString(),
                Arithmetic.number(), Version.library(), new Predicate.Backend(backend.name(), backend.device(), threads),
                Version.java(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
