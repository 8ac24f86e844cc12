package dev.samebits.simd.vector;

import dev.samebits.Activation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Locale;

/**
 * Methods behind a wall that the compiler does not see through: handles in an array are no constants to it, so it compiles
 * each method by itself and only calls it. Two loops of vectors that a network uses in turn, say tanh and logistic,
 * otherwise come together in the method that chooses between them; there the compiler reaches its limit of nodes, and every
 * vector of one of the loops becomes an object.
 */
final class Unseen {
    private Unseen() {}

    /**
     * For each kind of activation the holder's static method of its name, {@code geluTanh} for {@code GELU_TANH}; null for
     * PReLU, which takes slopes and so has a method of its own.
     */
    static MethodHandle[] loops(MethodHandles.Lookup holder, MethodType type) {
        Activation.Kind[] kinds = Activation.Kind.values();
        MethodHandle[] handles = new MethodHandle[kinds.length];
        for (Activation.Kind kind : kinds) {
            if (kind != Activation.Kind.PRELU) {
                handles[kind.ordinal()] = loop(holder, methodName(kind), type);
            }
        }
        return handles;
    }

    /** The holder's static method of this name. */
    static MethodHandle loop(MethodHandles.Lookup holder, String name, MethodType type) {
        try {
            return holder.findStatic(holder.lookupClass(), name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String methodName(Activation.Kind kind) {
        StringBuilder name = new StringBuilder();
        for (String word : kind.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.length() == 0 ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    /** What a call through a handle threw. */
    static RuntimeException thrown(Throwable t) {
        if (t instanceof RuntimeException e) {
            throw e;
        }
        if (t instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(t);
    }
}
