package dev.samebits.cli.train;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.file.Destination;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.train.Checkpoint;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import dev.samebits.train.TrainingResult;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/**
 * Trainings that can be broken off and go on: the options {@code --checkpoint} and {@code --resume}. A file has a checkpoint
 * for each training of the command, one behind the other: those that are over, and the one that is not.
 */
final class Continuing {
    // Between two writes: epochs may be much shorter.
    private static final long NANOSECONDS = 1_000_000_000L;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Keep in this file all that --resume needs to go on: after each epoch, at most once a second, and "
                    + "at Ctrl-C. Default: the file of --resume, or none.")
    private Path given;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Go on from this checkpoint of the same command, on any backend and number of threads, to the "
                    + "same bits as if it had never been broken off.")
    private Path resume;

    // Those of the file that is gone on from; then, of this run, those of trainings that are over.
    private final List<Checkpoint> resumed = new ArrayList<>();
    private final List<Checkpoint> over = new ArrayList<>();
    private Checkpoint present;
    private boolean isWritten = true;
    private long lastWrite;

    /** Names the files. */
    void files(RunFiles files) {
        if (resume != null) {
            files.reads("--resume", resume);
        }
        // What is gone on from is kept up to date in its place, unless there is another.
        if (given != null && !given.equals(resume)) {
            files.writes("--checkpoint", given);
        }
    }

    private Path file() {
        return given != null ? given : resume;
    }

    /** Reads the checkpoint to go on from, if there is one, before the data are read. */
    void read() {
        if (resume == null) {
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(resume))) {
            do {
                resumed.add(Checkpoint.read(in));
                in.mark(1);
                if (in.read() < 0) {
                    return;
                }
                in.reset();
            } while (true);
        } catch (FileSystemException e) {
            throw Problem.reading(resume.toString(), e);
        } catch (IOException e) {
            throw new Problem("cannot go on from this file, " + e.getMessage(), resume.toString(),
                    "give one that --checkpoint has written, or leave out --resume");
        }
    }

    /** Epochs that the next training has behind it. */
    int done() {
        return over.size() < resumed.size() ? resumed.get(over.size()).epochs().size() : 0;
    }

    /**
     * Trains, from where it was broken off.
     *
     * @param progress closed if the program is broken off
     */
    TrainingResult fit(Sgd sgd, TrainingRequest request, Progress progress) {
        TrainingRequest asked = request;
        present = null;
        if (over.size() < resumed.size()) {
            present = resumed.get(over.size());
            asked = asked.withResumed(present);
            System.out.println("goes on  after epoch " + present.epochs().size() + ", from " + resume);
        }
        if (file() != null) {
            asked = asked.withCheckpoints(this::keep);
        }
        Thread hook = new Thread(() -> breakOff(progress), "samebits-checkpoint");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            TrainingResult result = sgd.fit(asked);
            over(present);
            return result;
        } catch (IllegalArgumentException e) {
            throw done() == 0 ? e : new Problem("cannot go on from " + resume, String.valueOf(e.getMessage()));
        } finally {
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is being broken off; the hook has the last word.
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void keep(Supplier<Checkpoint> checkpoint) {
        present = checkpoint.get();
        isWritten = false;
        if (lastWrite == 0 || System.nanoTime() - lastWrite >= NANOSECONDS) {
            write();
        }
    }

    // The last one of a training is what the next one begins behind.
    private synchronized void over(Checkpoint last) {
        if (last != null) {
            if (!isWritten) {
                write();
            }
            over.add(last);
        }
        present = null;
    }

    private void write() {
        try (Destination whole = Destination.open(file())) {
            for (Checkpoint checkpoint : over) {
                checkpoint.write(whole.stream());
            }
            present.write(whole.stream());
            whole.commit();
        } catch (IOException e) {
            throw Problem.writing(file(), e);
        }
        isWritten = true;
        lastWrite = System.nanoTime();
    }

    // At Ctrl-C and its kind.
    private synchronized void breakOff(Progress progress) {
        progress.close();
        int epochs = present == null ? 0 : present.epochs().size();
        if (file() == null) {
            System.err.println("samebits: stopped, and nothing was saved: samebits train: give --checkpoint FILE, so that "
                    + "it can go on");
            return;
        }
        try {
            if (!isWritten) {
                write();
            }
        } catch (Problem e) {
            System.err.println("samebits: " + e.getMessage());
            return;
        }
        boolean nothing = epochs == 0 && over.isEmpty();
        System.err.println("samebits: stopped " + (nothing ? "in the first epoch, of which nothing is kept"
                : "after epoch " + epochs) + ": " + file() + ": give the same command "
                + (nothing ? "again" : "with --resume " + file() + " to go on"));
    }
}
