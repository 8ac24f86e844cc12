package acme;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import java.util.Arrays;

/** The lines of README.md. */
final class Readme {
    private Readme() {}

    public static void main(String[] args) {
        // README.md
    }
}
