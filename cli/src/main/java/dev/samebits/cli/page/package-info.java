/**
 * Pieces of self-contained HTML pages, for the report of a training and, in another module, of a machine.
 *
 * <pre>
 * Html, Svg, Chart → sections → Page → one file
 * </pre>
 */
package dev.samebits.cli.page;
