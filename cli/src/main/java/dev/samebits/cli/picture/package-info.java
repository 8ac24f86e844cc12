/**
 * A picture of a network, as SVG.
 *
 * <pre>
 * Network → Diagram → boxes for steps and for the rows that go in and come out, lines between them with widths
 * Diagram → Arrangement (Eclipse Layout Kernel) → where each box, port and bend is
 * both → Svg → text, in the colours of the reader's light or dark page
 * </pre>
 */
package dev.samebits.cli.picture;
