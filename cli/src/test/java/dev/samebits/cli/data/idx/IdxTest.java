package dev.samebits.cli.data.idx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.cli.TestData;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.RecordSource;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.data.WorkSpace;
import dev.samebits.cli.file.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdxTest {
    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static void refused(byte[] file, String... words) {
        assertThatThrownBy(() -> {
            Input input = Input.of("t.idx", new ByteArrayInputStream(file));
            try (Source source = new RecordSource(input, Idx.header("t.idx", input.stream()), 2)) {
                Block block = new Block();
                while (source.take(block)) {
                    source.parser().parse(block, new WorkSpace());
                }
            }
        }).isInstanceOf(Problem.class).message().contains("t.idx").contains(words);
    }

    @Test
    void refusesDamage() {
        refused(bytes(1, 2, 8, 1, 0, 0, 0, 1, 9), "should start with the bytes 00 00, not 01 02 08 01");
        refused(bytes(0, 0, 8), "00 00 08");
        refused(bytes(0, 0, 13, 1, 0, 0, 0, 1, 9), "0x0d", "byte 3");
        refused(bytes(0, 0, 8, 0, 0, 0, 0, 1, 9), "0 dimensions");
        refused(bytes(0, 0, 8, 200, 0, 0, 0, 1, 9), "200 dimensions");
        refused(bytes(0, 0, 8, 2, 0, 0, 0, 1, 9), "header ends too early");
        refused(bytes(0, 0, 8, 1, 0, 0, 0, 0), "impossible shape 0");
        refused(bytes(0, 0, 8, 1, 255, 255, 255, 255, 1), "impossible shape -1");
        refused(bytes(0, 0, 8, 3, 0, 0, 0, 1, 127, 0, 0, 0, 127, 0, 0, 0, 1),
                "impossible shape 1 × 2130706432 × 2130706432");
        refused(bytes(0, 0, 8, 3, 0, 0, 0, 1, 128, 0, 0, 0, 128, 0, 0, 0, 1), "impossible shape");
        refused(bytes(0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2, 1, 2, 3, 4, 5), "ends after 2 of the 3 records", "row 3");
        refused(bytes(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5), "goes on after the 2 records");
    }

    @Test
    void truncationInsideGzipIsTold() throws IOException {
        byte[] packed = TestData.gzip(TestData.images());
        refused(Arrays.copyOf(packed, packed.length / 2), "truncated");
    }
}
