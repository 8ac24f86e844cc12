package dev.samebits.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samebits.cli.TestData;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.csv.CsvOptions;
import dev.samebits.cli.data.csv.CsvTable;
import dev.samebits.cli.file.Input.Format;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a file is, and that it may be a pipe. */
class InputTest {
    @TempDir
    Path folder;

    private static Format format(byte[] bytes) throws IOException {
        Input input = Input.of("t", new ByteArrayInputStream(bytes));
        assertThat(input.stream().readAllBytes()).isEqualTo(bytes);
        return input.format();
    }

    private static CsvTable table(byte[] bytes) throws IOException {
        return new CsvTable(Input.of("t", new ByteArrayInputStream(bytes)),
                CommandLine.populateCommand(new CsvOptions(), "--header", "AUTO"));
    }

    private static void refused(byte[] bytes, String... words) {
        for (byte[] file : List.of(bytes, packed(bytes))) {
            assertThatThrownBy(() -> table(file)).isInstanceOf(Problem.class).message().contains(words).contains(": t");
        }
    }

    private static byte[] packed(byte[] bytes) {
        try {
            return TestData.gzip(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("application/vnd.oasis".getBytes(StandardCharsets.US_ASCII));
            }
        }
        return bytes.toByteArray();
    }

    // As bzip2, xz, zstd, lz4 and compress pack "1,2\n"; and the starts of the others.
    @ParameterizedTest
    @CsvSource({
        "bzip2, 425a6839314159265359d5d5e2b8", "bzip2, 425a683131415926535900", "xz, fd377a585a000004e6d6b446",
        "zstd, 28b52ffd0458210000312c320a", "lz4, 04224d186440a704", "compress (.Z), 1f9d90315864500a", "lzip, 4c5a495001",
        "7z, 377abcaf271c0004", "RAR, 526172211a070100", "HDF5, 894844460d0a1a0a00", "Avro, 4f626a0104",
        "Arrow, 4152524f57310000ff",
        "Feather, 4645413100000000", "ORC, 4f52430a0b0a0300", "Office, d0cf11e0a1b11ae10000", "Parquet, 5041523115041510",
        "PDF, 255044462d312e370a", "a binary file, 8004950b00000000", "a binary file, 080712000a0b",
        "UTF-16, 31002c0032000a00",
        "a binary file, 89504e470d0a1a0a0000000d", "a zip archive without files, 504b050600000000"
    })
    void otherFormatsAreNamed(String what, String hex) {
        refused(HexFormat.of().parseHex(hex), "this is ", what);
    }

    @Test
    void archivesAreLookedInto() throws IOException {
        refused(zip("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "an Excel file", "save it as CSV");
        refused(zip("docProps/app.xml", "xl/theme/theme1.xml"), "an Excel file");
        refused(zip("x.npy"), "a zip archive, such as an .npz file");
        byte[] tar = new byte[1024];
        System.arraycopy("x.csv".getBytes(StandardCharsets.US_ASCII), 0, tar, 0, 5);
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        refused(tar, "this is a tar archive");
        assertThatThrownBy(() -> table(packed(packed(tar)))).hasMessageContaining("packed with gzip twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "ARFF~% made by hand||@Relation iris|@attribute a numeric|@data|1,2", "ARFF~@relation x|@data|1,2",
        "libsvm~+1 1:0.5 3:-2|-1 2:1",
        "libsvm~3.5 qid:1 1:0.5 3:-2", "libsvm~-1 7:.5", "JSON~[{\"a\": 1}]", "JSON~{\"a\": 1, \"b\": 2}|{\"a\": 3}",
        "JSON~[[1, 2], [3, 4]]",
        "JSON~{|\"a\": 1}", "HTML or XML~<!DOCTYPE html>|<html>", "HTML or XML~<?xml version=\"1.0\"?>|<a/>"
    })
    void otherTextIsNamed(String what, String text) {
        refused(text.replace('|', '\n').getBytes(StandardCharsets.UTF_8), "this is ", what);
    }

    /** Text that only starts as other formats do. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "1,2", "B", "BZh,a|1,2", "P,K|1,2", "PARAMETER|1", "PAR|1", "7z,a|1,2", "Rar,b", "LZ", "ORC,b|1,2", "Object,b",
        "ARROW,x", "FEAT",
        "(a),b", "2024 10:30,5", "%fat,age|1,2", "@home,b|1,2", "[mV],b|1,2", "{a},{b}|1,2", "<5,>5|1,2", "\u00b5g,b|1,2",
        "(\u00b5/m),b"
    })
    void csvIsCsv(String text) throws IOException {
        byte[] bytes = text.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
        assertThat(format(bytes)).isEqualTo(Format.CSV);
        try (CsvTable table = table(bytes)) {
            assertThat(table.columns()).isEqualTo(text.contains(",") ? 2 : 1);
        }
    }

    /** No byte is asked for that the answer does not need: who types a row waits for it. */
    @Test
    void aShortFirstRowIsEnough() throws IOException {
        for (String row : List.of("1\n", "B\n", "PA\n", "\n", "7\n", "O\n", "%\n")) {
            InputStream stream = new InputStream() {
                private int next;

                @Override
                public int read() {
                    assertThat(next).as(row).isLessThan(row.length());
                    return row.charAt(next++);
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    into[offset] = (byte) read();
                    return 1;
                }
            };
            assertThat(Input.of("t", stream).format()).isEqualTo(Format.CSV);
        }
    }

    @Test
    void everyFormatMayBePacked() throws IOException {
        byte[] npy = Arrays.copyOf("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1), 20);
        assertThat(format(npy)).isEqualTo(Format.NPY);
        assertThat(Input.of("t", new ByteArrayInputStream(packed(npy))).format()).isEqualTo(Format.NPY);
        assertThat(format(TestData.labels())).isEqualTo(Format.IDX);
        assertThat(Input.of("t", new ByteArrayInputStream(packed(TestData.labels()))).format()).isEqualTo(Format.IDX);
        assertThatThrownBy(() -> Input.of("t", new ByteArrayInputStream(packed(new byte[0]))))
                .hasMessageContaining("is empty: t");
    }

    @Test
    void howFarAPackedFileIsRead() throws IOException {
        byte[] bytes = new byte[1 << 20];
        new java.util.Random(1).nextBytes(bytes);
        bytes[0] = '1';
        try (Input input = Input.open(TestData.write(folder, "t.gz", packed(bytes)).toString())) {
            input.stream().readNBytes(1 << 19);
            assertThat(input.fraction()).isBetween(0.4, 0.7);
            input.stream().readAllBytes();
            assertThat(input.fraction()).isEqualTo(1);
        }
    }

    @Test
    void aNamedPipeIsReadAsAFileIs() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo here");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();
        byte[] text = "a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : List.of(text, packed(text), TestData.images())) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                try {
                    Files.write(pipe, bytes);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try (Input input = Input.open(pipe.toString())) {
                assertThat(input.plainFile()).isNull();
                assertThat(input.fraction()).isEqualTo(-1);
                assertThat(input.stream().available()).isNotNegative();
                assertThat(input.stream().readAllBytes()).isEqualTo(bytes.length > 100 ? bytes : text);
            }
            writer.get();
        }
        assertThatThrownBy(() -> Input.open(folder.toString())).hasMessageContaining("this is a folder");
        assertThatThrownBy(() -> Input.open(folder.resolve("none").toString())).hasMessageStartingWith("no such file: ");
    }
}
