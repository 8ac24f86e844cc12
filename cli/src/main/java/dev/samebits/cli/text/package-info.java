/**
 * Numbers and fields as bytes of text.
 *
 * <pre>
 * characters of a field → Decimal → float
 * float → FloatText, the shortest text that is read back as the same → TextBuffer
 * a field that is passed through → TextBuffer, quoted where it must be
 * </pre>
 */
package dev.samebits.cli.text;
