package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * The second half of an array's interface, which DJL keeps apart: some seventy methods of layers, pictures and optimizers,
 * of which arrays of plain numbers have four, so that a proxy refuses the others.
 */
final class ArrayExtras implements InvocationHandler {
    private final PlainArray array;

    private ArrayExtras(PlainArray array) {
        this.array = array;
    }

    static NDArrayEx of(PlainArray array) {
        return (NDArrayEx) Proxy.newProxyInstance(NDArrayEx.class.getClassLoader(), new Class<?>[] {NDArrayEx.class},
                new ArrayExtras(array));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "getArray" -> array;
            case "stack" -> Moves.stack(withThis((NDList) arguments[0]), axis(arguments));
            case "concat" -> Moves.concat(withThis((NDList) arguments[0]), axis(arguments));
            case "toTensor" -> Conversion.toTensor(array);
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> array.toString();
            default -> throw Unsupported.array();
        };
    }

    private static int axis(Object[] arguments) {
        return arguments.length == 1 ? 0 : (int) arguments[1];
    }

    private List<PlainArray> withThis(NDList others) {
        List<PlainArray> all = new ArrayList<>(others.size() + 1);
        all.add(array);
        for (NDArray other : others) {
            all.add((PlainArray) PlainManager.system().from(other));
        }
        return all;
    }
}
