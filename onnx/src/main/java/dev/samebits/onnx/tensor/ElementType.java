package dev.samebits.onnx.tensor;

import dev.samebits.Bfloat16;
import java.util.HashMap;
import java.util.Map;

/** The types of a tensor's elements that are read, with ONNX's number, name and bytes for each. */
public enum ElementType {
    FLOAT(1, "float", 4),
    UINT8(2, "uint8", 1),
    INT8(3, "int8", 1),
    INT32(6, "int32", 4),
    INT64(7, "int64", 8),
    STRING(8, "string", 0),
    BOOL(9, "bool", 1),
    FLOAT16(10, "float16", 2),
    DOUBLE(11, "double", 8),
    BFLOAT16(16, "bfloat16", 2);

    private static final Map<Integer, String> OTHERS = Map.of(0, "undefined", 4, "uint16", 5, "int16",
            12, "uint32", 13, "uint64", 14, "complex64", 15, "complex128");
    private static final Map<Integer, ElementType> BY_NUMBER = new HashMap<>();

    static {
        for (ElementType type : values()) {
            BY_NUMBER.put(type.number, type);
        }
    }

    public final int number;
    public final String label;
    /** Bytes of an element; 0 for text, which has no fixed length. */
    final int bytes;

    ElementType(int number, String label, int bytes) {
        this.number = number;
        this.label = label;
        this.bytes = bytes;
    }

    /** The type of this number, or null. */
    public static ElementType of(int number) {
        return BY_NUMBER.get(number);
    }

    /** The name of an ONNX data type, read or not. */
    public static String name(int number) {
        ElementType type = of(number);
        return type == null ? OTHERS.getOrDefault(number, "number " + number) : type.label;
    }

    /** Whether rows may be of this type before they are taken as float: any number of one part. */
    public static boolean isNumber(int number) {
        return number >= 1 && number <= 7 || number >= 10 && number <= 13 || number == BFLOAT16.number;
    }

    /** Whether rows of this type are of whole numbers. */
    public static boolean isInteger(int number) {
        return number >= 2 && number <= 7 || number == 12 || number == 13;
    }

    /** Whether weights may be of this type. */
    public boolean isReal() {
        return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
    }

    /** Whether it is of whole numbers of one byte, which weights of quantised networks are. */
    public boolean isByte() {
        return this == UINT8 || this == INT8;
    }

    /** Whether it has the numbers of two bytes, which every float can hold. */
    public boolean isHalf() {
        return this == FLOAT16 || this == BFLOAT16;
    }

    /** Whether shapes, axes and classes may be of this type. */
    public boolean isInteger() {
        return this == INT32 || this == INT64;
    }

    /** The value of a half-precision number, which every float can hold: IEEE 754 binary16. */
    static float halfToFloat(short bits) {
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = exponent == 0x1f
                ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : exponent == 0
                        ? fraction * 0x1p-24f
                        : Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        return bits < 0 ? -magnitude : magnitude;
    }

    /** The nearest half-precision number, ties to even, as a float; infinite beyond the largest. */
    static float roundToHalf(double value) {
        double magnitude = Math.abs(value);
        // Half precision has 11 significant bits, and its smallest step is 2⁻²⁴.
        double step = Math.scalb(1.0, Math.max(Math.getExponent(magnitude), -14) - 10);
        double rounded = Math.rint(magnitude / step) * step;
        return (float) Math.copySign(rounded > 65504 ? Double.POSITIVE_INFINITY : rounded, value);
    }

    /** The number of this type that is nearest, ties to even, as a float; a double as the float it is rounded to. */
    float nearest(double value) {
        return switch (this) {
            case FLOAT16 -> roundToHalf(value);
            case BFLOAT16 -> Bfloat16.round((float) value);
            default -> (float) value;
        };
    }
}
