package dev.samebits.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.tck.BackendContracts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Holds the program for graphics processors to the contracts that its tiles in local memory touch, on whatever device there
 * is. Run by a build step of its own, since the tiles are chosen once for a JVM, and with the tag {@code products} alone.
 */
@EnabledIfSystemProperty(named = ChosenDevice.TILES, matches = "local")
class OpenClTiledTest extends BackendContracts {
    @Test
    @Tag("products")
    void theTiledProgramRuns() {
        assertThat(((OpenClBackend) underTest()).newRunner().program).isInstanceOf(TiledProgram.class);
    }

    @Override
    protected String backend() {
        return "opencl";
    }
}
