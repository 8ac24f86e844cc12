package dev.samebits.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.loss.Loss;
import ai.djl.util.PairList;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What arrays, managers, models and blocks cannot do throws, and the message begins with its name. */
class UnsupportedTest {
    private final NDManager manager = Engine.getEngine("Samebits").newBaseManager();
    private final NDArray array = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
    private final Map<Class<?>, Object> arguments = new HashMap<>();

    {
        arguments.putAll(Map.of(NDArray.class, array, NDManager.class, manager, NDList.class, new NDList(array),
                int.class, 0, long.class, 1L, boolean.class, false, float.class, 1f, double.class, 1.0,
                byte.class, (byte) 1));
        arguments.putAll(Map.of(Number.class, 1, Integer.class, 0, Shape.class, new Shape(3, 2), DataType.class,
                DataType.FLOAT32, int[].class, new int[] {0}, long[].class, new long[] {1}, float[].class, new float[6],
                Buffer.class, FloatBuffer.allocate(6), NDIndex.class, new NDIndex(0), Device.class, Device.cpu()));
        arguments.putAll(Map.of(String.class, "1", Object[].class, new Object[0], Charset.class, StandardCharsets.UTF_8,
                Function.class, Function.identity(), SparseFormat.class, SparseFormat.CSR, Path.class, Path.of("x"),
                PairList.class, new PairList<>()));
        arguments.put(InputStream.class, new ByteArrayInputStream(array.encode()));
        arguments.put(byte[].class, array.encode());
    }

    private Object argument(Class<?> type) {
        Object value = arguments.get(type);
        if (value == null && type.isArray()) {
            value = Array.newInstance(type.getComponentType(), 1);
            Array.set(value, 0, argument(type.getComponentType()));
        }
        return value;
    }

    /** Calls every method of an interface, and gives the names of those that are supported in some form. */
    private Set<String> supported(Class<?> type, Object target, Set<String> left) throws ReflectiveOperationException {
        Set<String> supported = new TreeSet<>();
        int refused = 0;
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || left.contains(method.getName())) {
                continue;
            }
            Object[] values = new Object[method.getParameterCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = argument(method.getParameterTypes()[i]);
            }
            try {
                method.invoke(target, values);
                supported.add(method.getName());
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof UnsupportedOperationException) {
                    assertThat(e.getCause()).as(method.toString()).message()
                            .startsWith(method.getName() + ": the engine Samebits").hasLineCount(1);
                    refused++;
                } else {
                    // A type or value that this method cannot have.
                    assertThat(e.getCause()).as(method.toString()).isInstanceOfAny(
                            IllegalStateException.class, IllegalArgumentException.class);
                }
            }
        }
        assertThat(refused).isGreaterThan(10);
        return supported;
    }

    @Test
    void arrays() throws Exception {
        assertThat(supported(NDArray.class, array, Set.of("close", "attach", "tempAttach", "detach")))
                .contains("reshape", "get", "split", "squeeze", "toType", "stack", "concat", "set", "duplicate")
                .doesNotContain("add", "addi", "matMul", "max", "argMax", "intern", "exp", "transpose", "topK", "mean");
        assertThat(supported(NDArrayEx.class, array.getNDArrayInternal(), Set.of()))
                .containsExactlyInAnyOrder("getArray", "stack", "concat");
    }

    @Test
    void managers() throws Exception {
        assertThat(supported(NDManager.class, manager, Set.of("close", "attachInternal", "attachUncappedInternal",
                "tempAttachInternal", "detachInternal", "cap", "attachAll", "tempAttachAll", "ret")))
                .contains("create", "zeros", "ones", "from", "decode", "newSubManager")
                .doesNotContain("load", "arange", "randomUniform", "getManagedArrays", "createCSR");
    }

    private static void assertNamed(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UnsupportedOperationException.class).message()
                .startsWith(name + ": the engine Samebits cannot do it: ").hasLineCount(1);
    }

    @Test
    void theCallersWordIsUsed() {
        assertNamed("add", () -> NDArrays.add(array, array));
        assertNamed("resize", () -> NDImageUtils.resize(array, 2));
        assertNamed("get", () -> array.get(array));
        assertNamed("truncatedNormal", () -> manager.truncatedNormal(new Shape(2)));
        assertNamed("toType", () -> array.toType(DataType.INT8, false));
        assertNamed("split", () -> array.split(3, 1));
        assertNamed("an NDArray of bfloat16".replace("bfloat16", DataType.STRING.toString()),
                () -> manager.zeros(new Shape(1), DataType.STRING));
    }

    @Test
    void modelsAndBlocks() throws Exception {
        try (Model model = Model.newInstance("iris", "Samebits")) {
            model.load(Iris.MODEL);
            assertNamed("newTrainer", () -> model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss())));
            assertNamed("save", () -> model.save(Path.of("x"), "x"));
            assertNamed("cast", () -> model.cast(DataType.FLOAT64));
            assertNamed("quantize", model::quantize);
            assertNamed("setDataType float64", () -> model.setDataType(DataType.FLOAT64));
            assertNamed("getArtifactNames", model::getArtifactNames);
            Block block = model.getBlock();
            assertNamed("forward in training",
                    () -> block.forward(new ParameterStore(manager, false), new NDList(array), true));
            assertNamed("getParameters", block::getParameters);
            assertNamed("getDirectParameters", block::getDirectParameters);
            assertNamed("initialize", () -> block.initialize(manager, DataType.FLOAT32, new Shape(1, 4)));
            assertNamed("setInitializer", () -> block.setInitializer(Initializer.ONES, Parameter.Type.WEIGHT));
            Predicate<Parameter> all = parameter -> true;
            assertNamed("setInitializer", () -> block.setInitializer(Initializer.ONES, all));
            assertNamed("clear", block::clear);
            assertNamed("cast", () -> block.cast(DataType.FLOAT64));
            assertNamed("saveParameters", () -> block.saveParameters(null));
            assertNamed("loadParameters", () -> block.loadParameters(manager, null));
            assertNamed("removeLastBlock", ((SymbolBlock) block)::removeLastBlock);
            assertNamed("newSymbolBlock", () -> SymbolBlock.newInstance(manager));
            assertNamed("newGradientCollector", Engine.getEngine("Samebits")::newGradientCollector);
            assertNamed("newParameterServer", () -> Engine.getEngine("Samebits").newParameterServer(null));
            assertThat(List.of(block.getOutputDataTypes())).containsExactly(DataType.FLOAT32);
        }
    }
}
