package dev.samebits.simd.tile;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A kind of processor for whose registers there are tiles: which those are, and how to read what C2 makes of them. */
enum Processor {
    /** With 16 registers whatever the machine. A load spreads a number over a vector. */
    X86_64("amd64", List.of("-Dsamebits.simd.bits=256", "-XX:UseAVX=2"), "objdump", "i386:x86-64", "j\\w+\\s+0x([0-9a-f]+)",
            "vfmadd", "%rsp.*%ymm|%ymm.*%rsp", 1, 16) {
        @Override
        boolean isFilledBy(TileSource tile) {
            return tile.vectors == 2 && (tile instanceof DirectTile && (tile.rows == DirectTiles.height(2) || tile.rows == 4)
                    || tile instanceof NeighboursTile && tile.bfloat16 && tile.rows > 1);
        }
    },
    /** NEON or SVE. A number is loaded by one instruction, and spread by another. */
    AARCH64("aarch64", List.of(), "aarch64-linux-gnu-objdump", "aarch64", "(?:b(?:\\.\\w+)?|cbn?z|tbn?z)\\s.*\\b0x([0-9a-f]+)",
            "fmla|fmad", "(?:ld|st)u?[rp]\\s+[sdqz]\\d.*\\[sp|(?:ldr|str)\\s+z", 2, 18) {
        @Override
        boolean isFilledBy(TileSource tile) {
            return tile instanceof DirectTile && (tile.vectors == 4 || tile.rows == 6)
                    || tile instanceof NeighboursTile && tile.rows > 1 && tile.vectors == 4
                    || List.of("Tile5x4", "Tile4x3", "Tile4x3Transposed").contains(tile.name());
        }
    };

    private final String architecture;
    /** Of a JVM, for tiles of this kind. */
    final List<String> options;
    private final String objdump;
    private final String machine;
    /** A jump, its target the first group. */
    final Pattern jump;
    /** The begin of a fused multiply-add. */
    final Pattern multiplyAdd;
    /** A part of what puts a vector, or an element of A, on the stack or fetches it from there. */
    final Pattern spill;
    /** Instructions that load an element of A and spread it over a vector. */
    final int spreading;
    /**
     * In a loop of a {@link DirectTile}, beside the loads of B, which halves of ints take twice as much for, the spread
     * elements of A and the multiply-adds: indices, their checks, addresses, and the loop's own.
     */
    final int mostOthers;

    Processor(String architecture, List<String> options, String objdump, String machine, String jump, String multiplyAdd,
            String spill, int spreading, int mostOthers) {
        this.architecture = architecture;
        this.options = options;
        this.objdump = objdump;
        this.machine = machine;
        this.jump = Pattern.compile(jump);
        this.multiplyAdd = Pattern.compile(multiplyAdd);
        this.spill = Pattern.compile(spill);
        this.spreading = spreading;
        this.mostOthers = mostOthers;
    }

    /** The one of this name, as the property os.arch has it, or none. */
    static Stream<Processor> named(String architecture) {
        return Arrays.stream(values()).filter(each -> each.architecture.equals(architecture));
    }

    /** Whether this is a tile for many of its registers. */
    abstract boolean isFilledBy(TileSource tile);

    /** All tiles for many of its registers. */
    List<TileSource> tiles() {
        return TileWriter.TILES.stream().filter(this::isFilledBy).toList();
    }

    boolean hasObjdump() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, objdump)));
    }

    /** A command that prints the code in a file as instructions. */
    List<String> disassembler(Path file) {
        return List.of(objdump, "-D", "-b", "binary", "-m", machine, "--no-show-raw-insn", file.toString());
    }
}
