package dev.samebits.simd.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the tiles of the main sources to what {@link TileWriter} prints, to the byte. */
class TilesAreWrittenTest {
    private static final Path FOLDER = Path.of("src/main/java", TileWriter.class.getPackageName().replace('.', '/'));

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if ("write".equals(System.getProperty("samebits.tiles"))) {
            TileWriter.writeTo(FOLDER);
        }
    }

    @Test
    void everyFileIsWhatTheWriterPrints() throws IOException {
        for (Map.Entry<String, String> written : TileWriter.files().entrySet()) {
            Path file = FOLDER.resolve(written.getKey());
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as("%s: not what TileWriter prints: change it there, run this test with -Dsamebits.tiles=write", file)
                    .isEqualTo(written.getValue());
        }
    }

    @Test
    void noTileIsWrittenByHand() throws IOException {
        assertThat(TileWriter.filesIn(FOLDER)).as("tiles in %s: add what is missing to TileWriter", FOLDER)
                .containsExactlyInAnyOrderElementsOf(TileWriter.files().keySet());
    }
}
