package dev.samebits.cli.model;

import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.SessionOptions;
import dev.samebits.cli.console.Problem;
import picocli.CommandLine.Option;

/** On what a command computes: the options {@code --backend} and {@code --threads}. */
public final class RunOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "Backend that computes; see 'samebits backends'. Default: the best one here. All give the "
                    + "same bits.")
    private String backend;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: one per core.")
    private Integer threads;

    public Backend backend() {
        return backend == null ? Backends.best() : Backends.named(backend);
    }

    public int threads() {
        int count = threads == null
                ? Math.min(Runtime.getRuntime().availableProcessors(), SessionOptions.MAX_THREADS)
                : threads;
        if (count < 1 || count > SessionOptions.MAX_THREADS) {
            throw new Problem("threads must be 1 to " + SessionOptions.MAX_THREADS + ", not " + count, "--threads",
                    "leave it out for one per core");
        }
        return count;
    }

    public SessionOptions session() {
        return SessionOptions.ofThreads(threads());
    }
}
