package dev.samebits.cli.file;

import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.onnx.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one run, which are looked at before any of them is opened. Two that are written and are one file would lose
 * one of them. A file that is read and written would be gone when the run is over: then nothing could be done again after a
 * mistake, and a mistake it is nearly always, since models, data and predictions are not of one kind. Not thread-safe.
 */
public final class RunFiles {
    private static final Path NOWHERE = Path.of("/dev/null");

    private record Role(String option, Path place) {}

    private final List<Role> read = new ArrayList<>();
    private final List<Role> written = new ArrayList<>();

    /** A file that an option has read; {@code -} is stdin. */
    public RunFiles reads(String option, Path file) {
        boolean standard = file.toString().equals(Descriptor.STANDARD);
        read.add(new Role(option, standard ? Descriptor.path(Descriptor.IN) : file));
        return this;
    }

    /**
     * A file that an option has written; {@code -} is stdout. What is read must be named before.
     *
     * @throws Problem if nothing can be written there, or it is a file of another option
     */
    public RunFiles writes(String option, Path file) {
        Path place = checked(file);
        for (Role other : read) {
            // A terminal or a socket is read and written.
            if (Files.isRegularFile(place) && same(place, other.place())) {
                throw new Problem(option + " would replace what " + other.option() + " reads", Destination.name(file)
                        .toString(), "write to another file");
            }
        }
        for (Role other : written) {
            if (same(place, other.place()) && !same(place, NOWHERE)) {
                throw new Problem(option + " and " + other.option() + " would be one file", Destination.name(file)
                        .toString(), "write them to two files");
            }
        }
        written.add(new Role(option, place));
        return this;
    }

    private static Path checked(Path file) {
        // Java has put this in place of bytes that are no text here: the file would be called otherwise than was asked for.
        if (file.toString().indexOf('\uFFFD') >= 0) {
            throw new Problem("this name is not in the locale's character set", file.toString(), "give another, in UTF-8");
        }
        try {
            int descriptor = Descriptor.of(file);
            if (descriptor >= 0) {
                return Descriptor.path(descriptor);
            }
            AtomicFile.check(file);
            return AtomicFile.target(file);
        } catch (IOException e) {
            throw Problem.writing(file, e);
        }
    }

    // By the file itself, so that a hard link or another spelling is found out, or by its name where there is none yet.
    private static boolean same(Path a, Path b) {
        try {
            return a.equals(b) || Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }
}
