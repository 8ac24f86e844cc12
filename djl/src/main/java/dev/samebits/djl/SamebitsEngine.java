package dev.samebits.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.SymbolBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterServer;
import ai.djl.training.optimizer.Optimizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Samebits as DJL sees it: networks from ONNX files, for prediction, on the processor. */
final class SamebitsEngine extends Engine {
    static final SamebitsEngine INSTANCE = new SamebitsEngine();

    private SamebitsEngine() {}

    /** None: what another engine computes has other bits. */
    @Override
    public @Nullable Engine getAlternativeEngine() {
        return null;
    }

    @Override
    public String getEngineName() {
        return SamebitsEngineProvider.ENGINE_NAME;
    }

    @Override
    public int getRank() {
        return SamebitsEngineProvider.RANK;
    }

    @Override
    public String getVersion() {
        Properties properties = new Properties();
        try (InputStream in = SamebitsEngine.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties cannot be read from the jar of Samebits", e);
        }
        return properties.getProperty("version");
    }

    @Override
    public boolean hasCapability(String capability) {
        return false;
    }

    @Override
    public Model newModel(String name, @Nullable Device device) {
        return new SamebitsModel(name, newBaseManager(device));
    }

    @Override
    public NDManager newBaseManager() {
        return PlainManager.system().newSubManager();
    }

    @Override
    public NDManager newBaseManager(@Nullable Device device) {
        return PlainManager.system().newSubManager(device);
    }

    @Override
    public SymbolBlock newSymbolBlock(NDManager manager) {
        throw Unsupported.toDjl("newSymbolBlock", "load an ONNX file with Model.load");
    }

    @Override
    public GradientCollector newGradientCollector() {
        throw Unsupported.training("newGradientCollector");
    }

    @Override
    public ParameterServer newParameterServer(Optimizer optimizer) {
        throw Unsupported.training("newParameterServer");
    }
}
