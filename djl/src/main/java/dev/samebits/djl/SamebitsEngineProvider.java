package dev.samebits.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/**
 * How DJL finds the engine: by the service loader. Programs name the engine, as in {@code optEngine("Samebits")}, and need
 * not name this class. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SamebitsEngineProvider implements EngineProvider {
    /** The name for {@code Criteria.optEngine} and {@code Model.newInstance}. */
    public static final String ENGINE_NAME = "Samebits";

    // Behind those of DJL: where there is another engine, nobody gets this one without asking for it.
    static final int RANK = 20;

    /** For the service loader. */
    public SamebitsEngineProvider() {}

    @Override
    public String getEngineName() {
        return ENGINE_NAME;
    }

    @Override
    public int getEngineRank() {
        return RANK;
    }

    @Override
    public Engine getEngine() {
        return SamebitsEngine.INSTANCE;
    }
}
