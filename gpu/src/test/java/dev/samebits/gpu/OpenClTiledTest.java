package dev.samebits.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.tck.BackendUnderTest;
import dev.samebits.tck.KernelContract;
import dev.samebits.tck.SessionContract;
import dev.samebits.tck.TrainingContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Holds the program for graphics processors to the contracts that its tiles in local memory touch, on whatever device there
 * is. Run by a build step of its own, since the tiles are chosen once for a JVM.
 */
@EnabledIfSystemProperty(named = ChosenDevice.TILES, matches = "local")
class OpenClTiledTest {
    @Test
    void theTiledProgramRuns() {
        BackendUnderTest.named("opencl");
        assertThat(((OpenClBackend) Backends.named("opencl")).newQueue().program).isInstanceOf(TiledProgram.class);
    }

    @Nested
    class Kernel extends KernelContract {
        @Override
        protected String backend() {
            return "opencl";
        }
    }

    @Nested
    class Session extends SessionContract {
        @Override
        protected String backend() {
            return "opencl";
        }
    }

    @Nested
    class Training extends TrainingContract {
        @Override
        protected String backend() {
            return "opencl";
        }
    }
}
