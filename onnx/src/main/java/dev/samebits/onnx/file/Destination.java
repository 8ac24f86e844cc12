package dev.samebits.onnx.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where what is written to a path really goes: behind its links, the last of which may lead to a file that is still to be
 * made.
 *
 * @param place the file, absolute and without links
 * @param stream whether it is a device, a pipe or an open descriptor, in place of which no file may be put
 */
record Destination(Path place, boolean stream) {
    private static final int MOST_LINKS = 40;
    // Links to what a process has open. Even where that is a file, others may go on writing to it.
    private static final Pattern DESCRIPTORS = Pattern.compile("/dev/fd|/proc/\\d+(/task/\\d+)?/fd");

    /**
     * Follows a path.
     *
     * @throws NoSuchFileException if the folder is missing
     * @throws FileSystemException if it is a folder itself, or its links lead around in a circle
     */
    static Destination of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "this is a directory: name a file in it");
        }
        Path at = path.toAbsolutePath();
        for (int links = 0; links < MOST_LINKS; links++) {
            if (!Files.isDirectory(at.getParent())) {
                throw new NoSuchFileException(at.getParent().toString(), null,
                        "there is no such directory: create it first");
            }
            Path folder = at.getParent().toRealPath();
            Path place = folder.resolve(at.getFileName());
            if (DESCRIPTORS.matcher(folder.toString()).matches()) {
                return new Destination(place, true);
            }
            if (!Files.isSymbolicLink(place)) {
                return new Destination(place, Files.exists(place) && !Files.isRegularFile(place));
            }
            at = folder.resolve(Files.readSymbolicLink(place));
        }
        throw new FileSystemException(path.toString(), null, "its links lead around in a circle");
    }
}
