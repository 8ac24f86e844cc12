package dev.samebits.simd.tile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A loop of a method that C2 compiled, as instructions: of all that have none within them the one with the most fused
 * multiply-adds.
 */
record MachineLoop(Processor processor, List<String> instructions) {
    private static final Pattern BYTES = Pattern.compile("\\s*0x([0-9a-f]+):((?:[\\s|]+[0-9a-f]+)+)\\s*");
    private static final Pattern INSTRUCTION = Pattern.compile("\\s*([0-9a-f]+):\\s+(.*)");

    /**
     * @param log what the JVM printed of the method ({@code -XX:CompileCommand=print}), from its headline on
     * @param folder for a file
     */
    static MachineLoop of(Processor processor, String log, Path folder) throws IOException, InterruptedException {
        List<Long> addresses = new ArrayList<>();
        List<String> instructions = new ArrayList<>();
        disassembled(processor, code(log), folder).lines().map(INSTRUCTION::matcher).filter(Matcher::matches).forEach(line -> {
            addresses.add(Long.parseUnsignedLong(line.group(1), 16));
            instructions.add(line.group(2).strip());
        });
        MachineLoop best = new MachineLoop(processor, List.of());
        int innermost = 0;
        for (int i = 0; i < instructions.size(); i++) {
            Matcher jump = processor.jump.matcher(instructions.get(i));
            int target = jump.lookingAt() ? addresses.indexOf(Long.parseUnsignedLong(jump.group(1), 16)) : -1;
            if (target >= innermost && target < i) {
                MachineLoop loop = new MachineLoop(processor, List.copyOf(instructions.subList(target, i + 1)));
                best = loop.multiplyAdds() > best.multiplyAdds() ? loop : best;
                innermost = i + 1;
            }
        }
        return best;
    }

    private static byte[] code(String log) {
        String text = log.substring(log.indexOf("[MachCode]"), log.indexOf("[/MachCode]"));
        byte[] code = new byte[text.length()];
        long base = -1;
        int length = 0;
        for (String line : text.lines().toList()) {
            Matcher bytes = BYTES.matcher(line);
            if (bytes.matches()) {
                long address = Long.parseUnsignedLong(bytes.group(1), 16);
                base = base < 0 ? address : base;
                byte[] part = HexFormat.of().parseHex(bytes.group(2).replaceAll("[\\s|]", ""));
                length = (int) (address - base) + part.length;
                System.arraycopy(part, 0, code, length - part.length, part.length);
            }
        }
        return Arrays.copyOf(code, length);
    }

    private static String disassembled(Processor processor, byte[] code, Path folder)
            throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("code"), code);
        Process objdump = new ProcessBuilder(processor.disassembler(file)).redirectErrorStream(true).start();
        String text = new String(objdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        objdump.waitFor();
        return text;
    }

    int multiplyAdds() {
        return (int) instructions.stream().filter(line -> processor.multiplyAdd.matcher(line).lookingAt()).count();
    }

    /** Vectors that are fetched from the stack or put there. */
    int spills() {
        return (int) instructions.stream().filter(line -> processor.spill.matcher(line).find()).count();
    }
}
