package dev.samebits.cli.data.npy;

import static dev.samebits.cli.data.npy.NpyFile.file;
import static dev.samebits.cli.data.npy.NpyFile.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.SplitMix64;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.Parser;
import dev.samebits.cli.data.RecordSource;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.data.WorkSpace;
import dev.samebits.cli.file.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {
    @TempDir
    Path folder;

    private static float[] read(Input input, int rowsAtMost) throws IOException {
        float[] all = {};
        try (Source source = new RecordSource(input, Npy.header(input.name(), input.stream()), rowsAtMost)) {
            Block block = new Block();
            WorkSpace space = new WorkSpace();
            Parser parser = source.parser();
            while (source.take(block)) {
                block.clear();
                parser.parse(block, space);
                if (block.bad != null) {
                    throw source.problem(block, 0);
                }
                int old = all.length;
                all = Arrays.copyOf(all, old + block.rows * source.columns());
                System.arraycopy(space.x, 0, all, old, all.length - old);
            }
        }
        return all;
    }

    private static float[] read(byte[] file) throws IOException {
        return read(Input.of("t.npy", new ByteArrayInputStream(file)), 2);
    }

    private static void refused(byte[] file, String... words) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(Problem.class).message().contains("t.npy").contains(words)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "<f4, 1, 0000c03f000080c0", ">f4, 2, 3fc00000c0800000", "<f8, 3, 000000000000f83f00000000000010c0",
        ">f8, 1, 3ff8000000000000c010000000000000", "<f2, 1, 003e00c4"
    })
    void floatsOfEverySizeAndOrder(String type, int version, String hex) throws IOException {
        byte[] values = HexFormat.of().parseHex(hex);
        assertThat(read(file(version, header(type, "1, 2"), values))).containsExactly(1.5f, -4);
    }

    @ParameterizedTest
    @CsvSource({
        "|b1, 0001, 0, 1", "|i1, 80ff, -128, -1", "|u1, 80ff, 128, 255", "<i2, 0080ffff, -32768, -1",
        ">u2, 8000ffff, 32768, 65535",
        "<i4, 00000080ffffffff, -2147483648, -1", "<u4, 00000080ffffffff, 2147483648, 4294967295",
        "<i8, 0000000000000080ffffffffffffffff, -9223372036854775808, -1",
        "<u8, 0000000000000080ffffffffffffffff, 9223372036854775808, 18446744073709551615"
    })
    void integersAreRoundedToTheNearestFloat(String type, String hex, float first, float second) throws IOException {
        assertThat(read(file(1, header(type, "2,"), HexFormat.of().parseHex(hex)))).containsExactly(first, second);
    }

    @Test
    void everyHalfFloatIsExact() throws IOException {
        ByteBuffer values = ByteBuffer.allocate(2 * 63488).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 1 << 16; bits++) {
            if ((bits >> 10 & 31) != 31) {
                values.putShort((short) bits);
            }
        }
        float[] read = read(file(1, header("<f2", "63488, 1"), values.array()));
        for (int i = 0; i < read.length; i++) {
            int bits = values.getShort(2 * i) & 0xffff;
            int exponent = bits >> 10 & 31;
            double magnitude = exponent == 0 ? (bits & 1023) * Math.pow(2, -24)
                    : (1024 + (bits & 1023)) * Math.pow(2, exponent - 25);
            assertThat(read[i]).isEqualTo((float) (bits >> 15 == 0 ? magnitude : -magnitude));
        }
    }

    @Test
    void fileAndStreamAreTheSame() throws IOException {
        SplitMix64 random = new SplitMix64(5);
        ByteBuffer values = ByteBuffer.allocate(4 * 3 * 1001).order(ByteOrder.LITTLE_ENDIAN);
        float[] expected = new float[3 * 1001];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = random.nextFloat();
            values.putFloat(expected[i]);
        }
        byte[] bytes = file(1, header("<f4", "1001, 3"), values.array());
        Path file = Files.write(folder.resolve("a.npy"), bytes);
        assertThat(read(Input.open(file.toString()), 64)).isEqualTo(expected).isEqualTo(read(bytes));
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> read(Input.open(file.toString()), 64)).hasMessageContaining("ends after 1000 of the 1001");
    }

    @Test
    void valuesThatAreNotFiniteAreFoundWhereverTheyStand() {
        int columns = 21;
        for (int i = 0; i < columns; i++) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                ByteBuffer values = ByteBuffer.allocate(4 * columns).order(ByteOrder.LITTLE_ENDIAN);
                for (int j = 0; j < columns; j++) {
                    values.putFloat(j == i ? bad : Float.MAX_VALUE);
                }
                refused(file(1, header("<f4", "1, " + columns), values.array()), "' is not a finite number",
                        "row 1, column " + (i + 1));
            }
        }
    }

    private static String bad(String type, ByteBuffer values) throws IOException {
        byte[] file = file(1, header(type, "1, 3"), values.array());
        Input input = Input.of("t.npy", new ByteArrayInputStream(file));
        try (Source source = new RecordSource(input, Npy.header(input.name(), input.stream()), 2)) {
            Block block = new Block();
            assertThat(source.take(block)).isTrue();
            WorkSpace space = new WorkSpace();
            Parser parser = source.parser();
            parser.parse(block, space);
            assertThat(block.rows).isZero();
            parser.keepBad(block);
            return new String(block.rejected.bytes(), 0, block.rejected.length(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void badRowsKeepTheirDigits() throws IOException {
        assertThat(bad("<f8", ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e300).putDouble(0.1)
                .putDouble(0x1p-44))).isEqualTo("1.0E300,0.1,5.684341886080802E-14\n");
        assertThat(bad(">f8", ByteBuffer.allocate(24).putDouble(-1234567.875).putDouble(Double.NEGATIVE_INFINITY)
                .putDouble(Double.MIN_VALUE))).isEqualTo("-1234567.875,-Infinity,4.9E-324\n");
        assertThat(bad("<f4", ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.1f).putFloat(Float.NaN)
                .putFloat(-1e-40f))).isEqualTo("0.1,NaN,-1.0E-40\n");
        assertThat(bad("<f2", ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 0x3e00)
                .putShort((short) 0xfc00).putShort((short) 1))).isEqualTo("1.5,-Infinity,5.9604645E-8\n");
    }

    @Test
    void doublesAreWrittenAsShortAsTheyCanBeReadBack() {
        SplitMix64 random = new SplitMix64(6);
        for (int n = 0; n < 100_000; n++) {
            // Of all sizes; of few digits; and powers of two, whose neighbours are not equally near.
            double value = switch (n % 3) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt(100_000) * Math.pow(10, random.nextInt(30) - 15);
                default -> Math.scalb(1.0, random.nextInt(2000) - 1000);
            };
            String text = DoubleText.of(value);
            assertThat(Double.doubleToLongBits(Double.parseDouble(text))).isEqualTo(Double.doubleToLongBits(value));
            if (Runtime.version().feature() >= 19) {
                assertThat(text).isEqualTo(Double.toString(value));
            }
            assertThat(text.length()).isLessThanOrEqualTo(Double.toString(value).length());
        }
    }

    @Test
    void hostileHeaders() {
        byte[] none = {};
        refused(Arrays.copyOf(NpyFile.MAGIC, 7), "header ends too early");
        refused(file(9, header("<f4", "1, 1")), "version 9");
        refused(Arrays.copyOf(file(1, header("<f4", "1, 1")), 30), "header ends too early");
        byte[] huge = file(2, header("<f4", "1, 1"));
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
        refused(huge, "its own length as 4294967295 bytes");
        refused(file(1, header("<f4", "9223372036854775807, 2"), none), "impossible shape");
        refused(file(1, header("<f4", "4000000000000000000, 1000"), none), "impossible shape");
        refused(file(1, header("<f4", "999999999999999999, 1"), none), "ends after 0 of the 999999999999999999 records");
        refused(file(1, header("<f4", "2, 65536, 65536, 65536, 65536"), none), "impossible shape");
        refused(file(1, header("<f4", "2, 0"), none), "impossible shape");
        refused(file(1, header("<f4", ""), none), "no rows");
        refused(file(1, header("<f4", "2, -3"), none), "cannot be read");
        refused(file(1, header("<f4", "2, 3").replace("False", "True")), "Fortran order", "ascontiguousarray");
        refused(file(1, header("|O", "2, 3")), "type '|O'");
        refused(file(1, header("<c8", "2, 3")), "type '<c8'");
        refused(file(1, header("<f16", "2, 3")), "type '<f16'");
        refused(file(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }"), "named fields");
        refused(file(1, "__import__('os').system('touch pwned')"), "cannot be read");
        refused(file(1, header("<f4", "1, 1") + "+ evil()"), "cannot be read");
        refused(file(1, header("<f4", "1, 1").replace("'shape'", "'shape': (1,), 'shape'")), "cannot be read");
        refused(file(1, header("<f4", "(1), 1")), "cannot be read");
        refused(file(1, "{" + "(".repeat(60_000)), "cannot be read");
        refused(file(1, header("<f4", "2, 1"), new byte[7]), "ends after 1 of the 2 records");
        refused(file(1, header("<f4", "2, 1"), new byte[9]), "goes on after the 2 records");
        refused(file(1, header("<f4", "2, 1"), (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0xc0,
                (byte) 0x7f), "'NaN' is not a finite number", "row 2, column 1");
        // The largest double, which is infinite as a float.
        refused(file(1, header("<f8", "1, 2"), HexFormat.of().parseHex("0000000000000000ffffffffffffef7f")),
                "'1.7976931348623157E308' is beyond the range of floats", "row 1, column 2");
    }
}
