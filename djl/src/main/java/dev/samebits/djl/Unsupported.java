package dev.samebits.djl;

import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.StackWalker.StackFrame;
import java.util.Set;

/** What DJL can ask for and this engine cannot do: an exception that names it, and what to do instead. */
final class Unsupported {
    private static final Set<Class<?>> ARRAYS = Set.of(Unsupported.class, PlainArray.class, RefusingArray.class,
            PlainManager.class, RefusingManager.class, ArrayExtras.class, Conversion.class);

    private Unsupported() {}

    /**
     * An operation on arrays, by the name that its caller used: the outermost method of arrays and managers on the stack.
     * DJL's adapter sends most of what it knows of through one method, which cannot tell otherwise.
     */
    static UnsupportedOperationException array() {
        String name = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).walk(frames -> frames
                .takeWhile(frame -> isOfArrays(frame.getDeclaringClass())).map(StackFrame::getMethodName)
                .reduce((inner, outer) -> outer).orElseThrow());
        return toDjl(name, "compute it in Java on toFloatArray(), or with an NDManager of another engine");
    }

    private static boolean isOfArrays(Class<?> type) {
        return ARRAYS.contains(type.getNestHost()) || NDArrayEx.class.isAssignableFrom(type)
                || type.getPackageName().startsWith("ai.djl.ndarray");
    }

    static UnsupportedOperationException training(String name) {
        return toDjl(name, "train with dev.samebits.train.Sgd, or with another engine");
    }

    static UnsupportedOperationException toDjl(String name, String remedy) {
        return new UnsupportedOperationException(name + ": the engine Samebits cannot do it: " + remedy);
    }
}
