package dev.samebits;

import dev.samebits.spi.BackendProvider;
import java.util.Locale;

/** Providers that fail, each at another call. */
final class BrokenProviders {
    private BrokenProviders() {}

    /** Fails before it can say its name. */
    public static final class FailsToStart extends Broken {
        private static final int LOST = Integer.parseInt("lost");

        @Override
        public int rank() {
            return LOST;
        }
    }

    /** Fails when it is made. */
    public static final class FailsToBeMade extends Broken {
        public FailsToBeMade() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Fails to say its rank. */
    public static final class FailsToRank extends Broken {
        @Override
        public int rank() {
            throw new AbstractMethodError("rank");
        }
    }

    /** Fails in its probe, as one does whose jar is older than core. */
    public static final class FailsToProbe extends Broken {
        @Override
        public Availability probe() {
            throw new NoSuchMethodError("void open(int)");
        }
    }

    /** Gives no answer. */
    public static class Broken implements BackendProvider {
        @Override
        public String name() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }

        @Override
        public int rank() {
            return 7;
        }

        @Override
        public Availability probe() {
            return null;
        }
    }
}
