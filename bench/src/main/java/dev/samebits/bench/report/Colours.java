package dev.samebits.bench.report;

import dev.samebits.cli.page.Html;
import java.util.List;
import java.util.stream.Collectors;

/** One colour, as a class of the style sheet, for everyone who computes; the same in every chart. */
final class Colours {
    private static final List<String> KNOWN = List.of("simd", "ONNX Runtime", "opencl", "EJML", "PyTorch", "VectorBLAS",
            "scalar", "OpenBLAS", "ND4J");

    private Colours() {}

    static String of(String who) {
        int place = KNOWN.indexOf(who);
        // Any other backend is one that this list has not heard of.
        return "c" + (place < 0 ? KNOWN.size() + 1 : place + 1);
    }

    /** Which colour is whose. */
    static String legend(List<String> everyone) {
        return everyone.stream()
                .map(who -> "<span class=\"key\"><i class=\"" + of(who) + "\"></i>" + Html.escape(who) + "</span>")
                .collect(Collectors.joining(" "));
    }
}
