package dev.samebits.cli.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.cli.TestData;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDataTest {
    @TempDir
    Path folder;

    @Test
    void mappedAndUnpackedDataAreTheSame() throws IOException {
        Path plain = TestData.write(folder, "a-images-idx3-ubyte", TestData.images());
        Path packed = TestData.write(folder, "b-images-idx3-ubyte.gz", TestData.gzip(TestData.images()));
        Path labels = TestData.write(folder, "labels", TestData.labels());
        IdxData a = IdxData.of(Input.open(plain.toString()), Input.open(labels.toString()), 10);
        IdxData b = IdxData.of(Input.open(packed.toString()), Input.open(labels.toString()), 0);
        assertThat(a.size()).isEqualTo(TestData.IMAGES).isEqualTo(b.size());
        assertThat(b.labels()).hasSize(10);
        float[] x = new float[TestData.PIXELS + 3];
        float[] y = new float[TestData.PIXELS + 3];
        byte[] bytes = TestData.images();
        for (int n = TestData.IMAGES - 1; n >= 0; n--) {
            a.readInputs(n, x, 3);
            b.readInputs(n, y, 3);
            assertThat(x).isEqualTo(y);
            assertThat(x[3 + 400]).isEqualTo((bytes[16 + n * TestData.PIXELS + 400] & 0xff) / 255f);
            assertThat(a.readClass(n)).isEqualTo(TestData.labels()[8 + n]);
        }
    }

    @Test
    void labelsMustFitTheImages() throws IOException {
        String images = TestData.write(folder, "images", TestData.images()).toString();
        byte[] tooMany = Arrays.copyOf(TestData.labels(), 8 + TestData.IMAGES + 1);
        ByteBuffer.wrap(tooMany).putInt(4, TestData.IMAGES + 1);
        String labels = TestData.write(folder, "labels", tooMany).toString();
        assertThatThrownBy(() -> IdxData.of(Input.open(images), Input.open(labels), 0))
                .isInstanceOf(Problem.class).hasMessageContaining("found 401 labels for the 400 images of " + images);
        String good = TestData.write(folder, "good", TestData.labels()).toString();
        assertThatThrownBy(() -> IdxData.of(Input.open(images), Input.open(good), 9))
                .isInstanceOf(Problem.class).hasMessageContaining("the label 9 is not one of the classes 0 to 8")
                .hasMessageContaining(good + ", row 1");
    }
}
